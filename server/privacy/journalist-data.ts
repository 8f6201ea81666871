// What the portal keeps of one journalist, for the desk to hand to them (UU 27/2022 art. 7): they have no account of their own to ask with.
// Like destruction it reaches into all modules, and reads only.
import type { Clock } from '../platform/clock.ts';
import type { People } from '../people/index.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse } from '../platform/refusal.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';

export type JournalistDataWorld = { sql: Sql; clock: Clock; people: Pick<People, 'noteAccess'> };

export function createJournalistData({ sql, clock, people }: JournalistDataWorld) {
  /** As a JSON file; taking it is on record. */
  async function json(by: SignedIn, id: string): Promise<ServedFile> {
    return sql.begin(async (tx) => {
      const data = (await collect(tx, id)) ?? refuse('not_found');
      await people.noteAccess(tx, { by: by.id, what: 'wartawan.data', subject: id, count: 1 });
      const madeAt = clock.now().toISOString();
      return { content: JSON.stringify({ madeAt, ...data }, null, 2), name: `data-wartawan-${madeAt.slice(0, 10)}.json` };
    });
  }
  return { json };
}

/** Lists by their time; null: there is no such journalist. Officials appear by name, other journalists not at all. */
async function collect(tx: Tx, id: string): Promise<Record<string, unknown> | null> {
  const [journalist] = await tx`select registered_at as "registeredAt", confirmed_at as "confirmedAt" from press.journalist where id = ${id}`;
  if (!journalist) return null;
  const lists = {
    records: tx`
      select r.name, o.name as outlet, r.email, r.phone, r.card_kind as "cardKind", r.card_number as "cardNumber", r.platform, r.at
      from press.journalist_record r join press.outlet o on o.id = r.outlet_id where r.journalist_id = ${id} order by r.id`,
    passes: tx`select version, at from press.pass where journalist_id = ${id} order by version`,
    browsers: tx`select via, at from press.pass_browser where journalist_id = ${id} order by at`,
    registrations: tx`
      select c.title as conference, r.question_topic as "questionTopic", r.question_text as "questionText", r.at
      from press.registration r join press.conference c on c.id = r.conference_id where r.journalist_id = ${id} order by r.at`,
    decisions: tx`
      select c.title as conference, d.act, d.reason, d.valid_until as "validUntil", d.by_name as by, d.at
      from press.registration_decision d join press.conference c on c.id = d.conference_id where d.journalist_id = ${id} order by d.id`,
    accreditations: tx`select valid_until as "validUntil", reason, by_name as by, at from press.accreditation where journalist_id = ${id} order by id`,
    questions: tx`
      select c.title as conference, q.topic, q.text, q.advance, q.asked_at as "askedAt", e.state, e.reason, e.due_on as "dueOn", e.answer, e.answered_at as "answeredAt"
      from press.question q join press.conference c on c.id = q.conference_id
      left join lateral (select * from press.question_event v where v.question_id = q.id order by v.id desc limit 1) e on true
      where q.journalist_id = ${id} order by q.asked_at, q.id`,
    turns: tx`
      select c.title as conference, t.given_at as "givenAt", t.ended_at as "endedAt", t.ended_how as "endedHow"
      from press.turn t join press.conference c on c.id = t.conference_id where t.journalist_id = ${id} order by t.given_at`,
    presence: tx`
      select c.title as conference, s.joined_at as "joinedAt", s.closed_at as "leftAt"
      from rooms.session s join press.conference c on c.room_id = s.room_id where s.member = ${`j_${id}`} order by s.joined_at`,
    downloads: tx`
      select c.title as conference, i.title as item, d.begun_at as "begunAt", d.bytes
      from press.kit_download d join press.conference c on c.id = d.conference_id left join press.kit_item i on i.id = d.item_id
      where d.journalist_id = ${id} order by d.begun_at`,
    notices: tx`select version, language, text_sha256 as sha256, at from press.notice_ack where journalist_id = ${id} order by id`,
  };
  const data: Record<string, unknown> = { journalist };
  for (const [name, list] of Object.entries(lists)) data[name] = await list;
  return data;
}
