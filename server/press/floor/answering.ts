// The desk of questions: all of them with who asked, answers in writing, answers owed with their due date, the public log, and the letters.
import type { z } from 'zod';
import type { BodyOf } from '../../../shared/endpoint.ts';
import type * as wire from '../../../shared/press-floor.ts';
import type { Tx } from '../../platform/database.ts';
import { dateText, dayIn, hourText } from '../../platform/local-time.ts';
import type { Letter, Mail } from '../../platform/mail.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Caller, SignedIn } from '../../platform/serve.ts';
import type { People } from '../../people/index.ts';
import type { Conf } from '../index.ts';
import { pressLetter } from '../letters.ts';
import { isOver } from '../states.ts';
import { namedAs, type Giving } from './giving.ts';
import { mustBecome, over, reminderDue } from './question.ts';
import type { Journalist, Scenes, SceneWorld } from './scene.ts';
import * as store from './store.ts';
import { FRESH } from './asking.ts';
import type { Telling } from './telling.ts';
import type { Turns } from './turns.ts';
import { deskQuestion, publicLog, wholeLog } from './views.ts';

type World = SceneWorld & {
  people: Pick<People, 'noteAccess' | 'holdersOf' | 'opds'>;
  mail: Pick<Mail, 'kind' | 'send' | 'from' | 'link'>;
};
type DeskFace = z.input<typeof wire.DeskQuestion>;
type Log = z.input<typeof wire.LogQuestion>[];
type Figures = { journalistId: string; outletId: string; asked: number; turns: number }[];
type Parts = { scenes: Scenes; turns: Turns; giving: Giving; telling: Telling };
const DAY_MS = 86_400_000;

