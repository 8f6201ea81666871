// The ledger (buku bukti) on the wire: its roots, a check of all of it, and a root read from paper.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { misfits, readDigits, type Misfit } from './ledger-words.ts';
import { Instant } from './people.ts';

export const Root = z.object({ n: z.number(), at: Instant, root: z.string() });
export type Root = z.infer<typeof Root>;

export const Finding = z.object({
  book: z.string(),
  stream: z.string().nullable(),
  /** Of a row, or of a root. */
  seq: z.number().nullable(),
  what: z.enum(Object.keys(misfits) as [Misfit, ...Misfit[]]),
});
export type Finding = z.infer<typeof Finding>;

const Begun = { startedAt: Instant, startedBy: z.string() };
/** `expected`: rows there were at the start. */
export const Check = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('running'), ...Begun, rows: z.number(), expected: z.number() }),
  z.object({ state: z.literal('failed'), ...Begun, endedAt: Instant }),
  z.object({
    state: z.literal('done'),
    ...Begun,
    endedAt: Instant,
    rows: z.number(),
    streams: z.number(),
    roots: z.number(),
    seconds: z.number(),
    /** Roots written down outside the database that were compared. */
    anchors: z.number(),
    findings: z.array(Finding),
    more: z.number(),
  }),
]);
export type Check = z.infer<typeof Check>;

export const LedgerState = z.object({
  /** The newest first. */
  roots: z.array(Root),
  /** Rows that no root covers yet. */
  uncovered: z.number(),
  /** Whether roots are written down outside the database too. */
  writtenDown: z.boolean(),
  check: Check,
});
export type LedgerState = z.infer<typeof LedgerState>;

export const getLedger = endpoint('GET', '/api/ledger', {
  who: ['bkd'],
  summary: 'The newest roots of the ledger, and the last check of it by this portal process.',
  reply: LedgerState,
});
export const postLedgerCheck = endpoint('POST', '/api/ledger/check', {
  who: ['bkd'],
  summary: 'Check the whole ledger; one check at a time, a second call joins the first. `GET /api/ledger` tells how far it is.',
  reply: Check,
});

/** `same`; `different`: the record was rewritten; `unknown`: the database ends before this root, its end was cut off or an old backup restored. */
export const RootVerdict = z.object({
  verdict: z.enum(['same', 'different', 'unknown']),
  /** How many of the 64 digits were compared. */
  digits: z.number(),
  at: Instant.nullable(),
  newest: z.number(),
});
export type RootVerdict = z.infer<typeof RootVerdict>;
export const postRootComparison = endpoint('POST', '/api/ledger/root-comparison', {
  who: ['bkd'],
  summary: 'Compare a root read from paper (its number and at least its first 16 digits) with the one on record.',
  body: z.object({
    n: z.number().int().min(1).max(999_999_999),
    root: z
      .string()
      .max(200)
      .transform((typed, context) => {
        const digits = readDigits(typed);
        if (digits === null)
          context.addIssue({ code: 'custom', message: 'Tulis 16 sampai 64 digit (0–9, a–f) seperti di kertas. / Type 16 to 64 digits (0–9, a–f) as printed.' });
        return digits ?? '';
      }),
  }),
  reply: RootVerdict,
});
