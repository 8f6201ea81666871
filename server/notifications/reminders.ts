// Reminders a day, an hour and ten minutes ahead. That one is due is a function of time; that it was given is a row with a unique key, made in
// the transaction that asks for what is sent. So whoever dies, and whenever, it is given once.
import type { FastifyBaseLogger } from 'fastify';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { clockText, dateText, dayIn } from '../platform/local-time.ts';
import type { Letter, Mail } from '../platform/mail.ts';
import type { Notify } from './notice.ts';
import { dueOf, knewBefore, LONGEST_LEAD_MS, type ReminderKind } from './reminder-rules.ts';
import * as store from './reminder-store.ts';
import type { Sending } from './sending.ts';
import type { NoticeWords } from './store.ts';

/** What is to come. `version` counts up when its hour changes; `since`: when this hour was set. */
export type Ahead = {
  id: string;
  version: number;
  since: Date;
  title: string;
  place: string;
  startsAt: Date;
  zone: Zone;
  opdName: string;
};
/** Whom it concerns. A person hears over their channels; a guest by letter, where an address is known, with the own link. */
export type Hearer = { member: string; since: Date; path: string } & ({ personId: string } | { personId: null; name: string; email: string | null });
export type ReminderSource = {
  name: 'rapat' | 'konferensi';
  /** Those that begin between two instants and were not called off. */
  ahead: (tx: Tx, from: Date, to: Date) => Promise<Ahead[]>;
  /** This one, if it still is to come; `held`: neither moved nor called off until the transaction is over. */
  one: (tx: Tx, id: string, held: boolean) => Promise<Ahead | null>;
  hearers: (tx: Tx, id: string) => Promise<Hearer[]>;
};
type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; mail: Mail; sending: Pick<Sending, 'setCheck'>; notify: Notify };

const LETTER = 'pengingat';

