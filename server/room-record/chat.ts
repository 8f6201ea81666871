// The chat: said by those who belong to the meeting while it runs, read by them for as long as it is kept. Links are text; the portal fetches nothing.
import type { z } from 'zod';
import type * as wire from '../../shared/chat.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { FileRecord, Files } from '../platform/files.ts';
import { tell } from '../platform/live.ts';
import { clockText, dateText, dayIn } from '../platform/local-time.ts';
import { ranged } from '../platform/ranged.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, Context, ServedFile, SignedIn } from '../platform/serve.ts';
import type { People } from '../people/index.ts';
import type { Access, Here, Officers } from './access.ts';
import * as store from './chat-store.ts';
import type { Uploads } from './uploads.ts';

type World = {
  sql: Sql;
  clock: Clock;
  files: Files;
  people: Pick<People, 'opds' | 'noteAccess'>;
  access: Access;
  officers: Officers;
  uploads: Uploads;
};
type Message = z.input<typeof wire.ChatMessage>;
export type Asked = Pick<Context<typeof wire.getChatFile>, 'request' | 'reply'>;

/** Messages a member may send in so many seconds. */
const LIMIT = 10;
const SECONDS = 10;

export function createChat({ sql, clock, files, people, access, officers, uploads }: World) {
  async function views(tx: Tx, rows: readonly store.ChatRow[]): Promise<Message[]> {
    const found = await files.find(
      tx,
      rows.flatMap(({ fileId }) => fileId ?? []),
    );
    return rows.map((row) => view(row, found));
  }
  const viewOf = async (tx: Tx, row: store.ChatRow): Promise<Message> => (await views(tx, [row]))[0]!;

  /** Why this member may not write now; null = may. */
  async function shut(tx: Tx, { meeting, leads }: Here): Promise<string | null> {
    if (meeting.state !== 'berlangsung') return 'rapat';
    const { chat } = await officers.chatRule(tx, meeting.id);
    return chat === 'semua' || leads ? null : chat;
  }

  async function read(
    caller: Caller,
    meetingId: string,
    { before, after, q }: { before?: number | undefined; after?: number | undefined; q?: string | undefined },
  ): Promise<z.input<typeof wire.Chat>> {
    const here = await access.here(sql, caller, meetingId);
    // Read before the rows: what comes in between is told again at the next question, and nothing is left out.
    const newest = await store.newestStep(sql, meetingId);
    const rows =
      q !== undefined
        ? await store.holding(sql, meetingId, q)
        : after !== undefined
          ? await store.changedSince(sql, meetingId, after)
          : await store.last(sql, meetingId, before ?? null);
    const told = rows.slice(0, store.MOST);
    const more = rows.length > store.MOST;
    return {
      messages: (await views(sql, told)).toSorted((a, b) => a.n - b.n),
      more,
      step: after !== undefined && more ? Math.max(...told.map(({ step }) => step)) : newest,
      you: { member: here.member, shut: await shut(sql, here), exports: here.writes },
      serverTime: clock.now().toISOString(),
    };
  }

  async function mayWrite(tx: Tx, here: Here): Promise<void> {
    await access.mustRun(tx, here);
    if ((await shut(tx, here)) !== null) refuse('chat.shut');
  }

  async function say(caller: Caller, meetingId: string, { text, key, reply, upload }: BodyOf<typeof wire.postChat>): Promise<Message> {
    const before = await access.here(sql, caller, meetingId);
    const known = await store.message(sql, meetingId, key);
    if (known?.member === before.member) return viewOf(sql, known);
    if (text === '' && upload === undefined) refuse('chat.empty', {}, [{ path: 'text', message: 'wajib diisi' }]);
    await mayWrite(sql, before);
    const ready = upload === undefined ? null : await uploads.ready(meetingId, before.member, upload, 'obrolan');
    return sql.begin(async (tx) => {
      await store.lockChat(tx, meetingId);
      const here = await access.here(tx, caller, meetingId);
      await mayWrite(tx, here);
      const said = await store.message(tx, meetingId, key);
      if (said?.member === here.member) return viewOf(tx, said);
      if (await store.isTaken(tx, key)) refuse('input.invalid', {}, [{ path: 'key', message: 'kunci sudah dipakai' }]);
      const now = clock.now();
      await mustNotFlood(tx, here, now);
      if (reply !== undefined && !(await store.message(tx, meetingId, reply))) refuse('chat.no_message', {}, [{ path: 'reply', message: 'tidak ditemukan' }]);
      const kept = ready && ((await uploads.keep(tx, ready)) ?? refuse('not_found'));
      const { member, name, badge } = here;
      await store.insert(tx, meetingId, {
        id: key,
        member,
        name,
        badge,
        text,
        at: now,
        replyTo: reply ?? null,
        fileId: kept?.fileId ?? null,
        thumbId: kept?.thumbId ?? null,
      });
      await tell(tx, [`meeting:${meetingId}`], { type: 'chat.posted', meetingId, id: key });
      return viewOf(tx, (await store.message(tx, meetingId, key)) ?? refuse('not_found'));
    });
  }

  async function mustNotFlood(tx: Tx, { meeting, member, leads }: Here, now: Date): Promise<void> {
    const said = (seconds: number): Promise<number> => store.saidSince(tx, meeting.id, member, new Date(now.getTime() - seconds * 1000));
    if ((await said(SECONDS)) >= LIMIT) refuse('limit.reached', { seconds: SECONDS });
    const { slowSeconds } = await officers.chatRule(tx, meeting.id);
    if (!leads && slowSeconds > 0 && (await said(slowSeconds)) > 0) refuse('limit.reached', { seconds: slowSeconds });
  }

  async function takeBack(caller: Caller, meetingId: string, id: string): Promise<void> {
    await sql.begin(async (tx) => {
      await store.lockChat(tx, meetingId);
      const here = await access.here(tx, caller, meetingId);
      const found = (await store.message(tx, meetingId, id)) ?? refuse('not_found');
      if (found.member !== here.member) refuse('chat.not_yours');
      await access.mustRun(tx, here);
      if (found.deletedAt !== null) return;
      await store.takeBack(tx, id, clock.now());
      await files.destroy(tx, [found.fileId ?? [], found.thumbId ?? []].flat());
      await tell(tx, [`meeting:${meetingId}`], { type: 'chat.posted', meetingId, id });
    });
  }

  async function fileOf({ request, reply }: Asked, caller: Caller, meetingId: string, id: string, small: boolean): Promise<ServedFile> {
    await access.here(sql, caller, meetingId);
    const found = (await store.message(sql, meetingId, id)) ?? refuse('not_found');
    const fileId = (small ? found.thumbId : found.fileId) ?? refuse('not_found');
    const file = (await files.find(sql, [fileId])).get(fileId);
    if (!file || file.sha256 === null) refuse('not_found');
    return ranged(request, reply, { ...file, sha256: file.sha256, name: small ? null : file.name, read: (from, to) => files.read(fileId, from, to) });
  }

  /** Plain text, as it was said; for whoever writes the notulen. */
  async function text(caller: Caller, person: SignedIn, meetingId: string): Promise<ServedFile> {
    return sql.begin(async (tx) => {
      const { meeting, writes } = await access.here(tx, caller, meetingId);
      if (!writes) refuse('proceedings.not_writer');
      const zone = (await people.opds(tx)).find((opd) => opd.id === meeting.opdId)?.zone ?? 'Asia/Jakarta';
      const rows = await store.all(tx, meetingId);
      const found = await files.find(
        tx,
        rows.flatMap(({ fileId }) => fileId ?? []),
      );
      const lines = rows.map((row, n) => {
        const day = n === 0 || dayIn(rows[n - 1]!.at, zone) !== dayIn(row.at, zone) ? `\n${dateText(row.at, zone)}\n\n` : '';
        return day + lineOf(row, clockText(row.at, zone), found);
      });
      const members = new Set(rows.flatMap(({ member }) => (member.startsWith('p_') ? [member.slice(2)] : [])));
      await people.noteAccess(tx, {
        by: person.id,
        what: 'obrolan.unduh',
        subject: meetingId,
        count: members.size,
        scope: { kind: 'meeting', id: meetingId },
        persons: [...members],
      });
      const head = `Obrolan rapat\n${meeting.title}\n`;
      return {
        content: `\uFEFF${head}${lines.length === 0 ? '\nTidak ada pesan.\n' : lines.join('')}`,
        name: `obrolan-${meetingId.slice(0, 8)}.txt`,
        type: 'text/plain',
      };
    });
  }

  return { read, say, takeBack, fileOf, text, mayWrite };
}

