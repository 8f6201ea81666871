// What hosts see and decide: the list with its flags, admitting, denying, blocking, a word to those who wait.
import type { z } from 'zod';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/lobby.ts';
import { paragraphs } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { clockText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { People } from '../people/index.ts';
import { likenessTo, type Likeness } from './confusable.ts';
import type { Hosts } from './hosts.ts';
import { AWAY_MS, decide, isAway } from './rules.ts';
import * as store from './store.ts';
import type { Knock } from './store.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'opds' | 'officials' | 'noteAccess'>;
  meetings: Pick<Meetings, 'admitWaiting' | 'withdrawAdmission' | 'meetingsByIds' | 'bannedBrowsers'>;
  hosts: Hosts;
  /** Hosts hear that the list is another one; these who wait, that something was said to them. */
  told: (tx: Tx, meetingId: string, knockIds: readonly string[]) => Promise<void>;
};
type Desk = z.input<typeof wire.LobbyDesk>;
type Decision = BodyOf<typeof wire.postLobbyDecision>;

const MOST_TURNED_AWAY = 100;
const OFFICIALS_MS = 60_000;
const READERS_KNOWN = 5_000;
const Message = paragraphs(1, 300);

export function createDeciding({ sql, clock, people, meetings, hosts, told }: World) {
  let known: { at: number; of: (name: string) => Likeness | null } | null = null;
  /** Each name is looked at once, as long as those in office are the same. */
  async function likeness(tx: Tx): Promise<(name: string) => Likeness | null> {
    const at = clock.now().getTime();
    if (known === null || Math.abs(at - known.at) > OFFICIALS_MS) {
      const found = new Map<string, Likeness | null>();
      const of = likenessTo(await people.officials(tx));
      known = {
        at,
        of: (name) => {
          if (!found.has(name)) found.set(name, of(name));
          return found.get(name) ?? null;
        },
      };
    }
    return known.of;
  }

  /** Whom a reader was shown of a meeting: the list is read again at every change, and noted where it shows somebody new. */
  const shown = new Map<string, Set<string>>();
  async function note(tx: Tx, person: SignedIn, meetingId: string, rows: readonly Knock[]): Promise<void> {
    const key = `${person.sessionId} ${meetingId}`;
    const before = shown.get(key) ?? new Set();
    const fresh = rows.filter(({ id }) => !before.has(id));
    if (fresh.length === 0) return;
    if (shown.size > READERS_KNOWN) shown.clear();
    shown.set(key, new Set([...before, ...fresh.map(({ id }) => id)]));
    const persons = fresh.flatMap(({ personId }) => personId ?? []);
    await people.noteAccess(tx, {
      by: person.id,
      what: 'ruang_tunggu.baca',
      subject: meetingId,
      count: fresh.length,
      scope: { kind: 'meeting', id: meetingId },
      persons,
    });
  }

  async function deskOf(tx: Tx, person: SignedIn, meetingId: string): Promise<Desk> {
    const now = clock.now();
    const all = await store.outside(tx, meetingId);
    await note(tx, person, meetingId, all);
    const like = await likeness(tx);
    const away = all.filter(({ state }) => state !== 'menunggu').toSorted((a, b) => Number(b.decidedAt) - Number(a.decidedAt));
    const deciders = await people.persons(tx, [...new Set(away.flatMap(({ decidedBy }) => decidedBy ?? []))]);
    const setting = await store.settingOf(tx, meetingId);
    return {
      waiting: all
        .filter(({ state }) => state === 'menunggu')
        .map((k) => ({
          id: k.id,
          round: k.round,
          name: k.name,
          unit: k.unit,
          badge: k.personId === null ? ('Tamu' as const) : ('Pegawai' as const),
          since: k.since.toISOString(),
          away: isAway(k.seenAt, now),
          // Staff are who they are.
          flag: k.personId !== null ? null : (like(k.name) ?? (k.odd ? { kind: 'aksara' as const } : null)),
          message: said(k.message, k.messageAt),
          denials: k.denials,
        })),
      turnedAway: away.slice(0, MOST_TURNED_AWAY).map((k) => ({
        id: k.id,
        round: k.round,
        name: k.name,
        unit: k.unit,
        state: k.state === 'diblokir' ? ('diblokir' as const) : ('ditolak' as const),
        at: (k.decidedAt ?? k.since).toISOString(),
        byName: (k.decidedBy && deciders.get(k.decidedBy)?.name) ?? '',
      })),
      message: said(setting?.message ?? null, setting?.messageAt ?? null),
      serverTime: now.toISOString(),
    };
  }
  const said = (text: string | null, at: Date | null) => (text !== null && at !== null ? { text, at: at.toISOString() } : null);

  const desk = (person: SignedIn, meetingId: string): Promise<Desk> =>
    sql.begin(async (tx) => {
      await hosts.hosted(tx, person, meetingId);
      return deskOf(tx, person, meetingId);
    });

  /** Locks the meeting, then those it is about: whoever decides at the same moment comes after, and sees what was decided. */
  async function decideAll(person: SignedIn, meetingId: string, { act, knocks, message }: Decision) {
    const cuts: (() => void)[] = [];
    const reply = await sql.begin(async (tx) => {
      const meeting = await hosts.hostedAlone(tx, person, meetingId);
      const zone = (await people.opds(tx)).find((o) => o.id === meeting.opdId)?.zone ?? 'Asia/Jakarta';
      if (act === 'izinkan' && meeting.state === 'berakhir') refuse('meeting.ended', { time: clockText(meeting.endedAt, zone) });
      if (act === 'izinkan' && meeting.state === 'dibatalkan') refuse('meeting.cancelled', { reason: meeting.cancelReason });
      const now = clock.now();
      const text = messageIn(message, 'message');
      const rounds = new Map(knocks.map(({ id, round }) => [id, round]));
      const rows = await store.lockKnocks(tx, meetingId, [...rounds.keys()]);
      if (rows.length < rounds.size) refuse('not_found');
      const banned = await meetings.bannedBrowsers(tx, meeting);
      const otherwise: Knock[] = [];
      const changed: string[] = [];
      for (const row of rows) {
        const verdict = decide(row, { act, round: rounds.get(row.id) ?? 0 }, now);
        if (verdict.kind === 'otherwise') otherwise.push(row);
        if (verdict.kind === 'otherwise' || verdict.kind === 'stands') continue;
        // Waited already when they were put out for good.
        if (verdict.state === 'masuk' && banned.has(row.browser)) refuse('lobby.banned', { name: row.name });
        changed.push(row.id);
        if (verdict.kind === 'takesBack' && row.invitationId !== null) cuts.push(await meetings.withdrawAdmission(tx, meeting, row.invitationId, person.id));
        if (act === 'buka_blokir') await store.unblocked(tx, row.id, now, person.id);
        else {
          const who = row.personId === null ? { guest: { name: row.name, institution: row.unit ?? '' }, browser: row.browser } : { personId: row.personId };
          const invitationId = verdict.state === 'masuk' ? await meetings.admitWaiting(tx, meeting, who, person.id) : null;
          await store.decided(tx, row.id, { state: verdict.state, invitationId, message: text, denied: verdict.state === 'ditolak', byId: person.id }, now);
        }
        await store.insertAct(tx, { meetingId, act, knock: row, detail: text, byId: person.id }, now);
      }
      await told(tx, meetingId, changed);
      const deciders = await people.persons(tx, [...new Set(otherwise.flatMap(({ decidedBy }) => decidedBy ?? []))]);
      return {
        desk: await deskOf(tx, person, meetingId),
        already: otherwise.map((k) => ({ id: k.id, name: k.name, state: k.state, byName: (k.decidedBy && deciders.get(k.decidedBy)?.name) ?? null })),
      };
    });
    for (const cut of cuts) cut();
    return reply;
  }

  function messageIn(text: string | null | undefined, path: 'message' | 'text'): string | null {
    if (text === null || text === undefined || text.trim() === '') return null;
    const read = Message.safeParse(text);
    return read.success ? read.data : refuse('input.invalid', {}, [{ path, message: 'Tulis pesan paling banyak 300 huruf, tanpa tanda kendali.' }]);
  }

  async function message(person: SignedIn, meetingId: string, { text, knock }: BodyOf<typeof wire.putLobbyMessage>): Promise<Desk> {
    return sql.begin(async (tx) => {
      await hosts.hostedAlone(tx, person, meetingId);
      const now = clock.now();
      const words = messageIn(text, 'text');
      const [row] = knock === undefined ? [] : await store.lockKnocks(tx, meetingId, [knock]);
      if (knock !== undefined && !row) refuse('not_found');
      if (row) await store.saveMessage(tx, row.id, words, now);
      else await store.saveMessageToAll(tx, meetingId, words, now);
      await store.insertAct(tx, { meetingId, act: 'pesan', ...(row && { knock: row }), detail: words, byId: person.id }, now);
      await told(tx, meetingId, row ? [row.id] : await store.waitingIds(tx, meetingId));
      return deskOf(tx, person, meetingId);
    });
  }

  /** Where somebody waits for this person. */
  async function mine(person: SignedIn) {
    const waited = await store.waitedFor(sql, new Date(clock.now().getTime() - AWAY_MS));
    const found = new Map(
      (
        await meetings.meetingsByIds(
          sql,
          waited.map(({ meetingId }) => meetingId),
        )
      ).map((m) => [m.id, m]),
    );
    const list = [];
    for (const { meetingId, n } of waited) {
      const meeting = found.get(meetingId);
      if (!meeting || meeting.state === 'berakhir' || meeting.state === 'dibatalkan') continue;
      // Its OPD's admins may admit; only its own hosts are called.
      if ((await hosts.idsOf(sql, meeting)).includes(person.id))
        list.push({ meetingId, title: meeting.title, waiting: n, running: meeting.state === 'berlangsung' });
    }
    return list;
  }

  return { desk, decideAll, message, mine };
}
