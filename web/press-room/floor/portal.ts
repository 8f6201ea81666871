// What panel and console ask of the portal, by name. Each change answers the whole floor as this caller may see it.
import type { z } from 'zod';
import type { BodyOf } from '../../../shared/endpoint.ts';
import type * as wire from '../../../shared/press-floor.ts';
import { call } from '../../platform/call.ts';

export type FloorView = z.output<typeof wire.FloorView>;
export type Turn = wire.Turn;
export type QueuePlace = wire.QueuePlace;
export type OwnQuestion = FloorView['own'][number];
export type Outcome = BodyOf<typeof wire.postRelease>['outcome'];
export type Draft = { topic: string; text: string; key: string };

export const raise = (slug: string, body: Draft): Promise<FloorView> =>
  call<typeof wire.postQuestion>('POST', '/api/press/:slug/questions', { params: { slug }, body });
export const raiseAdvance = (slug: string, question: string): Promise<FloorView> =>
  call<typeof wire.postAdvanceRaise>('POST', '/api/press/:slug/questions/:question/raise', { params: { slug, question } });
export const withdraw = (slug: string, question: string): Promise<FloorView> =>
  call<typeof wire.deleteQuestion>('DELETE', '/api/press/:slug/questions/:question', { params: { slug, question } });
export const giveBack = (slug: string): Promise<FloorView> => call<typeof wire.postFloorReturn>('POST', '/api/press/:slug/floor/return', { params: { slug } });
export const screen = (id: string, question: string): Promise<FloorView> =>
  call<typeof wire.postScreening>('POST', '/api/conferences/:id/questions/:question/screening', { params: { id, question }, body: { act: 'saring' } });
export const refuse = (id: string, question: string, reason: string): Promise<FloorView> =>
  call<typeof wire.postScreening>('POST', '/api/conferences/:id/questions/:question/screening', { params: { id, question }, body: { act: 'tolak', reason } });
export const move = (id: string, question: string, before: string | null, reason: string): Promise<FloorView> =>
  call<typeof wire.postMove>('POST', '/api/conferences/:id/questions/:question/move', { params: { id, question }, body: { before, reason } });
export const give = (id: string, question: string, reason: string | null): Promise<FloorView> =>
  call<typeof wire.postGive>('POST', '/api/conferences/:id/questions/:question/floor', { params: { id, question }, body: { reason } });
export const release = (id: string, turn: string, outcome: Outcome): Promise<FloorView> =>
  call<typeof wire.postRelease>('POST', '/api/conferences/:id/turns/:turn/release', { params: { id, turn }, body: { outcome } });
export const followUp = (id: string, turn: string): Promise<FloorView> =>
  call<typeof wire.postFollowUp>('POST', '/api/conferences/:id/turns/:turn/follow-up', { params: { id, turn } });
