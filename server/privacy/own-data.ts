// Data saya: everything the portal keeps of one person, for that person alone, and who looked at it.
import type { z } from 'zod';
import type { MyData } from '../../shared/privacy.ts';
import type { Attendance } from '../attendance/index.ts';
import type { Calls } from '../calls/index.ts';
import type { Letters } from '../letters/index.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Notices, People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { boundsOf } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import type { Roster } from '../roster/index.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import { dataPaper } from './data-paper.ts';
import { ownRoster } from './own-roster.ts';
import { ownSaid } from './own-said.ts';
import type { Schedule } from './schedule.ts';

export type OwnDataWorld = {
  sql: Sql;
  clock: Clock;
  people: Pick<
    People,
    'persons' | 'maskNip' | 'regionName' | 'noteAccess' | 'looksAt' | 'sessionsOf' | 'signInsOf' | 'factorsOf' | 'officeAccountsOf' | 'opds'
  >;
  notices: Pick<Notices, 'acksOf' | 'officer'>;
  meetings: Pick<Meetings, 'meetingsToldTo' | 'meetingsByIds'>;
  attendance: Pick<Attendance, 'own' | 'readings' | 'confirmations'>;
  calls: Pick<Calls, 'ownCalls'>;
  letters: Pick<Letters, 'available' | 'pdf' | 'origin'>;
  schedule: Pick<Schedule, 'newest'>;
  roster: Pick<Roster, 'codesBetween'>;
};
type Asked = { from?: string | undefined; to?: string | undefined };
/** What is read by connections of its own. */
type Beside = {
  officer: Awaited<ReturnType<Notices['officer']>>;
  sessions: Awaited<ReturnType<People['sessionsOf']>>;
  factors: Awaited<ReturnType<People['factorsOf']>>;
};
type Data = z.input<typeof MyData>;

/** A year at a time. */
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;
const isTaken = (what: string): boolean => /\.(pdf|xlsx|csv|json)$|ekspor/.test(what);

