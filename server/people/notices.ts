// Nobody is recorded before being told: the notice, its versions, and the proof that a member read it.
import type { Notice, NoticeState } from '../../shared/notices.ts';
import { batched } from '../platform/batch.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import { fingerprintOf, noticeTexts } from './notice-text.ts';
import * as store from './notice-store.ts';

export type Notices = ReturnType<typeof createNotices>;
/** `given`: the version this very call acknowledges. `returning`: the page was in this meeting before and only connects again. */
export type Told = { given: number | undefined; language: Language; device: string; returning: boolean };

/** How long a process takes the current version as known: another process may have changed it. */
const FRESH_MS = 30_000;
const MEMBERS_KNOWN = 50_000;

/** `keptMonths`: how long facts of presence are kept, which the notice says. */
export function createNotices({ sql, clock, keptMonths }: { sql: Sql; clock: Clock; keptMonths: (tx: Tx) => Promise<number> }) {
  let known: { notice: store.NoticeRow; readAt: number } | null = null;
  /** When each `<member> <version>` was acknowledged. Only what is so: a no is asked again. */
  const told = new Map<string, Date>();
  const newest = batched(async (members) => new Map((await store.newestAcks(sql, members)).map((ack) => [ack.member, ack])));

  async function current(): Promise<store.NoticeRow> {
    if (known && Date.now() - known.readAt < FRESH_MS) return known.notice;
    const texts = noticeTexts({ months: await keptMonths(sql), officer: await store.dataOfficer(sql) });
    const last = await store.latest(sql);
    const notice = last && isOf(last, texts) ? last : await sql.begin((tx) => next(tx, texts));
    known = { notice, readAt: Date.now() };
    return notice;
  }

  async function next(tx: Tx, texts: store.NoticeRow['texts']): Promise<store.NoticeRow> {
    await store.lockNotices(tx);
    const last = await store.latest(tx);
    if (last && isOf(last, texts)) return last;
    const row = { version: (last?.version ?? 0) + 1, texts, sha256Id: fingerprintOf(texts.id), sha256En: fingerprintOf(texts.en), since: clock.now() };
    await store.insertNotice(tx, row);
    return row;
  }

  /** When this member acknowledged the version that is current now. */
  async function acknowledged(member: string, version: number): Promise<Date | null> {
    const at = told.get(`${member} ${version}`);
    if (at) return at;
    const ack = await newest(member);
    return ack?.version === version ? remember(member, version, ack.at) : null;
  }

  function remember(member: string, version: number, at: Date): Date {
    if (told.size > MEMBERS_KNOWN) told.clear();
    told.set(`${member} ${version}`, at);
    return at;
  }

  /** What a member who stands before the room is shown. */
  async function stateFor(member: string): Promise<NoticeState> {
    const { version, texts } = await current();
    const at = await acknowledged(member, version);
    return { version, acknowledgedAt: at?.toISOString() ?? null, texts: at ? null : texts };
  }

  /**
   * Before a ticket: this call acknowledges the current version, or an earlier one did. Whom a new version meets in the middle of a
   * meeting is not thrown out of it; the next way in asks.
   */
  async function mustBeTold(member: string, { given, language, device, returning }: Told): Promise<void> {
    const notice = await current();
    const { version } = notice;
    if (await acknowledged(member, version)) return;
    if (given === version) {
      const at = clock.now();
      const sha256 = language === 'en' ? notice.sha256En : notice.sha256Id;
      await sql.begin((tx) => store.insertAck(tx, { member, version, language, sha256, at, device }));
      remember(member, version, at);
      return;
    }
    if (returning && (await newest(member))) return;
    refuse('notice.required', { version });
  }

  async function read(version: number): Promise<Notice> {
    await current();
    const { texts, since } = (await store.ofVersion(sql, version)) ?? refuse('not_found');
    return { version, since: since.toISOString(), ...texts };
  }

  const officer = (): Promise<string | null> => store.dataOfficer(sql);
  async function setOfficer(name: string | null): Promise<void> {
    await store.setDataOfficer(sql, name);
    changed();
  }

  /** What the notice says may be another now. */
  const changed = (): void => void (known = null);

  return { stateFor, mustBeTold, read, officer, setOfficer, changed, acksOf: store.acksOf };
}

const isOf = (row: store.NoticeRow, texts: store.NoticeRow['texts']): boolean =>
  row.sha256Id === fingerprintOf(texts.id) && row.sha256En === fingerprintOf(texts.en);
