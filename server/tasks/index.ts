// Tasks: what confirmed decisions ask of posts. They follow the post, are reminded of in time, and open the agenda of the next meeting.
import type { Task, TaskReminder } from '../../shared/tasks.ts';
import { getTaskReminders, getTasks, postTaskCancel, postTaskDone, postTasksSeen } from '../../shared/tasks.ts';
import type { Zone } from '../../shared/people.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { refuse } from '../platform/refusal.ts';
import { serve, type Route, type SignedIn } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People, PersonRecord } from '../people/index.ts';
import type { Proceedings } from '../proceedings/index.ts';
import * as store from './store.ts';
import { agendaText, byUrgency, daysBetween, daysLeft, mayCancel, mayFinish, moves, reminderDue } from './task.ts';
import { dueText, newTask, noticeText } from './words.ts';

type World = {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'positionsByIds' | 'opds' | 'topOpd' | 'noteAccess'>;
  meetings: Pick<Meetings, 'dossier'>;
  proceedings: Pick<Proceedings, 'onDecided' | 'setAgendaSource'>;
  notifications: Pick<Notifications, 'notify'>;
};
type Answering = { id: string | null; name: string | null; label: string | null };

const OVER_SHOWN_MS = 90 * 86_400_000;
const MOST_ON_AGENDA = 30;
const LABEL = { definitif: '', plt: 'Plt. ', plh: 'Plh. ' } as const;

const officeNow = (zone: Zone, at: Date): { day: string; time: string } => {
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at).split(' ');
  return { day, time };
};

