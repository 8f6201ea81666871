// The endpoints of the attendance machine.
import {
  getMachine,
  getMachineCases,
  postMachineDecision,
  postMachineImport,
  postMachinePreview,
  postMachineWithdrawal,
  postReckoning,
  putMachinePin,
} from '../../shared/machine.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { createMachine } from './machine.ts';
import type { createMachineCases } from './machine-cases.ts';

type Machine = ReturnType<typeof createMachine>;
export const machineRoutes = (machine: Machine, cases: ReturnType<typeof createMachineCases>): Route[] => [
  serve(getMachine, ({ person, params }) => machine.read(person, params.id)),
  serve(postMachinePreview, ({ person, params, query, body }) => machine.preview(person, params.id, { bytes: body as Uint8Array, ...query })),
  serve(postMachineImport, ({ person, params, query, body }) => machine.takeIn(person, params.id, { bytes: body as Uint8Array, ...query })),
  serve(postMachineWithdrawal, ({ person, params, body }) => machine.withdraw(person, params.id, params.importId, body.reason)),
  serve(putMachinePin, ({ person, params, body }) => machine.setPin(person, params.id, body)),
  serve(getMachineCases, ({ person, params, query }) => cases.list(person, params.id, query)),
  serve(postMachineDecision, ({ person, params, body }) => cases.decide(person, params.id, body)),
  serve(postReckoning, ({ person, params, body }) => cases.reckon(person, params.id, body)),
];
