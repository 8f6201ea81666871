// SQL of the lobby: settings, who waits, what was decided.
import type { KnockState, LobbyAct, LobbySetting } from '../../shared/lobby.ts';
import type { Tx } from '../platform/database.ts';

export type Setting = LobbySetting & {
  meetingId: string;
  opensAt: Date | null;
  codeVersion: number;
  codeHash: string | null;
  message: string | null;
  messageAt: Date | null;
};
export type Knock = {
  id: string;
  meetingId: string;
  key: string;
  personId: string | null;
  browser: string;
  name: string;
  unit: string | null;
  odd: boolean;
  state: KnockState;
  round: number;
  denials: number;
  since: Date;
  seenAt: Date;
  message: string | null;
  messageAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  invitationId: string | null;
};

const settingColumns = (tx: Tx) => tx`
  meeting_id as "meetingId", staff, guests, show_title as "showTitle", opens, minutes_before as "minutesBefore", opens_at as "opensAt",
  code_version as "codeVersion", code_hash as "codeHash", message, message_at as "messageAt"`;
const knockColumns = (tx: Tx) => tx`
  id, meeting_id as "meetingId", key, person_id as "personId", browser, name, unit, odd, state, round, denials, since, seen_at as "seenAt",
  message, message_at as "messageAt", decided_at as "decidedAt", decided_by as "decidedBy", invitation_id as "invitationId"`;

export const settingOf = async (tx: Tx, meetingId: string): Promise<Setting | null> =>
  (await tx<Setting[]>`select ${settingColumns(tx)} from lobby.setting where meeting_id = ${meetingId}`)[0] ?? null;
export const settingByCode = async (tx: Tx, hash: string): Promise<Setting | null> =>
  (await tx<Setting[]>`select ${settingColumns(tx)} from lobby.setting where code_hash = ${hash}`)[0] ?? null;
/** A meeting that was opened once is not opened again by what is set later. */
export const saveSetting = async (tx: Tx, meetingId: string, s: LobbySetting & { opensAt: Date | null }): Promise<void> =>
  void (await tx`
    insert into lobby.setting (meeting_id, staff, guests, show_title, opens, minutes_before, opens_at)
    values (${meetingId}, ${s.staff}, ${s.guests}, ${s.showTitle}, ${s.opens}, ${s.minutesBefore}, ${s.opensAt})
    on conflict (meeting_id) do update set staff = excluded.staff, guests = excluded.guests, show_title = excluded.show_title, opens = excluded.opens,
      minutes_before = excluded.minutes_before, opens_at = excluded.opens_at`);
export const saveCode = async (tx: Tx, meetingId: string, version: number, hash: string): Promise<void> =>
  void (await tx`update lobby.setting set code_version = ${version}, code_hash = ${hash} where meeting_id = ${meetingId}`);
/** The meeting was moved. */
export const moveOpening = async (tx: Tx, meetingId: string, startsAt: Date): Promise<void> =>
  void (await tx`update lobby.setting set opens_at = ${startsAt}::timestamptz - make_interval(mins => minutes_before) where meeting_id = ${meetingId} and opens = 'jadwal'`);
export const dueToOpen = async (tx: Tx, now: Date): Promise<string[]> =>
  (
    await tx<{ id: string }[]>`
    select meeting_id as id from lobby.setting where opens = 'jadwal' and opened_at is null and opens_at <= ${now} order by opens_at limit 50`
  ).map(({ id }) => id);
/** Looked at: opened, begun by somebody before, called off, or over. */
export const markOpened = async (tx: Tx, meetingId: string, now: Date): Promise<void> =>
  void (await tx`update lobby.setting set opened_at = ${now} where meeting_id = ${meetingId}`);
export const saveMessageToAll = async (tx: Tx, meetingId: string, text: string | null, now: Date): Promise<void> =>
  void (await tx`
    insert into lobby.setting (meeting_id, message, message_at) values (${meetingId}, ${text}, ${now})
    on conflict (meeting_id) do update set message = excluded.message, message_at = excluded.message_at`);

export const knockOf = async (tx: Tx, meetingId: string, key: string): Promise<Knock | null> =>
  (await tx<Knock[]>`select ${knockColumns(tx)} from lobby.knock where meeting_id = ${meetingId} and key = ${key}`)[0] ?? null;
export const lockKnockOf = async (tx: Tx, meetingId: string, key: string): Promise<Knock | null> =>
  (await tx<Knock[]>`select ${knockColumns(tx)} from lobby.knock where meeting_id = ${meetingId} and key = ${key} for update`)[0] ?? null;
export const knockById = async (tx: Tx, id: string): Promise<Knock | null> =>
  (await tx<Knock[]>`select ${knockColumns(tx)} from lobby.knock where id = ${id}`)[0] ?? null;
export const lockKnocks = (tx: Tx, meetingId: string, ids: readonly string[]): Promise<Knock[]> =>
  tx<Knock[]>`select ${knockColumns(tx)} from lobby.knock where meeting_id = ${meetingId} and id = any(${[...ids]}::uuid[]) order by id for update`;
/** Everybody of this meeting who waits, was denied or blocked. */
export const outside = (tx: Tx, meetingId: string): Promise<Knock[]> => tx<Knock[]>`
  select ${knockColumns(tx)} from lobby.knock where meeting_id = ${meetingId} and state in ('menunggu', 'ditolak', 'diblokir') order by since, id limit 1000`;
