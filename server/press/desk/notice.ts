// The notice journalists read before they register: its version in force, and the proof that it was shown.
import { lockStreams } from '../../platform/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Language } from '../../platform/refusal.ts';
import { fingerprintOf, pressNoticeTexts, type PressNoticeTexts } from './notice-text.ts';

type Row = { version: number; texts: PressNoticeTexts; sha256Id: string; sha256En: string };

export function createPressNotice({ sql, clock, officer }: { sql: Sql; clock: Clock; officer: () => Promise<string | null> }) {
  const latest = async (tx: Tx): Promise<Row | null> =>
    (await tx<Row[]>`select version, texts, sha256_id as "sha256Id", sha256_en as "sha256En" from press.notice order by version desc limit 1`)[0] ?? null;

  async function current(): Promise<Row> {
    const texts = pressNoticeTexts({ officer: await officer() });
    const marks = { sha256Id: fingerprintOf(texts.id), sha256En: fingerprintOf(texts.en) };
    const isCurrent = (row: Row | null): boolean => row?.sha256Id === marks.sha256Id && row.sha256En === marks.sha256En;
    const last = await latest(sql);
    if (last && isCurrent(last)) return last;
    return sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('press.notice'))`;
      const newest = await latest(tx);
      if (newest && isCurrent(newest)) return newest;
      const version = (newest?.version ?? 0) + 1;
      await tx`
        insert into press.notice (version, texts, sha256_id, sha256_en, since)
        values (${version}, ${tx.json(texts)}, ${marks.sha256Id}, ${marks.sha256En}, ${clock.now()})`;
      return { version, texts, ...marks };
    });
  }

  async function keepProof(
    tx: Tx,
    { notice, journalistId, language, device }: { notice: Row; journalistId: string; language: Language; device: string },
  ): Promise<void> {
    await lockStreams(tx, [`press-notices:${journalistId}`]);
    await tx`
      insert into press.notice_ack (journalist_id, version, language, text_sha256, device, at)
      select ${journalistId}::uuid, ${notice.version}::int, ${language}, ${language === 'en' ? notice.sha256En : notice.sha256Id}, ${device}, ${clock.now()}::timestamptz
      where not exists (select from press.notice_ack where journalist_id = ${journalistId}::uuid and version = ${notice.version})`;
  }
  return { current, keepProof };
}