export function createTasks({ sql, clock, people, meetings, proceedings, notifications }: World) {
  /** Who answers for each task: who acts in its post today; while nobody does, who held it when it was decided. */
  async function answering(tx: Tx, rows: readonly store.TaskRow[]): Promise<Map<string, Answering>> {
    const posts = rows.length === 0 ? [] : await people.positionsByIds(tx, [...new Set(rows.map((t) => t.positionId))]);
    const acting = new Map(posts.map((p) => [p.id, p.holderNow && { ...p.holderNow, label: `${LABEL[p.holderNow.as]}${p.title}` }]));
    const vacant = rows.flatMap((t) => (acting.get(t.positionId) || t.holderId === null ? [] : [t.holderId]));
    const former = await people.persons(tx, [...new Set(vacant)]);
    return new Map(
      rows.map((t): [string, Answering] => {
        const now = acting.get(t.positionId);
        if (now) return [t.id, { id: now.personId, name: now.name, label: now.label }];
        const before = former.get(t.holderId ?? '');
        return [t.id, { id: before?.id ?? null, name: before?.name ?? null, label: before?.position ?? null }];
      }),
    );
  }

  const telling = (tx: Tx, ids: readonly (string | null)[]): Promise<void> =>
    tell(
      tx,
      [...new Set(ids.flatMap((id) => id ?? []))].map((id) => `person:${id}`),
      { type: 'tasks.changed' },
    );

  async function noticed(
    tx: Tx,
    personId: string,
    task: { id: string; text: string | null; dueOn: string | null },
    titles: { id: string; en: string },
  ): Promise<void> {
    const words = noticeText(task);
    await notifications.notify(tx, {
      kind: 'tugas',
      personIds: [personId],
      ref: task.id,
      words: { id: { title: titles.id, text: words.id }, en: { title: titles.en, text: words.en } },
      path: `/tugas?buka=${task.id}`,
    });
  }

  /** A decision that names a post is a task; one that is withdrawn is no task any more. */
  proceedings.onDecided(async (tx, { meetingId, kind, decision }) => {
    if (kind === 'dicabut') {
      const task = await store.lockTask(tx, { decisionId: decision.id });
      if (task?.state !== 'terbuka') return;
      await store.insertStep(tx, { taskId: task.id, state: 'dibatalkan', note: decision.revokedReason, byId: null, byName: null, at: clock.now() });
      await telling(tx, [task.chairId, (await answering(tx, [task])).get(task.id)?.id ?? null]);
      return;
    }
    const meeting = decision.responsible && (await meetings.dossier(tx, meetingId));
    if (!meeting || !decision.responsible) return;
    const { positionId, title, holder } = decision.responsible;
    const [post] = await people.positionsByIds(tx, [positionId]);
    const zone = (await people.opds(tx)).find((o) => o.id === meeting.opdId)?.zone ?? 'Asia/Jakarta';
    const now = clock.now();
    const id = await store.insertTask(tx, {
      decisionId: decision.id,
      decisionNo: decision.no ?? 0,
      meetingId,
      meetingTitle: meeting.title,
      opdId: meeting.opdId,
      zone,
      chairId: meeting.chairId,
      positionId,
      positionTitle: title,
      positionOpdId: post ? ((await people.topOpd(tx, post.opdId))?.id ?? null) : null,
      holderId: holder?.personId ?? null,
      text: decision.text,
      basis: decision.basis,
      dueOn: decision.dueOn,
      madeAt: now,
    });
    if (id === null) return;
    await store.insertStep(tx, { taskId: id, state: 'terbuka', note: null, byId: null, byName: null, at: now });
    await telling(tx, [meeting.chairId, holder?.personId ?? null]);
    if (holder) await noticed(tx, holder.personId, { id, text: decision.text, dueOn: decision.dueOn }, newTask(meeting.title));
  });

  /** What the chair gave and is still open opens the next agenda; a head of agency finds what every chair of the OPD gave. */
  proceedings.setAgendaSource(async (tx, { meetingId, chairId, opdId }) => {
    const chair = (await people.persons(tx, [chairId])).get(chairId);
    const heads = headedBy(chair).includes(opdId);
    const open = await store.openOf(tx, opdId, heads ? null : chairId, meetingId, MOST_ON_AGENDA);
    return open.map((t) => ({ taskId: t.id, text: agendaText({ text: t.text ?? '', title: t.positionTitle ?? '', dueOn: t.dueOn }) }));
  });

  async function views(tx: Tx, rows: readonly store.TaskRow[], viewer: SignedIn, answers: ReadonlyMap<string, Answering>): Promise<Task[]> {
    const chairs = await people.persons(tx, [...new Set(rows.map((t) => t.chairId))]);
    const opds = new Map((rows.length === 0 ? [] : await people.opds(tx)).map((o) => [o.id, o.name]));
    const now = clock.now();
    return rows.map((t) => {
      const answer = answers.get(t.id);
      const facts = { ...t, answersId: answer?.id ?? null };
      const open = t.state === 'terbuka';
      return {
        id: t.id,
        text: t.text ?? '',
        basis: t.basis,
        dueOn: t.dueOn,
        daysLeft: daysLeft(t, officeNow(t.zone, now).day),
        state: t.state,
        responsible: { title: t.positionTitle ?? '', name: answer?.name ?? null, label: answer?.label ?? null },
        decision: { meetingId: t.meetingId, meetingTitle: t.meetingTitle ?? '', no: t.decisionNo, decidedAt: t.madeAt.toISOString() },
        chairName: chairs.get(t.chairId)?.name ?? '',
        opdName: opds.get(t.opdId) ?? '',
        zone: t.zone,
        over: t.over && { ...t.over, at: new Date(t.over.at).toISOString() },
        may: {
          finish: open && mayFinish(facts, viewer.id),
          cancel: open && mayCancel(t, viewer.id),
          openMeeting: t.chairId === viewer.id || t.holderId === viewer.id || viewer.managesOpds.includes(t.opdId),
        },
      };
    });
  }

  /** Whatever concerns this person, each task once: what they answer for, what they asked for, and the rest of the OPD they head. */
  async function around(tx: Tx, person: SignedIn) {
    const record = (await people.persons(tx, [person.id])).get(person.id);
    const opdIds = headedBy(record);
    const positionIds = record?.positions.map((p) => p.positionId) ?? [];
    const since = new Date(clock.now().getTime() - OVER_SHOWN_MS);
    const rows = await store.around(tx, { personId: person.id, positionIds, opdIds }, since);
    const answers = await answering(tx, rows);
    const mine = rows.filter((t) => answers.get(t.id)?.id === person.id);
    const chaired = rows.filter((t) => t.chairId === person.id && !mine.includes(t));
    const opd = rows.filter((t) => !mine.includes(t) && !chaired.includes(t) && (opdIds.includes(t.opdId) || opdIds.includes(t.positionOpdId ?? '')));
    return { mine, chaired, opd, heads: opdIds.length > 0, answers };
  }

  async function tasks(person: SignedIn) {
    return sql.begin(async (tx) => {
      const { mine, chaired, opd, heads, answers } = await around(tx, person);
      const others = [...new Set([...chaired, ...opd].flatMap((t) => answers.get(t.id)?.id ?? []))].filter((id) => id !== person.id);
      if (others.length > 0) await people.noteAccess(tx, { by: person.id, what: 'tugas.baca', subject: 'tugas', count: others.length, persons: others });
      const shown = (rows: readonly store.TaskRow[]): Promise<Task[]> => views(tx, rows.toSorted(inOrder), person, answers);
      return { mine: await shown(mine), chaired: await shown(chaired), opd: await shown(opd), heads, reminders: await unseen(tx, person.id) };
    });
  }

  async function unseen(tx: Tx, personId: string): Promise<TaskReminder[]> {
    const now = clock.now();
    return (await store.unseenOf(tx, personId)).map(({ zone, at, ...r }) => ({
      ...r,
      daysLeft: daysBetween(officeNow(zone, now).day, r.dueOn),
      at: at.toISOString(),
    }));
  }

  const reminders = (person: SignedIn) =>
    sql.begin(async (tx) => {
      const open = (await around(tx, person)).mine.filter((t) => t.state === 'terbuka');
      const lefts = open.flatMap((t) => daysLeft(t, officeNow(t.zone, clock.now()).day) ?? []);
      return { reminders: await unseen(tx, person.id), open: open.length, nearest: lefts.length === 0 ? null : Math.min(...lefts) };
    });

  async function seen(person: SignedIn): Promise<void> {
    await sql.begin(async (tx) => {
      const { count } = await store.markSeen(tx, person.id, clock.now());
      if (count > 0) await telling(tx, [person.id]);
    });
  }

  /** Somebody else's task does not exist for the caller. */
  async function end(person: SignedIn, id: string, to: 'selesai' | 'dibatalkan', note: string): Promise<Task> {
    return sql.begin(async (tx) => {
      const task = (await store.lockTask(tx, { id })) ?? refuse('not_found');
      const answers = await answering(tx, [task]);
      const facts = { ...task, answersId: answers.get(id)?.id ?? null };
      if (!mayFinish(facts, person.id) && !(await mayRead(tx, person, task))) refuse('not_found');
      if (to === 'selesai' && !mayFinish(facts, person.id)) refuse('task.not_yours');
      if (to === 'dibatalkan' && !mayCancel(task, person.id)) refuse('meeting.not_chair');
      if (moves(facts, to)) {
        await store.insertStep(tx, { taskId: id, state: to, note, byId: person.id, byName: person.name, at: clock.now() });
        await telling(tx, [task.chairId, facts.answersId]);
      }
      return (await views(tx, [(await store.taskById(tx, id)) ?? task], person, answers))[0]!;
    });
  }

  async function mayRead(tx: Tx, person: SignedIn, task: store.TaskRow): Promise<boolean> {
    const opdIds = headedBy((await people.persons(tx, [person.id])).get(person.id));
    return opdIds.includes(task.opdId) || opdIds.includes(task.positionOpdId ?? '');
  }

  /** Each reminder once, at or after 07.30 of the office's zone; to who answers for the post now, else the chair. */
  async function remind(): Promise<number> {
    return sql.begin(async (tx) => {
      const at = clock.now();
      // Three days from the easternmost office's today.
      const rows = await store.dueBefore(tx, officeNow('Asia/Jayapura', new Date(at.getTime() + 3 * 86_400_000)).day);
      const due = rows.flatMap((t) => {
        const reminder = reminderDue({ ...t, madeOn: officeNow(t.zone, t.madeAt).day }, officeNow(t.zone, at));
        return reminder ? [{ task: t, ...reminder }] : [];
      });
      const answers = await answering(
        tx,
        due.map((d) => d.task),
      );
      const told: string[] = [];
      for (const { task, kind, daysLeft: left } of due) {
        const personId = answers.get(task.id)?.id ?? task.chairId;
        if (!(await store.insertReminder(tx, { taskId: task.id, kind, personId, daysLeft: left, at }))) continue;
        await noticed(tx, personId, task, dueText(left));
        told.push(personId);
      }
      if (told.length > 0) await telling(tx, told);
      return told.length;
    });
  }

  const routes: Route[] = [
    serve(getTasks, ({ person }) => tasks(person)),
    serve(getTaskReminders, ({ person }) => reminders(person)),
    serve(postTasksSeen, ({ person }) => seen(person)),
    serve(postTaskDone, ({ person, params, body }) => end(person, params.id, 'selesai', body.note)),
    serve(postTaskCancel, ({ person, params, body }) => end(person, params.id, 'dibatalkan', body.reason)),
  ];
  return { routes, remind };
}

const inOrder = (a: store.TaskRow, b: store.TaskRow): number => byUrgency(timed(a), timed(b));
const timed = (t: store.TaskRow) => ({ ...t, overAt: t.over && new Date(t.over.at) });

const headedBy = (person: PersonRecord | undefined): string[] => person?.positions.filter((p) => p.level === 'kepala_opd').map((p) => p.opdId) ?? [];