export function createOwnData({ sql, clock, people, notices, meetings, attendance, calls, letters, schedule, roster }: OwnDataWorld) {
  function periodOf({ from, to }: Asked, today: string): { from: string; to: string } {
    const end = to ?? today;
    const begin = from ?? dayBefore(end, MOST_DAYS - 1);
    if (begin > end) refuse('input.invalid', {}, [{ path: 'from', message: 'awal sesudah akhir' }]);
    if (dayBefore(end, MOST_DAYS - 1) > begin) refuse('input.invalid', {}, [{ path: 'from', message: `paling banyak ${MOST_DAYS} hari` }]);
    return { from: begin, to: end };
  }

  async function collect(tx: Tx, person: SignedIn, asked: Asked, { officer, sessions, factors: { totp, passkeys, recoveryLeft } }: Beside): Promise<Data> {
    const record = (await people.persons(tx, [person.id])).get(person.id) ?? refuse('not_found');
    const zone = record.opd?.zone ?? 'Asia/Jakarta';
    const now = clock.now();
    const { from, to } = periodOf(asked, dayIn(now, zone));
    const since = new Date(new Date(`${from}T00:00:00Z`).getTime() - DAY_MS);
    const visits = await attendance.own.visitsOf(tx, person.id, zone, from, to);
    const days = (await attendance.readings.of(tx, [{ id: person.id }], zone, from, to)).get(person.id) ?? [];
    const confirmed = await attendance.confirmations.of(tx, [person.id], from, to);
    const told = await meetings.meetingsToldTo(tx, person.id, since, new Date(now.getTime() + DAY_MS));
    const whereabouts = { personId: person.id, meetingIds: [...told.map((m) => m.id), ...visits.map((v) => v.meetingId)], unitId: record.unit?.id ?? null };
    const { looks, everybody } = await people.looksAt(tx, whereabouts, since);
    const names = new Map<string, string>([
      ...told.map((m) => [m.id, m.title] as const),
      ...visits.map((v) => [v.meetingId, v.title] as const),
      ...(await people.opds(tx)).map((o) => [o.id, o.name] as const),
    ]);
    return {
      person: { name: record.name, nip: people.maskNip(record.nip), position: record.position, opdName: record.opd?.name ?? null },
      regionName: await people.regionName(tx),
      officer,
      zone,
      from,
      to,
      madeAt: now.toISOString(),
      meetings: visits.map((v) => ({ ...v, intervals: v.intervals.map((i) => ({ ...i, from: i.from.toISOString(), to: i.to?.toISOString() ?? null })) })),
      days: days.toReversed().map((day) => {
        const by = confirmed.get(`${person.id} ${day.date}`);
        const valid = by !== undefined && by.fingerprint === day.fingerprint;
        return { ...day, confirmed: valid ? { outcome: by.outcome, by: by.by, at: by.at.toISOString(), reason: by.reason } : null };
      }),
      machine: await attendance.own.machineOf(tx, record, from, to),
      roster: await ownRoster(tx, roster, person.id, dayIn(now, zone)),
      corrections: await attendance.own.correctionsOf(tx, person),
      calls: (await calls.ownCalls(tx, person.id, boundsOf(from, zone).from, boundsOf(to, zone).to)).map((call) => ({
        ...call,
        placedAt: call.placedAt.toISOString(),
        joinedAt: call.joinedAt?.toISOString() ?? null,
      })),
      said: await ownSaid(tx, person.id, { from: boundsOf(from, zone).from, to: boundsOf(to, zone).to }),
      notices: (await notices.acksOf(tx, `p_${person.id}`)).map(({ version, language, at, sha256 }) => ({ version, language, at: at.toISOString(), sha256 })),
      sessions: sessions.map((s) => ({
        device: s.device,
        since: s.since,
        lastSeen: s.lastSeen,
        current: s.id === person.sessionId,
      })),
      signIns: await people.signInsOf(tx, person.id, 200),
      factors: { totp, passkeys: passkeys.map(({ name, madeAt, usedAt, backedUp }) => ({ name, madeAt, usedAt, backedUp })), recoveryLeft },
      officeAccounts: await people.officeAccountsOf(tx, person.id),
      looks: looks.map((look) => ({
        at: look.at.toISOString(),
        by: look.byName,
        what: look.what,
        taken: isTaken(look.what),
        through: look.through,
        about: names.get(look.scopeId ?? look.subject) ?? null,
      })),
      regionLooks: everybody,
      exports: (await attendance.own.exportsOf(tx, person.id, from, to)).map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })),
      kept: (await schedule.newest(tx)).filter((c) => c.active).map(({ key, name, months, basis }) => ({ key, name, months, basis })),
    };
  }

  /** Reading one's own is on record too, and is nobody else's look. */
  async function taken(person: SignedIn, asked: Asked, what: 'baca' | 'json' | 'pdf'): Promise<Data> {
    // Before the transaction: one that waits for a second connection holds the first, and a dozen of them hold up everybody.
    const beside = { officer: await notices.officer(), sessions: await people.sessionsOf(person.id), factors: await people.factorsOf(person) };
    return sql.begin(async (tx) => {
      const data = await collect(tx, person, asked, beside);
      const scope = { kind: 'person', id: person.id } as const;
      await people.noteAccess(tx, { by: person.id, what: `data_saya.${what}`, subject: person.id, count: 1, scope, persons: [person.id] });
      return data;
    });
  }

  const fileName = (data: Data, extension: string): string => `data-saya-${data.madeAt.slice(0, 10)}.${extension}`;

  async function json(person: SignedIn, asked: Asked): Promise<ServedFile> {
    const data = await taken(person, asked, 'json');
    return { content: JSON.stringify(data, null, 2), name: fileName(data, 'json') };
  }
  async function pdf(person: SignedIn, asked: Asked): Promise<ServedFile> {
    if (!letters.available) refuse('pdf.unavailable');
    const data = await taken(person, asked, 'pdf');
    return { content: await letters.pdf('data-saya', dataPaper(data, `${letters.origin}/data-saya`), new Date(data.madeAt)), name: fileName(data, 'pdf') };
  }

  return { read: (person: SignedIn, asked: Asked) => taken(person, asked, 'baca'), json, pdf };
}

const dayIn = (at: Date, zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
const dayBefore = (day: string, days: number): string => new Date(new Date(`${day}T00:00:00Z`).getTime() - days * DAY_MS).toISOString().slice(0, 10);
