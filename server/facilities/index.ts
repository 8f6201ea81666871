// Permintaan fasilitas: what OPDs ask of DKIS for their meetings, and who and what is given. What is granted is nobody else's at that time: the
// database sees to it. A request follows its meeting or conference: moved, it is asked again; called off, it is over.
import type { z } from 'zod';
import * as wire from '../../shared/facilities.ts';
import type { FacilityKind, FacilityRequest, WeekEntry } from '../../shared/facilities.ts';
import type { CalendarEntry } from '../../shared/calendar.ts';
import type { BodyOf, QueryOf } from '../../shared/endpoint.ts';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { boundsOf, clockText, dateText, dayIn, hourText } from '../platform/local-time.ts';
import { refuse } from '../platform/refusal.ts';
import { actsFor, serve, type Caller, type Route, type SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import { movedSpan, mustFit, mustNotBeTooMany, requestState, spanOf, type Span } from './rules.ts';
import * as store from './store.ts';

type Conference = { id: string; title: string; opdId: string; startsAt: Date; endsAt: Date | null; state: string };
type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'opds' | 'persons' | 'holdersOf'>;
  meetings: Pick<Meetings, 'dossier' | 'mayPrepare' | 'onPlanned' | 'insider'>;
  notifications: Pick<Notifications, 'notify'>;
  /** The press conference as far as facilities need it, and who tells of its changes. */
  conferences: {
    conference: (tx: Tx, id: string) => Promise<Conference | null>;
    onState: (listener: (tx: Tx, conf: Conference) => Promise<void>) => void;
    onReplanned: (listener: (tx: Tx, conf: Conference) => Promise<void>) => void;
  };
};
type Event = { opdId: string; title: string; meetingId: string | null; conferenceId: string | null } & Span;

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 30;
const WEEK = 7;
const KIND: Record<FacilityKind, string> = { ruang: 'ruang', operator: 'operator', jbi: 'juru bahasa isyarat', siaran: 'siaran' };

