// Which channels a notice goes over, when, and what came of it. Rows are the truth; jobs only wake.
import { noticeChannels, type Choice, type NoticeChannel, type NoticeKind } from '../../shared/notifications.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Letter, Mail } from '../platform/mail.ts';
import type { People } from '../people/index.ts';
import { quietUntil } from './quiet.ts';
import * as store from './store.ts';

export type Sent = { kind: 'sent' } | { kind: 'later'; detail: string; afterMs: number } | { kind: 'failed'; detail: string };
export type Sender = {
  /** Whether it is set up at all. */
  on: (tx: Tx) => Promise<boolean>;
  /** Whom it reaches of these. */
  reaches: (tx: Tx, personIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** `id`: of the delivery, the same for every try of it. `tries`: before this one. */
  send: (
    message: { id: string; noticeId: string; personId: string; words: store.NoticeWords; path: string; urgent: boolean; until: Date | null },
    tries: number,
  ) => Promise<Sent>;
};
/** What is to be said when its turn to be sent comes: an hour ahead is no hour any more after a quiet night. null: it is not so any more. */
export type Check = (tx: Tx, ref: string, personId: string) => Promise<store.NoticeWords | null>;
type Given = Pick<store.NoticeRow, 'kind' | 'urgent' | 'until'> & { without: readonly NoticeChannel[] };
type World = { sql: Sql; clock: Clock; jobs: Jobs; mail: Mail; people: Pick<People, 'contacts'> };
export type Sending = ReturnType<typeof createSending>;

const TASK = 'kabar.kirim';
export const LETTER = 'kabar';
const CLAIM_MS = 60_000;

export function createSending({ sql, clock, jobs, mail, people }: World) {
  const senders = new Map<NoticeChannel, Sender>();
  const checks = new Map<NoticeKind, Check>();
  senders.set('surel', {
    on: async () => mail.from !== null,
    reaches: async (tx, ids) => new Set((await people.contacts(tx, ids)).flatMap(({ id, email }) => (email ? [id] : []))),
    send: async () => ({ kind: 'failed', detail: '' }),
  });

  /** Of the channels that are set up: whom each reaches. */
  async function reach(tx: Tx, personIds: readonly string[], channels: readonly NoticeChannel[]): Promise<Map<NoticeChannel, ReadonlySet<string>>> {
    const found = new Map<NoticeChannel, ReadonlySet<string>>();
    for (const channel of channels) {
      const sender = senders.get(channel);
      if (sender && (await sender.on(tx))) found.set(channel, await sender.reaches(tx, personIds));
    }
    return found;
  }

  /** A row for each channel that is chosen and set up; those that reach nobody, or would come too late, say so at once. */
  async function ask(
    tx: Tx,
    notices: readonly { id: string; personId: string }[],
    { kind, urgent, until, without }: Given,
    choices: ReadonlyMap<string, Choice>,
  ): Promise<void> {
    const now = clock.now();
    const wanted = noticeChannels.filter(
      (channel) => !without.includes(channel) && [...choices.values()].some(({ channels }) => channels[kind].includes(channel)),
    );
    const reached = await reach(
      tx,
      notices.map(({ personId }) => personId),
      wanted,
    );
    const rows = notices.flatMap(({ id: noticeId, personId }) => {
      const choice = choices.get(personId);
      const quiet = urgent ? null : quietUntil(choice?.quiet ?? null, now);
      return wanted.flatMap((channel): store.NewDelivery[] => {
        const reaching = reached.get(channel);
        if (!reaching || !choice?.channels[kind].includes(channel)) return [];
        const dueAt = quiet ?? now;
        const why = !reaching.has(personId) ? 'tidak_terjangkau' : until !== null && dueAt >= until ? 'tenang' : null;
        return [{ noticeId, channel, state: why === null ? 'menunggu' : 'tidak_dikirim', why, dueAt: dueAt.toISOString(), held: quiet !== null }];
      });
    });
    if (rows.length === 0) return;
    await wake(
      tx,
      (await store.insertDeliveries(tx, rows, now)).filter(({ state }) => state === 'menunggu'),
    );
  }

  async function wake(tx: Tx, rows: readonly { id: string; channel: NoticeChannel; dueAt: Date }[]): Promise<void> {
    const now = clock.now().getTime();
    for (const due of new Set(rows.map(({ dueAt }) => dueAt.getTime()))) {
      const together = rows.filter(({ dueAt }) => dueAt.getTime() === due);
      const options = { afterMs: Math.max(0, due - now) };
      const letters = together.filter(({ channel }) => channel === 'surel').map(({ id }) => id);
      await mail.send(tx, LETTER, letters, { ...options, once: true });
      const others = together.filter(({ channel }) => channel !== 'surel').map(({ id }) => ({ delivery: id }));
      await jobs.add(tx, TASK, others, options);
    }
  }

  /** What is said now, or why it is not sent any more. */
  async function now({ held, notice }: store.Waiting): Promise<{ words: store.NoticeWords } | { why: store.Why }> {
    if (notice.until !== null && notice.until <= clock.now()) return { why: 'basi' };
    if (held && notice.readAt !== null) return { why: 'dibaca' };
    const check = checks.get(notice.kind);
    const words = check ? await check(sql, notice.ref, notice.personId) : notice.words;
    return words ? { words } : { why: 'basi' };
  }

  async function send(id: string): Promise<void> {
    const row = await store.claim(sql, id, clock.now(), new Date(clock.now().getTime() + CLAIM_MS));
    if (!row) return;
    const said = await now(row);
    if ('why' in said) return store.finish(sql, id, 'tidak_dikirim', { why: said.why, detail: null }, clock.now());
    const sender = senders.get(row.channel);
    const { id: noticeId, ...notice } = row.notice;
    const outcome: Sent = sender
      ? await sender.send({ ...notice, ...said, id, noticeId }, row.attempts - 1)
      : { kind: 'failed', detail: 'Saluran ini sudah tidak dipakai' };
    if (outcome.kind === 'later') {
      await store.putOff(sql, id, outcome.detail, new Date(clock.now().getTime() + outcome.afterMs));
      return jobs.add(sql, TASK, [{ delivery: id }], { afterMs: outcome.afterMs });
    }
    if (outcome.kind === 'sent') return store.finish(sql, id, 'terkirim', { why: null, detail: null }, clock.now());
    await store.finish(sql, id, 'gagal', { why: 'gagal', detail: outcome.detail }, clock.now());
  }
  jobs.handle(TASK, async ({ delivery }) => send(delivery ?? ''));

  mail.kind(LETTER, async (id): Promise<Letter | null> => {
    const row = await store.deliveryById(sql, id);
    if (row?.state !== 'menunggu') return null;
    const said = await now(row);
    const [contact] = await people.contacts(sql, [row.notice.personId]);
    if ('why' in said || !contact?.email) {
      const why = 'why' in said ? said.why : 'tidak_terjangkau';
      await store.finish(sql, id, 'tidak_dikirim', { why, detail: null }, clock.now());
      return null;
    }
    const { title, text } = said.words.id;
    return {
      to: { name: contact.name, address: contact.email },
      subject: title,
      text: [
        `Yth. ${contact.name}`,
        text,
        mail.link(row.notice.path as `/${string}`),
        `Surel ini dikirim oleh portal; balasannya tidak dibaca. Saluran dan jam tenang Anda atur di ${mail.link('/pemberitahuan/atur')}`,
      ].join('\n\n'),
    };
  });

  /** A gateway says what became of one: only that it failed is news. Answers whether there is such a one. */
  async function reported(tx: Tx, id: string, channel: string, state: string, detail: string | null): Promise<boolean> {
    const row = await store.deliveryById(tx, id);
    if (row?.channel !== channel) return false;
    if (state === 'gagal') await store.failed(tx, id, detail, clock.now());
    return true;
  }

  /** Comes round: what is due and was woken by nobody. */
  async function tend(): Promise<void> {
    const now = clock.now();
    for (const id of await store.overlooked(sql, new Date(now.getTime() - CLAIM_MS), now)) await send(id);
  }

  return {
    ask,
    tend,
    reported,
    reach,
    setSender: (channel: NoticeChannel, sender: Sender): void => void senders.set(channel, sender),
    setCheck: (kind: NoticeKind, check: Check): void => void checks.set(kind, check),
  };
}
