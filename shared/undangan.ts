// The surat undangan of a planned meeting on the wire: its draft, what was issued, and the ralat or pembatalan that is owed.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { ClassificationCode } from './letters.ts';
import { ById, Id, Instant, line, paragraphs, Zone } from './people.ts';

export const LetterKind = z.enum(['undangan', 'ralat', 'pembatalan']);
export type LetterKind = z.infer<typeof LetterKind>;
/** `terbit`: in force; `digantikan` by a later one; `batal`: withdrawn, its number stays in the book. */
export const LetterState = z.enum(['terbit', 'digantikan', 'batal']);

export const IssuedLetter = z.object({
  id: Id,
  kind: LetterKind,
  number: z.string(),
  code: z.string(),
  issuedAt: Instant,
  issuedBy: z.string().nullable(),
  signer: z.string(),
  state: LetterState,
  withdrawn: z.object({ reason: z.string(), byName: z.string().nullable(), at: Instant }).nullable(),
});
export type IssuedLetter = z.infer<typeof IssuedLetter>;

export const LetterDraft = z.object({
  classification: ClassificationCode,
  /** Hal. */
  subject: line(160),
  notes: paragraphs(0, 1500),
  /** Tembusan, one a line. */
  copies: z.array(line(160)).max(20),
  /** The post that signs; who holds it signs, as Plt or Plh where that is so. */
  signerPositionId: Id.nullable(),
  /** Pangkat of the signer, printed under the name. */
  signerGrade: line(60).nullable(),
});
export type LetterDraft = z.infer<typeof LetterDraft>;

export const Change = z.object({ label: z.string(), from: z.string(), to: z.string() });
export const MeetingLetters = z.object({
  meetingId: Id,
  title: z.string(),
  opdId: Id,
  startsAt: Instant,
  zone: Zone,
  issued: z.array(IssuedLetter),
  /** Null for who is only invited. */
  desk: z
    .object({
      draft: LetterDraft,
      /** Saved by somebody; else as the portal proposes it. */
      saved: z.boolean(),
      signers: z.array(z.object({ positionId: Id, label: z.string(), name: z.string(), lines: z.array(z.string()) })),
      /** To whom, as it will be printed. */
      recipients: z.array(z.string()),
      /** More than the face of the letter holds: they are printed on a list of their own. */
      listed: z.boolean(),
      /** `undangan`: not issued yet. Otherwise what the meeting has become since. */
      due: z.enum(['undangan', 'ralat', 'pembatalan']).nullable(),
      changes: z.array(Change),
      /** The head of the paper is not set up: address and town are missing. */
      bareHead: z.boolean(),
      mayWithdraw: z.boolean(),
      pdf: z.boolean(),
    })
    .nullable(),
});
export type MeetingLetters = z.infer<typeof MeetingLetters>;

export const getMeetingLetters = endpoint('GET', '/api/meetings/:id/letters', {
  who: 'member',
  summary: 'Letters of a meeting: what was issued, for those who belong to it; the draft and what is owed, for who prepares it and for who signs.',
  params: ById,
  reply: MeetingLetters,
  refusals: ['meeting.removed'],
});
export const putLetterDraft = endpoint('PUT', '/api/meetings/:id/letters/draft', {
  who: 'signedIn',
  summary: 'What the next letter says beside the plan of the meeting itself.',
  params: ById,
  body: LetterDraft,
  reply: MeetingLetters,
  refusals: ['meeting.removed', 'meeting.not_preparer', 'letter.signer'],
});
export const postLetter = endpoint('POST', '/api/meetings/:id/letters', {
  who: 'signedIn',
  once: true,
  summary: 'Issue it: numbered, frozen, kept. By who prepares the meeting, or who signs. `kind`: what the caller saw is due; issuing it twice issues it once.',
  params: ById,
  body: z.object({ kind: LetterKind }),
  reply: MeetingLetters,
  refusals: [
    'meeting.removed',
    'meeting.not_preparer',
    'letter.signer',
    'letter.nobody',
    'letter.not_due',
    'meeting.cancelled',
    'meeting.begun',
    'meeting.ended',
  ],
});
export const postLetterWithdrawal = endpoint('POST', '/api/meetings/:id/letters/:letter/withdrawal', {
  who: 'signedIn',
  summary: 'Withdraw the letter in force, with a reason; its number is void and stays in the book, and the letter before it holds again.',
  params: z.object({ id: Id, letter: Id }),
  body: z.object({ reason: line(300) }),
  reply: MeetingLetters,
  refusals: ['meeting.removed', 'meeting.not_preparer', 'letter.replaced'],
});
export const getLetterPdf = endpoint('GET', '/api/meetings/:id/letters/:letter/pdf', {
  who: 'member',
  summary: 'The issued paper, for those who belong to the meeting.',
  params: z.object({ id: Id, letter: Id }),
  reply: file('application/pdf'),
  refusals: ['pdf.unavailable', 'meeting.removed', 'letter.destroyed'],
});
export const getLetterDraftPdf = endpoint('GET', '/api/meetings/:id/letters/draft.pdf', {
  who: 'signedIn',
  summary: 'What is due, as it would be printed now, marked KONSEP.',
  params: ById,
  reply: file('application/pdf'),
  refusals: ['meeting.removed', 'meeting.not_preparer', 'letter.signer', 'letter.not_due', 'pdf.unavailable'],
});