export function createFacilities({ sql, clock, people, meetings, notifications, conferences }: World) {
  const operates = (person: SignedIn): boolean => person.roles.includes('operator_dkis') || person.roles.includes('administrator');
  const mayAsk = (person: SignedIn): boolean =>
    operates(person) || person.roles.some((role) => role === 'pejabat' || role === 'kepala_opd' || role === 'admin_opd');
  const mayCancel = (person: SignedIn, q: store.RequestRow): boolean => operates(person) || q.askedBy === person.id || actsFor(person, q.opdId);

  async function views(tx: Tx, rows: readonly store.RequestRow[], viewer: SignedIn): Promise<FacilityRequest[]> {
    const items = await store.itemsOf(
      tx,
      rows.map((q) => q.id),
    );
    const opds = new Map((rows.length === 0 ? [] : await people.opds(tx)).map((o) => [o.id, o]));
    const names = await namesOf(tx, items);
    return rows.map((q) => {
      const own = items.filter((item) => item.requestId === q.id);
      const state = requestState(own);
      const over = q.endsAt <= clock.now() || state === 'dibatalkan';
      const opd = opds.get(q.opdId);
      return {
        id: q.id,
        title: q.title,
        opdName: opd?.name ?? '',
        zone: opd?.zone ?? 'Asia/Jakarta',
        meetingId: q.meetingId,
        conferenceId: q.conferenceId,
        startsAt: q.startsAt.toISOString(),
        endsAt: q.endsAt.toISOString(),
        note: q.note,
        askedBy: q.askedName,
        askedAt: q.askedAt.toISOString(),
        state,
        items: own.map((item) => ({
          id: item.id,
          kind: item.kind,
          startsAt: item.startsAt.toISOString(),
          endsAt: item.endsAt.toISOString(),
          state: item.state,
          given: givenOf(item, names),
          note: item.note,
        })),
        may: { decide: operates(viewer) && !over, cancel: mayCancel(viewer, q) && !over },
      };
    });
  }

  async function namesOf(tx: Tx, items: readonly store.ItemRow[]): Promise<Map<string, string>> {
    const things = items.flatMap((item) => item.thingId ?? []);
    const persons = await people.persons(
      tx,
      items.flatMap((item) => item.operatorId ?? []),
    );
    return new Map([
      ...(things.length === 0 ? [] : await store.things(tx, things)).map((t): [string, string] => [t.id, t.name]),
      ...[...persons].map(([id, one]): [string, string] => [id, one.name]),
    ]);
  }
  function givenOf(item: store.ItemRow, names: ReadonlyMap<string, string>): { id: string; name: string } | null {
    const id = item.thingId ?? item.operatorId;
    return id === null ? null : { id, name: names.get(id) ?? '' };
  }
  const viewOf = async (tx: Tx, id: string, viewer: SignedIn): Promise<FacilityRequest> =>
    (await views(tx, [(await store.requestById(tx, id)) ?? refuse('not_found')], viewer))[0] ?? refuse('not_found');

  async function list(person: SignedIn, { meeting, conference }: QueryOf<typeof wire.getFacilities>) {
    const all = operates(person);
    const about = { ...(meeting && { meetingId: meeting }), ...(conference && { conferenceId: conference }) };
    const rows = await store.requests(sql, {
      personId: all ? null : person.id,
      opdIds: all ? [] : person.managesOpds,
      since: new Date(clock.now().getTime() - SHOWN_DAYS * DAY_MS),
      ...about,
    });
    return { requests: await views(sql, rows, person), operates: all, mayAsk: mayAsk(person), serverTime: clock.now().toISOString() };
  }

  /** What it is asked for: of a meeting or conference, its own time and OPD. */
  async function eventOf(tx: Tx, caller: Caller, person: SignedIn, body: BodyOf<typeof wire.postFacilities>): Promise<Event> {
    const given = { startsAt: body.startsAt, endsAt: body.endsAt };
    const own = (startsAt: Date, endsAt: Date | null): Span => {
      const span = spanOf(startsAt, endsAt);
      return { startsAt: given.startsAt ? new Date(given.startsAt) : span.startsAt, endsAt: given.endsAt ? new Date(given.endsAt) : span.endsAt };
    };
    if (body.meetingId !== undefined) {
      const meeting = (await meetings.dossier(tx, body.meetingId)) ?? refuse('not_found');
      if (!meetings.mayPrepare(person, meeting) && !operates(person)) {
        await meetings.insider(caller, meeting.id, tx);
        refuse('meeting.not_preparer');
      }
      if (meeting.state === 'dibatalkan' || meeting.state === 'berakhir') refuse('facility.over');
      return { opdId: meeting.opdId, title: meeting.title, meetingId: meeting.id, conferenceId: null, ...own(meeting.startsAt, meeting.endsAt) };
    }
    if (body.conferenceId !== undefined) {
      const conf = await conferences.conference(tx, body.conferenceId);
      if (!conf || !(operates(person) || actsFor(person, conf.opdId))) refuse('not_found');
      if (['selesai', 'arsip', 'dibatalkan'].includes(conf.state)) refuse('facility.over');
      return { opdId: conf.opdId, title: conf.title, meetingId: null, conferenceId: conf.id, ...own(conf.startsAt, conf.endsAt) };
    }
    if (!mayAsk(person) || person.opdId === null) refuse('role.missing');
    const missing = (['title', 'startsAt', 'endsAt'] as const).filter((field) => body[field] === undefined);
    if (missing.length > 0)
      refuse(
        'input.invalid',
        {},
        missing.map((path) => ({ path, message: 'wajib diisi' })),
      );
    return {
      opdId: person.opdId,
      title: body.title ?? '',
      meetingId: null,
      conferenceId: null,
      startsAt: new Date(body.startsAt ?? 0),
      endsAt: new Date(body.endsAt ?? 0),
    };
  }

  async function ask(caller: Caller, person: SignedIn, body: BodyOf<typeof wire.postFacilities>): Promise<FacilityRequest> {
    mustNotBeTooMany(body.items.reduce((sum, item) => sum + item.count, 0));
    return sql.begin(async (tx) => {
      const now = clock.now();
      const event = await eventOf(tx, caller, person, body);
      mustFit(event, now);
      const id = await store.insertRequest(tx, {
        ...event,
        note: body.note === '' ? null : body.note,
        askedBy: person.id,
        askedName: person.name,
        askedAt: now,
      });
      let n = 0;
      for (const [index, item] of body.items.entries()) {
        const span = {
          startsAt: item.startsAt === undefined ? event.startsAt : new Date(item.startsAt),
          endsAt: item.endsAt === undefined ? event.endsAt : new Date(item.endsAt),
        };
        mustFit(span, now, `items.${index}.endsAt`);
        for (let one = 0; one < item.count; one += 1) {
          await store.insertItem(tx, { requestId: id, n, kind: item.kind, ...span });
          n += 1;
        }
      }
      await store.insertAct(tx, {
        requestId: id,
        act: 'diminta',
        detail: body.items.map((i) => `${i.count} ${KIND[i.kind]}`).join(', '),
        byId: person.id,
        at: now,
      });
      await toOperators(tx, (await store.requestById(tx, id)) ?? refuse('not_found'), person.id, {
        id: 'Permintaan fasilitas baru',
        en: 'New facility request',
      });
      return viewOf(tx, id, person);
    });
  }

  const zoneOf = async (tx: Tx, opdId: string): Promise<Zone> => (await people.opds(tx)).find((o) => o.id === opdId)?.zone ?? 'Asia/Jakarta';
  const opdName = async (tx: Tx, opdId: string): Promise<string> => (await people.opds(tx)).find((o) => o.id === opdId)?.name ?? '';

  async function toOperators(tx: Tx, q: store.RequestRow, byId: string | null, title: { id: string; en: string }): Promise<void> {
    const operators = (await people.holdersOf(tx, 'operator_dkis')).filter((id) => id !== byId);
    const zone = await zoneOf(tx, q.opdId);
    const when = `${dateText(q.startsAt, zone)}, ${clockText(q.startsAt, zone)}`;
    const text = `${q.title} · ${await opdName(tx, q.opdId)} · ${when}`;
    await notifications.notify(tx, {
      kind: 'fasilitas',
      personIds: operators,
      ref: q.id,
      words: { id: { title: title.id, text }, en: { title: title.en, text } },
      path: `/fasilitas?buka=${q.id}`,
    });
    await changed(tx, q);
  }
  async function toAsker(tx: Tx, q: store.RequestRow, byId: string | null, title: { id: string; en: string }): Promise<void> {
    if (q.askedBy !== byId)
      await notifications.notify(tx, {
        kind: 'fasilitas',
        personIds: [q.askedBy],
        ref: q.id,
        words: { id: { title: title.id, text: q.title }, en: { title: title.en, text: q.title } },
        path: `/fasilitas?buka=${q.id}`,
      });
    await changed(tx, q);
  }
  const changed = async (tx: Tx, q: store.RequestRow): Promise<void> =>
    tell(
      tx,
      [...new Set([q.askedBy, ...(await people.holdersOf(tx, 'operator_dkis'))])].map((id) => `person:${id}`),
      { type: 'facilities.changed' },
    );

  /** Who or what may be named for this kind; `refuse` says which field. */
  async function mustBeGivable(tx: Tx, kind: FacilityKind, given: string | null, path: string): Promise<{ thingId: string | null; operatorId: string | null }> {
    const field = (message: string): never => refuse('input.invalid', {}, [{ path, message }]);
    if (kind === 'siaran') return { thingId: null, operatorId: null };
    if (given === null) return field(`pilih ${KIND[kind]}`);
    if (kind === 'operator') {
      if (!(await people.holdersOf(tx, 'operator_dkis')).includes(given)) field('bukan operator DKIS');
      return { thingId: null, operatorId: given };
    }
    const thing = (await store.things(tx)).find((t) => t.id === given);
    if (thing?.kind !== kind) field(`bukan ${KIND[kind]} yang tersedia`);
    return { thingId: given, operatorId: null };
  }

  async function refuseTaken(tx: Tx, item: store.ItemRow, given: string, path: string): Promise<void> {
    const other = await store.taken(tx, given, item, item.id);
    if (!other) return;
    const zone = await zoneOf(tx, other.opdId);
    const names = await namesOf(tx, [{ ...item, thingId: item.kind === 'operator' ? null : given, operatorId: item.kind === 'operator' ? given : null }]);
    const time = `${dateText(other.startsAt, zone)}, ${hourText(other.startsAt, zone)}–${clockText(other.endsAt, zone)}`;
    refuse('facility.taken', { name: names.get(given) ?? '', title: other.title, opd: await opdName(tx, other.opdId), time }, [
      { path, message: 'sudah dipakai' },
    ]);
  }

  async function decide(person: SignedIn, id: string, decisions: BodyOf<typeof wire.postFacilityDecision>['items']): Promise<FacilityRequest> {
    const work = (): Promise<FacilityRequest> =>
      sql.begin(async (tx) => {
        const q = (await store.lockRequest(tx, id)) ?? refuse('not_found');
        const now = clock.now();
        const items = await store.itemsOf(tx, [id]);
        if (q.endsAt <= now || requestState(items) === 'dibatalkan') refuse('facility.over');
        for (const [index, decision] of decisions.entries()) {
          const item = items.find((one) => one.id === decision.id) ?? refuse('not_found');
          const path = `items.${index}.given`;
          const given = decision.state === 'disetujui' ? await mustBeGivable(tx, item.kind, decision.given, path) : { thingId: null, operatorId: null };
          const named = given.thingId ?? given.operatorId;
          if (named !== null) await refuseTaken(tx, item, named, path);
          await store.decide(tx, { id: item.id, state: decision.state, ...given, note: decision.note, by: person.id, at: now });
          await store.insertAct(tx, { requestId: id, itemId: item.id, act: decision.state, detail: named ?? decision.note, byId: person.id, at: now });
        }
        const state = requestState(await store.itemsOf(tx, [id]));
        const words: Record<typeof state, { id: string; en: string }> = {
          disetujui: { id: 'Permintaan fasilitas disetujui', en: 'Facility request granted' },
          sebagian: { id: 'Permintaan fasilitas disetujui sebagian', en: 'Facility request granted in part' },
          ditolak: { id: 'Permintaan fasilitas ditolak', en: 'Facility request refused' },
          menunggu: { id: 'Permintaan fasilitas ditanggapi sebagian', en: 'Facility request answered in part' },
          dibatalkan: { id: 'Permintaan fasilitas dibatalkan', en: 'Facility request withdrawn' },
        };
        await toAsker(tx, q, person.id, words[state]);
        const sent = decisions.flatMap((d) => (d.state === 'disetujui' && items.find((i) => i.id === d.id)?.kind === 'operator' ? (d.given ?? []) : []));
        await notifications.notify(tx, {
          kind: 'fasilitas',
          personIds: sent.filter((one) => one !== person.id),
          ref: id,
          words: { id: { title: 'Anda ditugaskan sebagai operator', text: q.title }, en: { title: 'You are assigned as operator', text: q.title } },
          path: '/fasilitas/pekan',
        });
        return viewOf(tx, id, person);
      });
    try {
      return await work();
    } catch (error) {
      // Two operators gave the same at the same instant: asked again, it is known who was first.
      if ((error as { code?: unknown }).code === '23P01') return work();
      throw error;
    }
  }

  async function cancel(person: SignedIn, id: string): Promise<FacilityRequest> {
    return sql.begin(async (tx) => {
      const q = await store.lockRequest(tx, id);
      if (!q || !mayCancel(person, q)) refuse('not_found');
      await over(tx, q, person.id);
      return viewOf(tx, id, person);
    });
  }

  async function over(tx: Tx, q: store.RequestRow, byId: string | null): Promise<void> {
    if ((await store.cancelItems(tx, q.id)) === 0) return;
    await store.cancelRequest(tx, q.id, clock.now());
    await store.insertAct(tx, { requestId: q.id, act: 'dibatalkan', detail: null, byId, at: clock.now() });
    await toOperators(tx, q, byId, { id: 'Permintaan fasilitas dibatalkan', en: 'Facility request withdrawn' });
  }

  /** What was granted is free again and asked anew at the new time. */
  async function follow(tx: Tx, q: store.RequestRow, to: { title: string } & Span, byId: string | null): Promise<void> {
    const before: Span = q;
    const moved = before.startsAt.getTime() !== to.startsAt.getTime() || before.endsAt.getTime() !== to.endsAt.getTime();
    const items = (await store.itemsOf(tx, [q.id])).filter((item) => item.state !== 'dibatalkan');
    if (items.length === 0) return;
    await store.moveRequest(tx, q.id, to);
    if (!moved) return changed(tx, q);
    for (const item of items) await store.moveItem(tx, item.id, movedSpan(item, before, to));
    await store.insertAct(tx, { requestId: q.id, act: 'waktu', detail: `${to.startsAt.toISOString()}/${to.endsAt.toISOString()}`, byId, at: clock.now() });
    await toOperators(tx, { ...q, ...to }, byId, { id: 'Acara pindah waktu: fasilitas diminta ulang', en: 'Event moved: facilities asked for again' });
  }

  meetings.onPlanned(async (tx, { meetingId, kind, byId }) => {
    if (kind !== 'diubah' && kind !== 'dibatalkan') return;
    const asked = await store.requestsAbout(tx, { meetingId });
    const meeting = asked.length === 0 ? null : await meetings.dossier(tx, meetingId);
    if (!meeting) return;
    for (const q of asked)
      await (kind === 'dibatalkan' ? over(tx, q, byId) : follow(tx, q, { title: meeting.title, ...spanOf(meeting.startsAt, meeting.endsAt) }, byId));
  });
  conferences.onState(async (tx, conf) => {
    if (conf.state === 'dibatalkan') for (const q of await store.requestsAbout(tx, { conferenceId: conf.id })) await over(tx, q, null);
  });
  conferences.onReplanned(async (tx, conf) => {
    for (const q of await store.requestsAbout(tx, { conferenceId: conf.id }))
      await follow(tx, q, { title: conf.title, ...spanOf(conf.startsAt, conf.endsAt) }, null);
  });

  /** What is granted or waits between two instants, for calendars. */
  async function between(tx: Tx, from: Date, to: Date): Promise<WeekEntry[]> {
    const rows = await store.between(tx, from, to);
    const opds = new Map((rows.length === 0 ? [] : await people.opds(tx)).map((o) => [o.id, o]));
    const names = await namesOf(tx, rows);
    return rows.map((row) => ({
      itemId: row.id,
      requestId: row.requestId,
      kind: row.kind,
      given: row.state === 'disetujui' ? givenOf(row, names) : null,
      title: row.title,
      opdName: opds.get(row.opdId)?.name ?? '',
      zone: opds.get(row.opdId)?.zone ?? 'Asia/Jakarta',
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      state: row.state,
    }));
  }

  /** The same, one entry a request, as the calendar of operators draws them. */
  async function calendarEntries(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<CalendarEntry[]> {
    const all = await between(tx, from, to);
    return [...new Set(all.map((entry) => entry.requestId))].flatMap((requestId): CalendarEntry[] => {
      const entries = all.filter((entry) => entry.requestId === requestId);
      const [first] = entries;
      if (!first) return [];
      const given = entries.flatMap((entry) => entry.given?.name ?? []);
      return [
        {
          kind: 'permintaan',
          id: first.requestId,
          title: first.title,
          startsAt: first.startsAt,
          endsAt: first.endsAt,
          state: entries.some((entry) => entry.state === 'menunggu') ? 'draft' : 'terjadwal',
          place: given.length === 0 ? null : given.join(', '),
          zone: first.zone,
          opdName: first.opdName,
          chairName: null,
          series: false,
          version: 0,
          youPrepare: false,
          path: `/fasilitas?buka=${first.requestId}`,
        },
      ];
    });
  }

  async function week(person: SignedIn, asked: string | undefined): Promise<z.input<(typeof wire.getFacilityWeek)['reply']>> {
    const zone = person.opdId === null ? 'Asia/Jakarta' : await zoneOf(sql, person.opdId);
    const first = asked ?? dayIn(clock.now(), zone);
    const { from } = boundsOf(first, zone);
    const days = Array.from({ length: WEEK }, (_, n) => dayIn(new Date(from.getTime() + n * DAY_MS), zone));
    const operators = await people.persons(sql, await people.holdersOf(sql, 'operator_dkis'));
    return {
      from: first,
      zone,
      days,
      entries: await between(sql, from, new Date(from.getTime() + WEEK * DAY_MS)),
      things: await store.things(sql),
      operators: [...operators.values()].map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'id')),
      serverTime: clock.now().toISOString(),
    };
  }

  const nameTaken = (): never => refuse('facility.name_taken', {}, [{ path: 'name', message: 'nama ini sudah ada' }]);
  async function addThing(person: SignedIn, body: BodyOf<typeof wire.postThing>) {
    if (!(await store.insertThing(sql, body, person.id, clock.now()))) nameTaken();
    return store.things(sql);
  }
  async function changeThing(id: string, body: BodyOf<typeof wire.putThing>) {
    return sql.begin(async (tx) => {
      if (await store.isNameTaken(tx, id, body.name)) nameTaken();
      if (!(await store.saveThing(tx, id, body))) refuse('not_found');
      return store.things(tx);
    });
  }
  async function removeThing(id: string) {
    return sql.begin(async (tx) => {
      if (await store.isInUse(tx, id, clock.now())) refuse('facility.in_use');
      if (!(await store.retireThing(tx, id, clock.now()))) refuse('not_found');
      return store.things(tx);
    });
  }

  const routes: Route[] = [
    serve(wire.getFacilities, ({ person, query }) => list(person, query)),
    serve(wire.getFacilityWeek, ({ person, query }) => week(person, query.from)),
    serve(wire.postFacilities, ({ caller, person, body }) => ask(caller, person, body)),
    serve(wire.postFacilityDecision, ({ person, params, body }) => decide(person, params.id, body.items)),
    serve(wire.postFacilityCancel, ({ person, params }) => cancel(person, params.id)),
    serve(wire.getThings, () => store.things(sql)),
    serve(wire.postThing, ({ person, body }) => addThing(person, body)),
    serve(wire.putThing, ({ params, body }) => changeThing(params.id, body)),
    serve(wire.deleteThing, ({ params }) => removeThing(params.id)),
  ];
  return { routes, between, calendarEntries, ask, decide, addThing };
}
