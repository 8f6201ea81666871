// Letters of the portal, as an administrator sees them: never to whom, never what they say.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Instant } from './people.ts';

/** What kept a letter from leaving. `server` ones concern all of them: connection, TLS, sign-in, sender. */
export const MailProblem = z.enum(['koneksi', 'tls', 'masuk', 'pengirim', 'ditunda', 'ditolak', 'alamat', 'isi', 'terlalu_lama']);
export type MailProblem = z.infer<typeof MailProblem>;
export const LetterState = z.enum(['antre', 'terkirim', 'gagal', 'tidak_disetel', 'tidak_perlu']);
export type LetterState = z.infer<typeof LetterState>;

export const MailDesk = z.object({
  /** The sender; null = mail is not set up. */
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  /** Where letters are handed in, without sign-in: `surel.kota.go.id:587`. */
  server: z.string().nullable(),
  /** Of the last day; `waiting` of all days. */
  waiting: z.number(),
  failed: z.number(),
  unset: z.number(),
  sent: z.number(),
  /** Those that did not leave, newest first, at most 50. */
  troubled: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      state: LetterState,
      problem: MailProblem.nullable(),
      attempts: z.number(),
      at: Instant,
      /** When it is tried again. */
      dueAt: Instant.nullable(),
    }),
  ),
  /** Where a trial would go; null = no e-mail address is known of whoever asks. */
  ownAddress: z.string().nullable(),
  trial: z.object({ state: LetterState, problem: MailProblem.nullable(), at: Instant }).nullable(),
  serverTime: Instant,
});
export type MailDesk = z.infer<typeof MailDesk>;
export const getMail = endpoint('GET', '/api/mail', {
  who: ['administrator'],
  summary: 'Whether letters leave: set up or not, how many wait or failed, and the class of the problem.',
  reply: MailDesk,
});
export const postMailTrial = endpoint('POST', '/api/mail/trial', {
  who: ['administrator'],
  summary: 'A letter to the own address, by the way all letters go.',
  reply: MailDesk,
  refusals: ['mail.off', 'mail.no_address', 'limit.reached'],
});
