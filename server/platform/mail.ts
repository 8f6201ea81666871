// Letters by SMTP: the only file that knows nodemailer. A letter is asked for in the transaction that decides it, written by the module
// that owns its kind when its turn comes, and sent after the commit. Rows are the truth; jobs only wake. A process that dies between the
// server's yes and its own note sends that letter again, under the same Message-ID.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock.ts';
import type { Sql, Tx } from './database.ts';
import type { Jobs } from './jobs.ts';
import { isAddress, type MailAddress, type MailSettings } from './mail-settings.ts';
import * as store from './mail-store.ts';

export type Letter = {
  to: MailAddress;
  subject: string;
  text: string;
  /** An event to take over into a calendar. `REQUEST` and `CANCEL` are invitations: mail programs put them there by themselves (RFC 6047). */
  ics?: { method: 'PUBLISH' | 'REQUEST' | 'CANCEL'; content: string };
  attachments?: readonly { name: string; type: string; content: Buffer }[];
};
/** null: nobody to write to, or nothing to say any more. */
export type Render = (id: string) => Promise<Letter | null>;
export type Mail = ReturnType<typeof createMail>;
export type { LetterOutcome } from './mail-store.ts';

const TASK = 'surel';
/** One letter: connecting, signing in, handing over. */
const LETTER_MS = 12_000;
const CLAIM_MS = 60_000;
/** A turn of the pump; the queue frees a job that is held for fifteen seconds, which costs nothing but a second pump. */
const TURN_MS = 10_000;
/** Of one process. Other jobs (a ring on somebody's phone) must never wait for a slow mail server. */
const PUMPS = 2;
const DAY_MS = 86_400_000;
const AGAIN_MS = [30_000, 60_000, 2 * 60_000, 5 * 60_000, 10 * 60_000, 15 * 60_000];
/** As long as the server itself is not to be had, one letter in this time is enough to ask. */
const SERVER_AGAIN_MS = 30_000;
const ALARM_MS = 10 * 60_000;
const LISTED = 50;

