// Who may call what; one line each.
import {
  deleteDevice,
  deleteGateway,
  getDevices,
  getGateways,
  postDevice,
  postDeviceTrial,
  postGateway,
  postGatewayReport,
  postGatewaySecret,
  postGatewayTrial,
  postRang,
  putGateway,
} from '../../../shared/channels.ts';
import { serve, type Route } from '../../platform/serve.ts';
import type { createDevices } from './devices.ts';
import type { createGateways } from './gateways.ts';

type Parts = {
  devices: ReturnType<typeof createDevices>;
  gateways: ReturnType<typeof createGateways>;
  rang: (id: string, state: 'diterima' | 'berdering') => Promise<{ rings: boolean }>;
};

export const channelRoutes = ({ devices, gateways, rang }: Parts): Route[] => [
  serve(getDevices, async ({ person }) => devices.own(person)),
  serve(postDevice, async ({ person, body, request }) => devices.register(person, body, request.headers['user-agent'] ?? '')),
  serve(deleteDevice, async ({ person, params }) => devices.remove(person, params.id)),
  serve(postDeviceTrial, async ({ person, params }) => devices.trial(person, params.id)),
  serve(postRang, async ({ params, body }) => rang(params.id, body.state)),
  serve(getGateways, async () => gateways.list()),
  serve(postGateway, async ({ person, body }) => gateways.add(person, body)),
  serve(putGateway, async ({ person, params, body }) => gateways.change(person, params.id, body)),
  serve(deleteGateway, async ({ person, params }) => gateways.remove(person, params.id)),
  serve(postGatewaySecret, async ({ person, params, body }) => gateways.secretOf(person, params.id, body.renew)),
  serve(postGatewayTrial, async ({ person, params }) => gateways.trial(person, params.id)),
  serve(postGatewayReport, async ({ params, body, request }) => gateways.report(params.id, request.headers, body)),
];
