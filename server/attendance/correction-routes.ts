// The endpoints of corrections and confirmations.
import {
  getCorrectable,
  getCorrectionFile,
  getCorrections,
  postCorrection,
  postCorrectionDecision,
  postCorrectionFile,
  postCorrectionWithdrawal,
} from '../../shared/corrections.ts';
import { getConfirmations, postConfirmation, postConfirmations } from '../../shared/confirmations.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { ConfirmationDesk } from './confirmations-desk.ts';
import type { CorrectionDesk } from './corrections-desk.ts';

export function correctionRoutes(desk: CorrectionDesk, confirming: ConfirmationDesk): Route[] {
  return [
    serve(getCorrections, ({ person }) => desk.list(person)),
    serve(getCorrectable, ({ person, query }) => desk.about(person, query)),
    serve(postCorrectionFile, ({ person, query, body }) => desk.handIn(person, query.name, body)),
    serve(postCorrection, ({ person, body }) => desk.ask(person, body)),
    serve(postCorrectionDecision, ({ person, params, body }) => desk.decide(person, params.id, body)),
    serve(postCorrectionWithdrawal, ({ person, params }) => desk.withdraw(person, params.id)),
    serve(getCorrectionFile, ({ person, params, reply }) => {
      // What somebody handed in is never a page of the portal.
      reply.header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'; sandbox");
      return desk.file(person, params.id);
    }),
    serve(getConfirmations, ({ person, params, query }) => confirming.list(person, params.id, query)),
    serve(postConfirmation, ({ person, params, body }) => confirming.confirm(person, params.id, body)),
    serve(postConfirmations, ({ person, params, body }) => confirming.confirmTogether(person, params.id, body)),
  ];
}