export function createAnswering({ sql, clock, press, people, desk, mail }: World, { scenes, turns, giving, telling }: Parts) {
  const today = (conf: Conf): string => dayIn(clock.now(), conf.zone);

  /** Who reads names and addresses of the press here: operators and the moderator. */
  async function list(caller: Caller, person: SignedIn, id: string): Promise<DeskFace[]> {
    return sql.begin(async (tx) => {
      const { conf, operates, moderates } = await press.standing(caller, id, { tx });
      if (!operates && !moderates) refuse('press.not_moderator');
      const { questions, journalists } = await scenes.read(tx, conf);
      if (questions.length > 0) await people.noteAccess(tx, { by: person.id, what: 'pers.pertanyaan', subject: id, count: questions.length });
      return questions.map((q) => deskQuestion(q, journalists.get(q.journalistId), today(conf)));
    });
  }

  /** Operators and the moderator; in writing also who owes it. */
  async function answer(caller: Caller, person: SignedIn, ids: { id: string; question: string }, said: BodyOf<typeof wire.postAnswer>): Promise<DeskFace> {
    return sql.begin(async (tx) => {
      const conf = await press.lock(tx, ids.id);
      const scene = await scenes.read(tx, conf);
      const q = scene.questions.find((one) => one.id === ids.question);
      // Also after they were taken off the crew.
      const owes = said.kind === 'tertulis' && q?.state === 'ditunda' && q.owedPersonId === person.id;
      const { crew, operates, moderates } = owes
        ? { crew: await press.crewOf(tx, conf.id), operates: false, moderates: false }
        : await press.standing(caller, conf.id, { tx });
      if (!operates && !moderates && !owes) refuse('press.not_moderator');
      if (!q) refuse('not_found');
      if (q.state === 'giliran') over(q);
      const by = { id: person.id, name: person.name };
      if (said.kind === 'ditunda') await turns.become(tx, scene, q, giving.outcomeOf(conf, crew, said, 'body'), by);
      else if (q.state === 'dijawab' && q.answer === said.text) return deskQuestion(q, scene.journalists.get(q.journalistId), today(conf));
      else {
        mustBecome(q, 'dijawab');
        const named = said.by.map((id) =>
          namedAs(crew.find((one) => one.id === id) ?? refuse('input.invalid', {}, [{ path: 'body.by', message: 'bukan kru konferensi ini' }])),
        );
        const answeredBy = named.length > 0 ? named : q.owedName !== null ? [q.owedName] : [];
        await turns.become(tx, scene, q, { ...FRESH, state: 'dijawab', oral: false, answer: said.text, answeredBy, answeredAt: clock.now() }, by);
      }
      await giving.changed(tx, conf);
      await mail.send(tx, 'pers.jawaban', [q.id]);
      return deskQuestion(
        scene.questions.find((one) => one.id === q.id)!,
        scene.journalists.get(q.journalistId),
        today(conf),
      );
    });
  }

  /** Over all conferences: for operators all, else what this person owes. */
  async function owed(person: SignedIn) {
    return sql.begin(async (tx) => {
      const all = press.mayOperate(person);
      const rows = await store.owed(tx, all ? null : person.id);
      const journalists = rows.length === 0 ? new Map<string, Journalist>() : await desk.journalists(tx, [...new Set(rows.map((q) => q.journalistId))]);
      if (all && rows.length > 0) await people.noteAccess(tx, { by: person.id, what: 'pers.pertanyaan', subject: 'jawaban', count: rows.length });
      const confs = await conferences(tx, rows);
      return rows.flatMap((q) => {
        const conf = confs.get(q.conferenceId);
        return conf ? [{ ...deskQuestion(q, journalists.get(q.journalistId), today(conf)), conferenceId: conf.id, conferenceTitle: conf.title }] : [];
      });
    });
  }

  async function conferences(tx: Tx, rows: readonly store.QuestionRow[]): Promise<Map<string, Conf>> {
    const found = new Map<string, Conf>();
    for (const id of new Set(rows.map((q) => q.conferenceId))) {
      const conf = await press.conference(tx, id);
      if (conf) found.set(id, conf);
    }
    return found;
  }

  /** Empty before the end. */
  async function log(tx: Tx, conferenceId: string): Promise<Log> {
    const conf = await press.conference(tx, conferenceId);
    if (!conf || !isOver(conf.state)) return [];
    const { questions, journalists } = await scenes.read(tx, conf);
    return publicLog(questions, journalists);
  }

  async function logBySlug(slug: string): Promise<Log> {
    const conf = (await scenes.bySlug(slug)) ?? refuse('not_found');
    if (!isOver(conf.state) || !press.isPublic(conf)) refuse('not_found');
    const { questions, journalists } = await scenes.current(conf);
    return publicLog(questions, journalists);
  }

  /** Every question, in whatever state. */
  async function record(tx: Tx, conf: Conf): Promise<Log> {
    const { questions, journalists } = await scenes.read(tx, conf);
    return wholeLog(questions, journalists);
  }

  async function figures(tx: Tx, conferenceId: string): Promise<Figures> {
    const conf = (await press.conference(tx, conferenceId)) ?? refuse('not_found');
    const scene = await scenes.read(tx, conf);
    return [...new Set(scene.questions.map((q) => q.journalistId))].map((journalistId) => ({
      journalistId,
      outletId: scene.journalists.get(journalistId)?.outletId ?? journalistId,
      asked: scene.questions.filter((q) => q.journalistId === journalistId && q.state !== 'ditarik').length,
      turns: scene.turns.filter((turn) => turn.journalistId === journalistId).length,
    }));
  }

  /** Each minute: the day before and on the day, to who owes it and to the operators. */
  async function remind(): Promise<number> {
    const at = clock.now();
    return sql.begin(async (tx) => {
      // One day from the easternmost office's today.
      const rows = await store.dueBefore(tx, dayIn(new Date(at.getTime() + DAY_MS), 'Asia/Jayapura'));
      const confs = await conferences(tx, rows);
      const operators = rows.length > 0 ? await people.holdersOf(tx, 'operator_dkis') : [];
      let given = 0;
      for (const q of rows) {
        const conf = confs.get(q.conferenceId);
        if (!conf || q.dueOn === null) continue;
        const reminded = await store.remindedOf(tx, q.id, q.dueOn);
        const kind = reminderDue({ dueOn: q.dueOn, madeOn: dayIn(q.at, conf.zone), reminded }, { day: dayIn(at, conf.zone), hour: hourText(at, conf.zone) });
        if (kind === null) continue;
        const guest = q.owedPersonId === null && q.owedCrewId !== null ? [null] : [];
        const personIds = [...new Set([...(q.owedPersonId === null ? [] : [q.owedPersonId]), ...operators]), ...guest];
        const made = await store.insertReminders(tx, { questionId: q.id, dueOn: q.dueOn, kind, personIds, at });
        const told = made.flatMap(({ personId }) => personId ?? []);
        await mail.send(
          tx,
          'pers.terutang',
          made.flatMap(({ id, personId }) => (personId === null ? [id] : [])),
        );
        const outlet = (await desk.journalists(tx, [q.journalistId])).get(q.journalistId)?.outlet ?? 'pers';
        const owes = told.find((id) => id === q.owedPersonId) ?? null;
        await telling.due(tx, kind, { owes, others: told.filter((id) => id !== owes) }, { conf, q, dueOn: q.dueOn, outlet });
        given += made.length;
      }
      return given;
    });
  }

  const dayText = (day: string): string => dateText(new Date(`${day}T05:00:00Z`), 'Asia/Jakarta');

  /** To a guest of the crew. null: answered, or put off to another day, since. */
  async function reminderLetter(id: string): Promise<Letter | null> {
    const reminder = await store.reminderById(sql, id);
    const q = reminder && (await store.questionById(sql, reminder.questionId));
    const conf = q && (await press.conference(sql, q.conferenceId));
    if (!reminder || !q || !conf || q.state !== 'ditunda' || q.dueOn !== reminder.dueOn) return null;
    const guest = (await press.crewOf(sql, conf.id)).find((one) => one.id === q.owedCrewId);
    if (!guest?.email) return null;
    const outlet = (await desk.journalists(sql, [q.journalistId])).get(q.journalistId)?.outlet ?? 'pers';
    return pressLetter(mail, {
      to: { name: guest.name, address: guest.email },
      subject: `${reminder.kind === 'h1' ? 'Besok' : 'Hari ini'}: jawaban untuk ${outlet}`,
      paragraphs: [
        `Anda berutang jawaban atas pertanyaan ${outlet} pada konferensi pers “${conf.title}”, dengan tenggat ${dayText(q.dueOn)}.`,
        `Pokok: ${q.topic}`,
        q.text,
      ],
      links: [{ text: 'Jawab di portal', url: mail.link(`/jawaban?buka=${q.id}`) }],
      opdName: await opdName(conf),
    });
  }

  async function answerLetter(id: string): Promise<Letter | null> {
    const q = await store.questionById(sql, id);
    const conf = q && (await press.conference(sql, q.conferenceId));
    const asker = q && (await desk.journalists(sql, [q.journalistId])).get(q.journalistId);
    if (!q || !conf || !asker) return null;
    const about = `Pertanyaan Anda pada konferensi pers “${conf.title}”: ${q.topic}`;
    const said =
      q.state === 'dijawab' && q.answer !== null
        ? {
            subject: 'Jawaban atas pertanyaan Anda',
            paragraphs: [about, q.answer, ...(q.answeredBy.length > 0 ? [`Dijawab oleh ${q.answeredBy.join('; ')}.`] : [])],
          }
        : q.state === 'ditunda' && q.dueOn !== null
          ? {
              subject: 'Jawaban menyusul',
              paragraphs: [
                about,
                `Jawaban tertulis menyusul paling lambat ${dayText(q.dueOn)}${q.owedName === null ? '' : `, dari ${q.owedName}`}.`,
                ...(q.reason === null ? [] : [q.reason]),
              ],
            }
          : null;
    return (
      said &&
      pressLetter(mail, {
        to: { name: asker.name, address: asker.email },
        ...said,
        links: [{ text: 'Halaman konferensi pers', url: mail.link(`/pers/${conf.slug}`) }],
        opdName: await opdName(conf),
      })
    );
  }

  const opdName = async (conf: Conf): Promise<string | null> => (await people.opds(sql)).find((opd) => opd.id === conf.opdId)?.name ?? null;

  mail.kind('pers.terutang', reminderLetter);
  mail.kind('pers.jawaban', answerLetter);

  return { list, answer, owed, log, logBySlug, record, figures, remind };
}
