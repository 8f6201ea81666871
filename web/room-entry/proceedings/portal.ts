// What the proceedings ask of the portal, by name. Each change answers the whole.
import type * as wire from '../../../shared/proceedings.ts';
import { call } from '../../platform/call.ts';

export type Proceedings = wire.Proceedings;
export type Decision = wire.Decision;
export type DraftInput = { text: string; basis: string | null; positionId: string | null; dueOn: string | null };

export const proceedings = (id: string): Promise<Proceedings> => call<typeof wire.getProceedings>('GET', '/api/meetings/:id/proceedings', { params: { id } });
export const draft = (id: string, key: string, input: DraftInput): Promise<Proceedings> =>
  call<typeof wire.postDecision>('POST', '/api/meetings/:id/decisions', { params: { id }, body: { key, ...input } });
export const change = (id: string, decision: string, version: number, input: DraftInput): Promise<Proceedings> =>
  call<typeof wire.putDecision>('PUT', '/api/meetings/:id/decisions/:decision', { params: { id, decision }, body: { version, ...input } });
export const read = (id: string, decision: string, version: number): Promise<Proceedings> =>
  call<typeof wire.postReading>('POST', '/api/meetings/:id/decisions/:decision/reading', { params: { id, decision }, body: { version } });
export const unread = (id: string, decision: string): Promise<Proceedings> =>
  call<typeof wire.deleteReading>('DELETE', '/api/meetings/:id/decisions/:decision/reading', { params: { id, decision } });
export const agree = (id: string, decision: string, version: number): Promise<Proceedings> =>
  call<typeof wire.putVoice>('PUT', '/api/meetings/:id/decisions/:decision/voice', { params: { id, decision }, body: { version, answer: 'setuju' } });
export const object = (id: string, decision: string, version: number, words: string): Promise<Proceedings> =>
  call<typeof wire.putVoice>('PUT', '/api/meetings/:id/decisions/:decision/voice', { params: { id, decision }, body: { version, answer: 'keberatan', words } });
export type Confirming = { version: number; objections: number; underQuorumReason?: string; strategic?: boolean; strategicReason?: string };
export const confirm = (id: string, decision: string, body: Confirming): Promise<Proceedings> =>
  call<typeof wire.postConfirmation>('POST', '/api/meetings/:id/decisions/:decision/confirmation', { params: { id, decision }, body });
export const revoke = (id: string, decision: string, reason: string): Promise<Proceedings> =>
  call<typeof wire.postDecisionRevocation>('POST', '/api/meetings/:id/decisions/:decision/revocation', { params: { id, decision }, body: { reason } });
export const callRoll = (id: string, after: number): Promise<Proceedings> =>
  call<typeof wire.postRollCall>('POST', '/api/meetings/:id/roll-call', { params: { id }, body: { after } });
export const mark = (id: string, member: string, round: number, word: wire.RollMark | null): Promise<Proceedings> =>
  call<typeof wire.putRollMark>('PUT', '/api/meetings/:id/roll-call/:member', { params: { id, member }, body: { round, mark: word } });
export const agendaNow = (id: string, item: string | null, from: string | null): Promise<Proceedings> =>
  call<typeof wire.putAgendaNow>('PUT', '/api/meetings/:id/agenda/now', { params: { id }, body: { item, from } });