export function createMail({
  sql,
  clock,
  log,
  jobs,
  settings,
  origin,
}: {
  sql: Sql;
  clock: Clock;
  log: FastifyBaseLogger;
  jobs: Jobs;
  /** null = mail is off: letters are kept and not sent. */
  settings: MailSettings | null;
  /** Where links in letters lead; never what a request said. */
  origin: string;
}) {
  const kinds = new Map<string, Render>();
  let pumps = 0;
  let missed = false;

  /** A module says how it writes a kind of letter. Once, before `start`. */
  function kind(name: string, render: Render): void {
    kinds.set(name, render);
  }

  /**
   * One letter for each id, when this transaction is committed, `afterMs` later. `once`: the second asking for the same kind and id
   * changes nothing, except that one which failed is tried again.
   */
  async function send(tx: Tx, kind: string, ids: readonly string[], { afterMs = 0, once = false }: { afterMs?: number; once?: boolean } = {}): Promise<void> {
    if (ids.length === 0) return;
    const at = clock.now();
    await store.insertLetters(tx, {
      kind,
      refs: [...new Set(ids)],
      once,
      state: settings ? 'antre' : 'tidak_disetel',
      at,
      dueAt: new Date(at.getTime() + afterMs),
    });
    if (settings) await wake(tx, afterMs);
  }

  const wake = async (tx: Tx, afterMs: number): Promise<void> => jobs.add(tx, TASK, [{}], { afterMs });
  jobs.handle(TASK, async () => pump());

  /** Sends what is due, one after another, until nothing is, or the server is not to be had. */
  async function pump(): Promise<void> {
    if (!settings) return;
    if (pumps >= PUMPS) {
      missed = true;
      return;
    }
    pumps += 1;
    const until = Date.now() + TURN_MS;
    try {
      do {
        missed = false;
        while (await one(settings)) if (Date.now() > until) return await wake(sql, 0);
      } while (missed);
    } finally {
      pumps -= 1;
    }
  }

  /** False: nothing is due, or there is no point in going on now. */
  async function one(settings: MailSettings): Promise<boolean> {
    const now = clock.now();
    const row = await store.claimNext(sql, now, new Date(now.getTime() + CLAIM_MS));
    if (!row) return false;
    const outcome = await delivered(settings, row);
    if (outcome.kind !== 'again') {
      await store.finish(sql, row.id, outcome.kind, outcome.problem, clock.now());
      return true;
    }
    const wait = outcome.server ? SERVER_AGAIN_MS : (AGAIN_MS[row.attempts - 1] ?? AGAIN_MS.at(-1)!);
    await store.putOff(sql, row.id, outcome.problem, new Date(clock.now().getTime() + wait));
    await wake(sql, wait);
    return !outcome.server;
  }

  async function delivered(settings: MailSettings, row: store.LetterRow): Promise<Outcome> {
    let letter: Letter | null;
    try {
      const render = kinds.get(row.kind);
      if (!render) throw new Error('no module writes this kind');
      letter = await render(row.ref);
    } catch (error) {
      log.error({ err: error, kind: row.kind, letter: row.id }, 'letter could not be written; it is tried again');
      return { kind: 'again', problem: 'isi', server: false };
    }
    if (letter === null) return { kind: 'tidak_perlu', problem: null };
    if (!isAddress(letter.to.address)) return { kind: 'gagal', problem: 'alamat' };
    try {
      await hand(settings, row.id, letter);
      return { kind: 'terkirim', problem: null };
    } catch (error) {
      const outcome = outcomeOf(error as SmtpError);
      log.warn({ kind: row.kind, letter: row.id, problem: outcome.problem, status: (error as SmtpError).responseCode ?? null }, 'letter not taken');
      return outcome;
    }
  }

  async function hand(settings: MailSettings, id: string, { to, subject, text, ics, attachments = [] }: Letter): Promise<void> {
    const transport = createTransport({
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      requireTLS: settings.requireTls,
      ...(settings.login && { auth: settings.login }),
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 8_000,
      dnsTimeout: 5_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const over = new AbortController();
    try {
      await Promise.race([
        tooLate(over.signal),
        transport.sendMail({
          messageId: `<${id}@${settings.from.address.split('@')[1]}>`,
          from: settings.from,
          to: { name: oneLine(to.name), address: to.address },
          envelope: { from: settings.from.address, to: [to.address] },
          subject: oneLine(subject),
          date: clock.now(),
          text,
          html: htmlOf(text),
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(ics && { icalEvent: { method: ics.method, filename: 'acara.ics', content: ics.content } }),
          ...(attachments.length > 0 && {
            attachments: attachments.map(({ name, type, content }) => ({ filename: oneLine(name), contentType: type, content })),
          }),
        }),
      ]);
    } finally {
      over.abort();
      transport.close();
    }
  }

  /** Comes round: what waited for mail to be set up, what is too old, what nobody woke. */
  async function tend(): Promise<void> {
    if (!settings) return;
    const now = clock.now();
    const since = new Date(now.getTime() - DAY_MS);
    await store.wakeUnset(sql, since, now);
    await store.giveUp(sql, since, now);
    if (await store.anythingDue(sql, now)) await wake(sql, 0);
  }

  /** Whether letters have been failing for ten minutes. */
  const failing = async (tx: Tx = sql): Promise<boolean> => settings !== null && store.stuck(tx, new Date(clock.now().getTime() - ALARM_MS));

  /** The last day: how many, and those that did not go out. */
  async function list() {
    const since = new Date(clock.now().getTime() - DAY_MS);
    return { counts: await store.counts(sql, since), troubled: await store.troubled(sql, since, LISTED) };
  }

  return {
    kind,
    send,
    list,
    tend,
    failing,
    asked: store.asked,
    statesOf: store.statesOf,
    outcomesOf: store.outcomesOf,
    lastOf: store.lastOf,
    /** The sender's address; null = mail is off. */
    from: settings?.from ?? null,
    /** Where letters are handed in, without sign-in. */
    server: settings && `${settings.host}:${settings.port}`,
    link: (path: `/${string}`): string => `${origin}${path}`,
  };
}

type Outcome =
  | { kind: 'terkirim' | 'tidak_perlu'; problem: null }
  | { kind: 'gagal'; problem: store.Problem }
  /** `server`: not this letter's fault; no other one would do better now. */
  | { kind: 'again'; problem: store.Problem; server: boolean };
type SmtpError = Error & { code?: string; responseCode?: number; command?: string };

async function tooLate(signal: AbortSignal): Promise<never> {
  await sleep(LETTER_MS, undefined, { signal, ref: false }).catch(() => {});
  throw Object.assign(new Error('the mail server was too slow'), { code: 'ETIMEDOUT' });
}

/** What a server's no means. Only a no to this letter or its reader is final. */
function outcomeOf({ code, responseCode: status, command, message }: SmtpError): Outcome {
  if (code === 'EAUTH' || code === 'ENOAUTH') return { kind: 'again', problem: 'masuk', server: true };
  if (code === 'ETLS' || /certificate|\bTLS\b|\bSSL\b|STARTTLS/i.test(message)) return { kind: 'again', problem: 'tls', server: true };
  const toLetter = command === 'RCPT TO' || command === 'DATA' || command === undefined;
  if (status !== undefined && command === 'MAIL FROM' && status >= 500) return { kind: 'again', problem: 'pengirim', server: true };
  if (status !== undefined && status >= 500 && toLetter) return { kind: 'gagal', problem: 'ditolak' };
  if (status !== undefined && status >= 400 && toLetter) return { kind: 'again', problem: 'ditunda', server: false };
  if (code === 'EMESSAGE' || code === 'EENVELOPE') return { kind: 'gagal', problem: 'alamat' };
  return { kind: 'again', problem: 'koneksi', server: true };
}

/** A header is one line, whatever somebody called themselves. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The plain text again, with its addresses to press. */
function htmlOf(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((part) =>
    part
      .split(/(https?:\/\/[^\s<>"]+)/)
      .map((piece, i) => (i % 2 === 1 ? `<a href="${escaped(piece)}">${escaped(piece)}</a>` : escaped(piece).replaceAll('\n', '<br>')))
      .join(''),
  );
  const style = 'font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;color:#1c1b18;max-width:38em';
  return `<div style="${style}">${paragraphs.map((part) => `<p>${part}</p>`).join('')}</div>`;
}
