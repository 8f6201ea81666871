// The portal is killed between two steps of a ladder: after its start again each step that was left happens, once.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { getCallBoard, postCall, postCallPreview, putLadder, type LadderStep } from '../../shared/calls.ts';
import { getPositions, postSession } from '../../shared/people.ts';
import { databaseOf } from '../support/city-of-many.ts';
import { temporaryFolder } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { NO_MEDIA, startPortal, type Portal } from '../support/portal.ts';

/** Between the first and the second the portal dies. */
const ladder: LadderStep[] = [
  { afterSeconds: 0, act: 'dering', channels: [] },
  { afterSeconds: 1, act: 'dering_ulang', channels: [] },
  { afterSeconds: 9, act: 'dering_ulang', channels: [] },
  { afterSeconds: 11, act: 'pengganti', channels: [] },
  { afterSeconds: 12, act: 'pengganti', channels: [] },
];

test('the portal is killed between two steps of the ladder: none is forgotten, none is repeated', async () => {
  const dataFolder = temporaryFolder();
  let portal: Portal = await startPortal({ dataFolder, env: NO_MEDIA });
  try {
    const [url, said] = [portal.url, portal.said()];
    const signIn = async (role: string) => {
      const browser = portalClient(url);
      await browser.call(postSession, { body: demoLogin(said, role) });
      return browser;
    };
    const [head, administrator] = [await signIn('Kepala Dinas Sosial'), await signIn('Administrator')];
    await administrator.call(putLadder, { params: { sifat: 'biasa' }, body: { steps: ladder, basis: 'Uji tangga' } });
    const whom = { positions: (await head.call(getPositions, {})).map((p) => p.id), people: [], units: [], groups: [], dutyOf: [] };
    const { seats } = await head.call(postCallPreview, { body: { whom } });
    // A post with exactly one deputy: the second search finds nobody.
    const post =
      seats.find((s) => s.positionId !== null && s.chain.filter((c) => c.as !== 'piket').length === 2) ?? expect.unreachable('no post has one deputy');
    const key = randomUUID();
    await head.call(postCall, { body: { key, subject: 'Banjir', sifat: 'biasa', whom: { ...whom, positions: [post.positionId ?? ''] } } });

    const before = databaseOf(dataFolder, 1);
    const stepsOf = (sql: typeof before) =>
      sql<{ act: string; outcome: string | null }[]>`select act, outcome from calls.step where call_id = ${key} order by due_at, id`;
    await eventually('the first step was taken', async () => (await stepsOf(before))[0]?.outcome === 'dering');
    await portal.kill9();
    expect((await stepsOf(before)).filter((s) => s.outcome !== null)).toHaveLength(1);
    await before.end({ timeout: 2 });

    portal = await startPortal({ dataFolder, env: { ...NO_MEDIA, PORT: new URL(url).port } });
    const after = databaseOf(dataFolder, 1);
    await eventually('every step was taken', async () => (await stepsOf(after)).every((s) => s.outcome !== null));
    expect(await stepsOf(after)).toEqual([
      { act: 'dering_ulang', outcome: 'dering' },
      { act: 'dering_ulang', outcome: 'dering' },
      { act: 'pengganti', outcome: 'baru' },
      { act: 'pengganti', outcome: 'tidak_ada' },
    ]);
    const facts = await after<{ kind: string; n: number }[]>`
      select kind, count(*)::int as n from calls.fact where call_id = ${key} and kind not in ('dipanggil', 'gagal') group by 1 order by 1`;
    expect([...facts]).toEqual([
      { kind: 'dering', n: 1 },
      { kind: 'dering_ulang', n: 2 },
      { kind: 'pengganti', n: 1 },
      { kind: 'tidak_ada_pengganti', n: 1 },
    ]);
    const board = await head.call(getCallBoard, { params: { id: key } });
    expect(board.seats[0]?.rung.map((c) => [c.name, c.rounds])).toEqual([
      [post.chain[0]?.name, 3],
      [post.chain[1]?.name, 1],
    ]);
    await after.end({ timeout: 2 });
  } finally {
    await portal.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
