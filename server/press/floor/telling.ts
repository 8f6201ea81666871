// Who owes the press an answer is told: when it becomes theirs, the day before it is due, and on the day. Whoever has an account hears of it
// as of every notice; a guest of the crew by letter (answering.ts).
import { boundsOf, dateText } from '../../platform/local-time.ts';
import type { Tx } from '../../platform/database.ts';
import type { Notifications } from '../../notifications/index.ts';
import type { Conf } from '../index.ts';
import type { ReminderKind } from './question.ts';
import type { QuestionRow } from './store.ts';

export type TellingWorld = { notifications: Pick<Notifications, 'notify'> };
export type Telling = ReturnType<typeof createTelling>;
type Of = { conf: Pick<Conf, 'title' | 'zone'>; q: Pick<QuestionRow, 'id' | 'topic' | 'owedName'>; dueOn: string; outlet: string };

const WHEN: Record<ReminderKind, { id: string; en: string }> = {
  h1: { id: 'Besok', en: 'Tomorrow' },
  hari_ini: { id: 'Hari ini', en: 'Today' },
};

export function createTelling({ notifications }: TellingWorld) {
  async function notice(tx: Tx, personIds: readonly string[], { q }: Of, words: { id: [string, string]; en: [string, string] }): Promise<void> {
    const [title, text] = words.id;
    const [enTitle, enText] = words.en;
    await notifications.notify(tx, {
      kind: 'konferensi',
      personIds,
      ref: q.id,
      words: { id: { title, text }, en: { title: enTitle, text: enText } },
      path: `/jawaban?buka=${q.id}`,
    });
  }
  const day = ({ conf, dueOn }: Of): string => dateText(boundsOf(dueOn, conf.zone).from, conf.zone);

  const becameOwed = (tx: Tx, personId: string, of: Of): Promise<void> =>
    notice(tx, [personId], of, {
      id: [`Anda diminta menjawab ${of.outlet}`, `Jawaban tertulis untuk konferensi pers “${of.conf.title}” paling lambat ${day(of)}. Pokok: ${of.q.topic}`],
      en: [`You are asked to answer ${of.outlet}`, `In writing, for the press conference “${of.conf.title}”, until ${day(of)}. Subject: ${of.q.topic}`],
    });

  async function due(tx: Tx, kind: ReminderKind, { owes, others }: { owes: string | null; others: readonly string[] }, of: Of): Promise<void> {
    const title: [id: string, en: string] = [`${WHEN[kind].id}: jawaban untuk ${of.outlet}`, `${WHEN[kind].en}: the answer for ${of.outlet}`];
    const about = `atas pertanyaan ${of.outlet} pada konferensi pers “${of.conf.title}”, dengan tenggat ${day(of)}. Pokok: ${of.q.topic}`;
    const english = `to the question of ${of.outlet} at the press conference “${of.conf.title}”, due ${day(of)}. Subject: ${of.q.topic}`;
    const who = of.q.owedName;
    if (owes !== null) await notice(tx, [owes], of, { id: [title[0], `Anda berutang jawaban ${about}`], en: [title[1], `You owe an answer ${english}`] });
    await notice(tx, others, of, {
      id: [title[0], `${who ?? 'Penjawab yang belum ditetapkan'} berutang jawaban ${about}`],
      en: [title[1], `${who ?? 'Somebody to be named'} owes an answer ${english}`],
    });
  }

  return { becameOwed, due };
}