export function createReminders({ sql, clock, log, mail, sending, notify }: World) {
  const sources = new Map<string, ReminderSource>();

  /** Every reminder whose time it is, each event in a transaction of its own. Answers how many were given. */
  async function run(): Promise<number> {
    let given = 0;
    for (const source of sources.values()) {
      const now = clock.now();
      const ahead = await source.ahead(sql, now, new Date(now.getTime() + LONGEST_LEAD_MS));
      const turns = await store.turnsOf(
        sql,
        ahead.map(({ id }) => id),
      );
      for (const event of ahead) {
        const kind = dueOf(event, now);
        if (kind !== null && !turns.has(store.turnKey({ eventId: event.id, version: event.version, kind }))) given += await tried(source, event.id);
      }
    }
    return given;
  }

  /** One that cannot be reminded of holds up no other; it is tried again. */
  async function tried(source: ReminderSource, id: string): Promise<number> {
    try {
      return await remind(source, id);
    } catch (error) {
      log.error({ err: error, source: source.name, event: id }, 'reminder not given');
      return 0;
    }
  }

  async function remind(source: ReminderSource, id: string): Promise<number> {
    return sql.begin(async (tx) => {
      const event = await source.one(tx, id, true);
      const now = clock.now();
      const kind = event && dueOf(event, now);
      if (!event || !kind) return 0;
      const turn: store.Turn = { source: source.name, eventId: id, version: event.version, kind };
      if (!(await store.insertTurn(tx, turn, now))) return 0;
      const hearers = (await source.hearers(tx, id)).filter((one) => knewBefore(kind, event.startsAt, one.since) && reachable(one));
      const members = new Map(hearers.map((one) => [one.member, one]));
      const rows = await store.insertReminders(tx, turn, [...members.keys()], event.startsAt, now);
      const persons = rows.flatMap(({ id: row, member }) => {
        const one = members.get(member);
        return one && one.personId !== null ? [{ row, personId: one.personId, path: one.path }] : [];
      });
      for (const path of new Set(persons.map((one) => one.path))) {
        const here = persons.filter((one) => one.path === path);
        const notices = await notify(tx, {
          kind: 'pengingat',
          personIds: here.map(({ personId }) => personId),
          ref: refOf(turn),
          words: wordsOf(event, kind, now),
          path,
          until: event.startsAt,
        });
        await store.setNotices(
          tx,
          here.map(({ row, personId }) => ({ id: row, noticeId: notices.get(personId)! })),
        );
      }
      const guests = rows.filter(({ member }) => members.get(member)?.personId === null).map(({ id: row }) => row);
      await mail.send(tx, LETTER, guests, { once: true });
      return rows.length;
    });
  }

  /** Whoever was moved, called off, taken off or has begun meanwhile is not written to any more. */
  const stillTo = async (tx: Tx, { source: name, eventId, version }: Pick<store.Turn, 'source' | 'eventId' | 'version'>): Promise<Ahead | null> => {
    const event = await sources.get(name)?.one(tx, eventId, false);
    return event?.version === version && event.startsAt > clock.now() ? event : null;
  };

  sending.setCheck('pengingat', async (tx, ref, personId) => {
    const turn = turnOf(ref);
    const event = await stillTo(tx, turn);
    const all = event && (await sources.get(turn.source)?.hearers(tx, turn.eventId));
    return event && all?.some((one) => one.personId === personId) ? wordsOf(event, turn.kind, clock.now()) : null;
  });

  mail.kind(LETTER, async (id): Promise<Letter | null> => {
    const row = await store.reminderById(sql, id);
    const event = row && (await stillTo(sql, row));
    const guest = event && (await sources.get(row.source)?.hearers(sql, row.eventId))?.find((one) => one.member === row.member);
    if (!row || !event || guest?.personId !== null || !guest.email) return null;
    const { title, text } = wordsOf(event, row.kind, clock.now()).id;
    return {
      to: { name: guest.name, address: guest.email },
      subject: title,
      text: [
        `Yth. ${guest.name}`,
        text,
        `Masuklah lewat tautan pribadi Anda, tanpa akun; jangan teruskan:\n${mail.link(guest.path as `/${string}`)}`,
        ['Salam,', event.opdName].join('\n'),
        'Surel ini dikirim oleh portal; balasannya tidak dibaca.',
      ].join('\n\n'),
    };
  });

  return { run, addSource: (source: ReminderSource): void => void sources.set(source.name, source) };
}

const reachable = (one: Hearer): boolean => one.personId !== null || one.email !== null;

const refOf = ({ source, eventId, version, kind }: store.Turn): string => [source, eventId, version, kind].join(':');
function turnOf(ref: string): store.Turn {
  const [source, eventId = '', version, kind] = ref.split(':');
  return { source: source as store.Turn['source'], eventId, version: Number(version), kind: kind as ReminderKind };
}

const MINUTE_MS = 60_000;

/** As long ahead as it is when it is told: a portal that slept must not say "in one hour". */
function wordsOf({ title, place, startsAt, zone, opdName }: Ahead, kind: ReminderKind, now: Date): NoticeWords {
  const hour = clockText(startsAt, zone);
  const where = place === '' ? '' : `, ${place}`;
  const minutes = Math.ceil((startsAt.getTime() - now.getTime()) / MINUTE_MS);
  const today = dayIn(startsAt, zone) === dayIn(now, zone);
  const soon =
    kind === 'h1'
      ? { id: today ? 'Hari ini' : 'Besok', en: today ? 'Today' : 'Tomorrow' }
      : minutes === 60
        ? { id: 'Satu jam lagi', en: 'In one hour' }
        : { id: `${minutes} menit lagi`, en: minutes === 1 ? 'In one minute' : `In ${minutes} minutes` };
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(startsAt);
  return {
    id: { title: `${soon.id}: ${title}`, text: `${title}, ${dateText(startsAt, zone)} pukul ${hour}${where}. ${opdName}.` },
    en: { title: `${soon.en}: ${title}`, text: `${title}, ${day}, ${hour.replace('.', ':')}${where}. ${opdName}.` },
  };
}