function view(row: store.ChatRow, found: ReadonlyMap<string, FileRecord>): Message {
  const { id, n, member, name, badge, text, at, deletedAt, fileId, thumbId, replyTo, replyName, replyText, replyDeletedAt } = row;
  const file = found.get(fileId ?? '');
  return {
    id,
    n,
    member,
    name,
    badge,
    text,
    at: at.toISOString(),
    deleted: deletedAt !== null,
    reply: replyTo === null ? null : { id: replyTo, name: replyName ?? '', text: replyText ?? '', deleted: replyDeletedAt !== null },
    file: file ? { name: file.name, type: file.type, size: file.size, picture: thumbId !== null } : null,
  };
}

function lineOf(row: store.ChatRow, time: string, found: ReadonlyMap<string, FileRecord>): string {
  const who = row.badge ? `${row.name} (${row.badge})` : row.name;
  if (row.deletedAt !== null) return `[${time}] ${who}: (dihapus)\n`;
  const answers = row.replyTo === null ? '' : `(menjawab ${row.replyName ?? ''}) `;
  const file = row.fileId === null ? '' : `${row.text === '' ? '' : '\n'}[berkas: ${found.get(row.fileId)?.name ?? ''}]`;
  return `[${time}] ${who}: ${answers}${`${row.text}${file}`.replaceAll('\n', '\n    ')}\n`;
}
