// `npm run faults -- postgres`: a portal with its own database, as `npm start` makes it, under load; the database is stopped hard ten times, by turns at once
// (SIGQUIT) and killed. Nothing acknowledged is lost, the portal lives, and it writes again within seconds of the database's return.
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { getMe } from '../../shared/people.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { runningPostgres } from '../../server/platform/embedded-postgres.ts';
import { quantile, report, round } from '../bench/figures.ts';
import { demoData } from '../support/demo-data.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin } from '../support/portal-client.ts';
import { NO_MEDIA, startPortal } from '../support/portal.ts';
import { misfitsIn, nothingYet, signedIn, write } from './offices.ts';

const STOPS = 10;
const WRITERS = 4;
const BACK_S = 5;

export async function postgres(): Promise<boolean> {
  const dataFolder = demoData();
  const portal = await startPortal({ dataFolder, env: NO_MEDIA });
  const staff = await signedIn(portal.url, demoLogin(portal.said(), 'Staf Dinas Sosial'));
  const { id: staffId } = await staff.call(getMe, {});
  const heard = nothingYet();
  const problems: string[] = [];
  const back: number[] = [];
  let over = false;
  const database = (): number => portal.children().find(({ name }) => name === 'postgres')?.pid ?? 0;
  const writers = Array.from({ length: WRITERS }, async () =>
    write(
      () => portal.url,
      { chair: demoLogin(portal.said(), 'Kepala Dinas Sosial'), staffId },
      () => over,
      heard,
    ),
  );
  const anotherWord = async (): Promise<void> => {
    const before = heard.messages.length;
    await eventually('something is written', () => heard.messages.length > before, 60_000);
  };
  try {
    for (let n = 0; n < STOPS; n += 1) {
      await anotherWord();
      await pause(Math.random() * 1000);
      const pid = database();
      process.kill(pid, n % 2 === 0 ? 'SIGQUIT' : 'SIGKILL');
      await eventually('another database takes connections', () => ![0, pid].includes(database()) && runningPostgres(dataFolder).state === 'running', 60_000);
      const from = performance.now();
      await anotherWord();
      back.push((performance.now() - from) / 1000);
      console.error(`${n % 2 === 0 ? 'stopped at once' : 'killed'}: back after ${round(back.at(-1) ?? 0)} s`);
      const ended = await Promise.race([portal.ended, Promise.resolve(null)]);
      if (ended !== null) throw new Error(`the portal ended: ${portal.said().slice(-1000)}`);
    }
    over = true;
    await Promise.all(writers);
    const running = runningPostgres(dataFolder);
    if (running.state !== 'running') throw new Error('no database at the end');
    const sql = openDatabase(running.url, { max: 1 });
    problems.push(...(await misfitsIn(sql, heard)), ...heard.wrong);
    await sql.end();
  } finally {
    over = true;
    await portal.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
  for (const problem of new Set(problems)) console.log(`✗ ${problem}`);
  const figures = {
    stops: back.length,
    meetings: heard.meetings.length,
    messages: heard.messages.length,
    refused: heard.refused,
    problems: problems.length,
    backMedianSeconds: round(quantile(back, 0.5)),
    backLongestSeconds: round(Math.max(...back)),
  };
  return report({ bench: 'faults postgres', figures, aims: { stops: { min: STOPS }, problems: { max: 0 }, backLongestSeconds: { max: BACK_S } } });
}