export const waitingIds = async (tx: Tx, meetingId: string): Promise<string[]> =>
  (await tx<{ id: string }[]>`select id from lobby.knock where meeting_id = ${meetingId} and state = 'menunggu'`).map(({ id }) => id);
/** Where among those who wait and are there. */
export const placeOf = async (tx: Tx, k: Pick<Knock, 'meetingId' | 'since' | 'id'>, seenSince: Date): Promise<number> =>
  (
    await tx<{ n: number }[]>`
    select count(*)::int + 1 as n from lobby.knock
    where meeting_id = ${k.meetingId} and state = 'menunggu' and seen_at >= ${seenSince} and (since, id) < (${k.since}, ${k.id}::uuid)`
  )[0]?.n ?? 1;
export const guestsWaiting = async (tx: Tx, meetingId: string, seenSince: Date): Promise<number> =>
  (
    await tx<{ n: number }[]>`
    select count(*)::int as n from lobby.knock where meeting_id = ${meetingId} and person_id is null and state = 'menunggu' and seen_at >= ${seenSince}`
  )[0]?.n ?? 0;
/** Meetings where somebody waits and is there. */
export const waitedFor = (tx: Tx, seenSince: Date) => tx<{ meetingId: string; n: number }[]>`
  select meeting_id as "meetingId", count(*)::int as n from lobby.knock where state = 'menunggu' and seen_at >= ${seenSince} group by meeting_id`;
/** This browser, or this person, may not come to this meeting any more. */
export const isBlocked = async (tx: Tx, meetingId: string, browser: string, personId: string | null): Promise<boolean> =>
  (
    await tx`
    select from lobby.knock where meeting_id = ${meetingId} and state = 'diblokir' and (browser = ${browser} or (person_id is not null and person_id = ${personId}::uuid)) limit 1`
  ).length > 0;
/** This browser was let in somewhere, or waits already: it asks for itself alone. */
export const isKnownBrowser = async (tx: Tx, browser: string): Promise<boolean> =>
  (await tx`select from lobby.knock where browser = ${browser} and state in ('menunggu', 'masuk') limit 1`).length > 0;

/** They wait now: anew, or once more. Answers the row; null: somebody of the same key was quicker. */
export async function knock(
  tx: Tx,
  k: Pick<Knock, 'meetingId' | 'key' | 'personId' | 'browser' | 'name' | 'unit' | 'odd'>,
  former: Knock | null,
  now: Date,
): Promise<Knock | null> {
  const [row] = former
    ? await tx<Knock[]>`
        update lobby.knock set state = 'menunggu', round = round + 1, browser = ${k.browser}, name = ${k.name}, unit = ${k.unit}, odd = ${k.odd}, since = ${now}, seen_at = ${now},
          message = null, message_at = null, decided_at = null, decided_by = null, invitation_id = null
        where id = ${former.id} returning ${knockColumns(tx)}`
    : await tx<Knock[]>`
        insert into lobby.knock (meeting_id, key, person_id, browser, name, unit, odd, state, since, seen_at)
        values (${k.meetingId}, ${k.key}, ${k.personId}, ${k.browser}, ${k.name}, ${k.unit}, ${k.odd}, 'menunggu', ${now}, ${now})
        on conflict (meeting_id, key) do nothing returning ${knockColumns(tx)}`;
  return row ?? null;
}
export const seen = async (tx: Tx, id: string, now: Date): Promise<void> => void (await tx`update lobby.knock set seen_at = ${now} where id = ${id}`);
export const leave = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx`update lobby.knock set state = 'pergi' where id = ${id} and state = 'menunggu'`).count > 0;
export const decided = async (
  tx: Tx,
  id: string,
  d: { state: KnockState; invitationId: string | null; message: string | null; denied: boolean; byId: string },
  now: Date,
): Promise<void> =>
  void (await tx`
    update lobby.knock set state = ${d.state}, invitation_id = ${d.invitationId}, message = coalesce(${d.message}, message),
      message_at = case when ${d.message}::text is null then message_at else ${now}::timestamptz end, denials = denials + ${d.denied ? 1 : 0}, decided_at = ${now}, decided_by = ${d.byId}
    where id = ${id}`);
/** How somebody who was blocked stands again. */
export const unblocked = async (tx: Tx, id: string, now: Date, byId: string): Promise<void> =>
  void (await tx`update lobby.knock set state = 'ditolak', denials = 0, decided_at = ${now}, decided_by = ${byId} where id = ${id}`);
export const saveMessage = async (tx: Tx, id: string, text: string | null, now: Date): Promise<void> =>
  void (await tx`update lobby.knock set message = ${text}, message_at = ${text === null ? null : now} where id = ${id}`);

export const insertAct = async (
  tx: Tx,
  a: { meetingId: string; act: LobbyAct | 'atur' | 'tautan' | 'pesan'; knock?: Pick<Knock, 'id' | 'name' | 'unit'>; detail?: string | null; byId: string },
  now: Date,
): Promise<void> =>
  void (await tx`
    insert into lobby.act (meeting_id, knock_id, act, name, unit, detail, by_id, at)
    values (${a.meetingId}, ${a.knock?.id ?? null}, ${a.act}, ${a.knock?.name ?? null}, ${a.knock?.unit ?? null}, ${a.detail ?? null}, ${a.byId}, ${now})`);
