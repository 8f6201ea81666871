// What a person sees of their own notices, and chooses.
import type { z } from 'zod';
import {
  NOTICES_A_PAGE,
  noticeChannels,
  type Choice,
  type Choosing,
  type Delivery,
  type Notice,
  type getNotices,
  type postNoticesRead,
} from '../../shared/notifications.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import type { LetterOutcome, Mail } from '../platform/mail.ts';
import { mustBeQuietHours } from './quiet.ts';
import { LETTER, type Sending } from './sending.ts';
import * as store from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  mail: Pick<Mail, 'outcomesOf'>;
  sending: Pick<Sending, 'reach'>;
  choicesOf: (tx: Tx, personIds: readonly string[]) => Promise<Map<string, Choice>>;
};
export type Reading = ReturnType<typeof createReading>;

export function createReading({ sql, clock, mail, sending, choicesOf }: World) {
  async function list(personId: string, { kind, unread, before }: z.output<(typeof getNotices)['query']>) {
    const rows = await store.noticesOf(sql, personId, { kind: kind ?? null, unread: unread === 'ya', before: before ?? null }, NOTICES_A_PAGE + 1);
    const shown = rows.slice(0, NOTICES_A_PAGE);
    const deliveries = await store.deliveriesOf(
      sql,
      shown.map(({ id }) => id),
    );
    const letters = await mail.outcomesOf(
      sql,
      LETTER,
      deliveries.filter(({ channel }) => channel === 'surel').map(({ id }) => id),
    );
    const notices = shown.map(({ id, kind, words, path, urgent, at, readAt }): Notice => ({
      id,
      kind,
      words,
      path,
      urgent,
      at: at.toISOString(),
      readAt: readAt?.toISOString() ?? null,
      deliveries: deliveries.filter((row) => row.noticeId === id).map((row) => deliveryOf(row, letters.get(row.id) ?? null)),
    }));
    return { notices, more: rows.length > shown.length, unread: await store.unreadOf(sql, personId) };
  }

  const unread = async (personId: string) => ({ unread: await store.unreadOf(sql, personId) });

  async function read(personId: string, { ids, kind, read }: z.output<(typeof postNoticesRead)['body']>) {
    return sql.begin(async (tx) => {
      if ((await store.markRead(tx, personId, { ids: ids ?? null, kind: kind ?? null, read }, clock.now())) > 0)
        await tell(tx, [`person:${personId}`], { type: 'notices.changed' });
      return { unread: await store.unreadOf(tx, personId) };
    });
  }

  async function choosing(personId: string, tx: Tx = sql): Promise<Choosing> {
    const chosen = (await store.choicesOf(tx, [personId])).get(personId);
    const { channels, quiet, represented } = (await choicesOf(tx, [personId])).get(personId)!;
    const reached = await sending.reach(tx, [personId], noticeChannels);
    return {
      channels,
      quiet,
      represented,
      available: [...reached].map(([channel, who]) => ({ channel, reachable: who.has(personId) })),
      since: chosen?.at.toISOString() ?? null,
      former: (await store.formerChoices(tx, personId)).map((at) => at.toISOString()),
    };
  }

  async function choose(personId: string, choice: Choice): Promise<Choosing> {
    if (choice.quiet) mustBeQuietHours(choice.quiet);
    return sql.begin(async (tx) => {
      await store.insertChoice(tx, personId, choice, clock.now());
      return choosing(personId, tx);
    });
  }

  return { list, unread, read, choosing, choose };
}

/** Of e-mail the letter says what came of it. */
function deliveryOf({ channel, state, why, held, dueAt, doneAt, detail }: store.DeliveryRow, letter: LetterOutcome | null): Delivery {
  const row = { channel, held, detail, state, why, at: (doneAt ?? dueAt).toISOString() };
  if (channel !== 'surel' || state !== 'menunggu' || letter === null || letter.state === 'antre') return row;
  const at = (letter.doneAt ?? dueAt).toISOString();
  if (letter.state === 'terkirim') return { ...row, state: 'terkirim', at };
  if (letter.state === 'gagal') return { ...row, state: 'gagal', why: 'gagal', at };
  return { ...row, state: 'tidak_dikirim', why: letter.state === 'tidak_disetel' ? 'tidak_disetel' : 'basi', at };
}
