// Surat tugas on the wire: letters for the days at home and on duty of a published plan, what changed since, and the own ones.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ClassificationCode } from './letters.ts';
import { ById, Day, Id, Instant, line, Zone } from './people.ts';
import { Month } from './recap.ts';
import { PlanCell } from './rota.ts';

export const AssignmentKind = z.enum(['tugas', 'perubahan', 'pencabutan']);
export type AssignmentKind = z.infer<typeof AssignmentKind>;
/** `terbit`: as it was issued; `diubah`: a later letter changed some of its lines; `dicabut`: called off. */
export const AssignmentState = z.enum(['terbit', 'diubah', 'dicabut']);
export type AssignmentState = z.infer<typeof AssignmentState>;
export const AssignmentLetter = z.object({
  id: Id,
  kind: AssignmentKind,
  number: z.string(),
  code: z.string(),
  state: AssignmentState,
  /** Of the plan. */
  revision: z.number(),
  /** The post as the letter has it, and whose name stands under it. */
  signer: z.string(),
  signerName: z.string(),
  /** People and lines that it names. */
  people: z.number(),
  lines: z.number(),
  issuedAt: Instant,
  issuedBy: z.string().nullable(),
});
export type AssignmentLetter = z.infer<typeof AssignmentLetter>;
export const AssignmentDraft = z.object({
  classification: ClassificationCode,
  copies: z.array(line(160)).max(20),
  signerPositionId: Id.nullable(),
  signerGrade: line(60).nullable(),
});
export type AssignmentDraft = z.infer<typeof AssignmentDraft>;
/** One day of one person: as the letters in force have it, and as the plan has it now. */
export const AssignmentChange = z.object({ personId: Id, name: z.string(), date: Day, was: PlanCell.nullable(), now: PlanCell.nullable() });
export type AssignmentChange = z.infer<typeof AssignmentChange>;
export const MonthAssignments = z.object({
  opdId: Id,
  opdName: z.string(),
  month: Month,
  zone: Zone,
  /** The newest published revision; null: nothing to assign yet. */
  revision: z.number().nullable(),
  letters: z.array(AssignmentLetter),
  desk: z
    .object({
      draft: AssignmentDraft,
      signers: z.array(z.object({ positionId: Id, label: z.string(), name: z.string(), lines: z.array(z.string()) })),
      due: AssignmentKind.nullable(),
      people: z.number(),
      lines: z.number(),
      /** Of a letter of change, the first hundred. */
      changes: z.array(AssignmentChange),
      mayRevoke: z.boolean(),
      bareHead: z.boolean(),
      pdf: z.boolean(),
    })
    .nullable(),
  serverTime: Instant,
});
export type MonthAssignments = z.infer<typeof MonthAssignments>;

const OfMonth = z.object({ month: Month });
export const getAssignments = endpoint('GET', '/api/opds/:id/assignments', {
  who: 'signedIn',
  summary: 'Surat tugas of a month: what was issued, what is due, and the draft for who may issue. Reading it is logged.',
  params: ById,
  query: OfMonth,
  reply: MonthAssignments,
});
export const putAssignmentDraft = endpoint('PUT', '/api/opds/:id/assignments/draft', {
  who: 'signedIn',
  summary: 'What the letters of this OPD say beside the plan: classification, copies, who signs.',
  params: ById,
  body: AssignmentDraft.extend({ month: Month }),
  reply: MonthAssignments,
  refusals: ['letter.signer', 'role.missing'],
});
export const postAssignment = endpoint('POST', '/api/opds/:id/assignments', {
  who: 'signedIn',
  once: true,
  summary: 'Issue what is due: numbered, frozen, the basis of its days, everybody concerned told. `pencabutan` needs a reason. Issuing twice issues once.',
  params: ById,
  body: z.object({ month: Month, kind: AssignmentKind, revision: z.number().int().min(0), reason: line(300).nullable().default(null) }),
  reply: MonthAssignments,
  refusals: ['letter.signer', 'letter.not_due', 'rota.recap_none', 'rota.changed', 'role.missing'],
});
export const getAssignmentDraftPdf = endpoint('GET', '/api/opds/:id/assignments/draft.pdf', {
  who: 'signedIn',
  summary: 'What is due, as it would be printed now, marked KONSEP.',
  params: ById,
  query: OfMonth,
  reply: file('application/pdf'),
  refusals: ['letter.signer', 'letter.not_due', 'rota.recap_none', 'pdf.unavailable', 'role.missing'],
});
export const getAssignmentPdf = endpoint('GET', '/api/assignments/:id/pdf', {
  who: 'signedIn',
  summary: 'The issued paper, for who manages the OPD and for those it names.',
  params: ById,
  reply: file('application/pdf'),
  refusals: ['pdf.unavailable', 'letter.destroyed'],
});
export const MyAssignment = z.object({
  id: Id,
  kind: AssignmentKind,
  number: z.string(),
  state: AssignmentState,
  issuedAt: Instant,
  lines: z.array(z.object({ date: Day, was: PlanCell.nullable(), now: PlanCell.nullable() })),
});
export type MyAssignment = z.infer<typeof MyAssignment>;
export const getMyAssignments = endpoint('GET', '/api/me/assignments', {
  who: 'signedIn',
  summary: 'Letters of a month that name the caller, with their own lines.',
  query: OfMonth,
  reply: z.object({ month: Month, zone: Zone, letters: z.array(MyAssignment), serverTime: Instant }),
});
