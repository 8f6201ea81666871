// The plan of 500 people and a month in Chromium: how long until it stands, and until an edit is painted; in the same run, turn about, a plain
// HTML table of the same size. And the recap of 5,000 people and a month as CSV (roster-export.ts).
import type { Browser, Page } from 'playwright';
import { postSession } from '../../shared/people.ts';
import { postPolicy } from '../../shared/policies.ts';
import { getRota, MOST_CELLS, postRota, postRotaFill, putRotaCells, type CellInput } from '../../shared/rota.ts';
import { buildApp } from '../../server/app.ts';
import { portalItself } from '../../server/people/index.ts';
import { serveWeb } from '../../server/platform/web.ts';
import { newPerson, openChromium } from '../support/browser.ts';
import { copyDatabase, startTestDatabase } from '../support/database.ts';
import { portalClient, type PortalClient } from '../support/portal-client.ts';
import { settableClock } from '../support/world.ts';
import { median, quantile, report, round } from './figures.ts';
import { exportOf } from './roster-export.ts';

const MONTH = '2026-12';
const UNITS = 12;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const EDITS = 25;
const [SHOWN, EXPORTED] = [500, Number(process.env['BENCH_EXPORTED'] ?? 5_000)];

type Portal = Awaited<ReturnType<typeof buildApp>>;
type Database = Awaited<ReturnType<typeof copyDatabase>>;
type Office = { opdId: string; admin: PortalClient };

/** People in units, and one who keeps and heads the office. */
async function office({ app, database, url }: { app: Portal; database: Database; url: string }, name: string, size: number): Promise<Office> {
  const unit = (parentId: string | null, n: number) =>
    app.people.addOpd({
      parentId,
      name: parentId === null ? name : `${name} Bidang ${n}`,
      abbreviation: `${name}${n}`,
      aliases: [],
      kind: parentId === null ? 'opd' : 'bidang',
      zone: 'Asia/Jakarta',
    });
  const opd = await unit(null, 0);
  for (let n = 1; n <= UNITS; n += 1) {
    const { id } = await unit(opd.id, n);
    await database.owner`
      insert into people.person (name, opd_id) select 'Pegawai ' || ${n}::int || '.' || k, ${id} from generate_series(1, ${Math.ceil((size - 1) / UNITS)}) k`;
  }
  const login = { login: `admin@${name.toLowerCase()}.example`, password: 'sandi-ukur-jadwal' };
  const { id } = await app.people.addPerson(portalItself, { name: `Admin ${name}`, nip: null, email: login.login, phone: null, opdId: opd.id });
  await app.people.grantRoles(portalItself, id, [{ role: 'admin_opd', opdId: opd.id }]);
  const head = await app.people.addPosition(portalItself, { opdId: opd.id, title: `Kepala ${name}`, level: 'kepala_opd' });
  await app.people.appoint(portalItself, head.id, { personId: id, kind: 'definitif', from: '2026-01-01', until: null, basis: 'SK Ukur' });
  await app.people.givePassword([id], login.password);
  const admin = portalClient(url);
  await admin.call(postSession, { body: login });
  return { opdId: opd.id, admin };
}

/** Every other day at home, half of the office at a time, but one of fifty who is always at the office: there a cap of half is broken. */
async function plan({ opdId, admin }: Office, percent: number): Promise<void> {
  const rule = {
    id: null,
    rule: { kind: 'batas_hadir' as const, percent, countedIn: 'bidang' as const },
    scope: { units: [opdId], functions: [] },
    basis: 'angka 1',
  };
  const policy = {
    number: `800/${percent}/2026`,
    date: '2026-11-01',
    issuer: 'Kepala',
    title: 'Batas hadir',
    from: '2026-11-01',
    until: null,
    reviewOn: null,
    rules: [rule],
  };
  await admin.call(postPolicy, { body: { key: crypto.randomUUID(), opdId, policy } });
  await admin.call(postRota, { params: { id: opdId }, body: { month: MONTH } });
  const { view } = await admin.call(getRota, { params: { id: opdId }, query: { month: MONTH } });
  if (!view) throw new Error('no plan');
  const cells = view.sheet.people.flatMap(({ id }, n) =>
    view.sheet.days.flatMap(({ date, kind }, day): CellInput[] =>
      kind === 'kerja' && n % 50 > 0 && (n + day) % 2 === 0 ? [{ personId: id, date, code: 'WFH', shift: null }] : [],
    ),
  );
  const params = { id: view.plan.id };
  let { version } = view.plan;
  for (let n = 0; n < cells.length; n += MOST_CELLS) {
    const saved = await admin.call(putRotaCells, { params, body: { version, cells: cells.slice(n, n + MOST_CELLS) } });
    ({ version } = saved);
  }
  await admin.call(postRotaFill, { params, body: { version, how: { kind: 'isi', code: 'WFO' } } });
}

const plainTable = (): string =>
  `<table>${Array.from({ length: SHOWN }, (_, row) => `<tr><th>Pegawai ${row}</th>${Array.from({ length: 31 }, (_cell, day) => `<td class="rota-cell" data-code tabindex="-1">${(row + day) % 2 === 0 ? 'R' : 'K'}</td>`).join('')}</tr>`).join('')}</table>
   <script>addEventListener('keydown', (event) => { document.activeElement.textContent = event.key.toUpperCase(); });</script>`;

/** In the page, before its own scripts: when cells were first painted, and from a key to the picture after it. Text, as the loader of this file would add to it. */
const WATCH_PAINT = `
  window.edits = [];
  const afterPaint = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  });
  const look = () => {
    if (document.querySelector('.rota-cell[data-code]')) afterPaint(() => { window.painted = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener('keydown', ({ timeStamp }) => afterPaint(() => window.edits.push(performance.now() - timeStamp)), true);`;
type Watched = { painted?: number; edits: number[] };

async function opened(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.waitForFunction(() => (window as unknown as Watched).painted !== undefined);
  return page.evaluate(() => (window as unknown as Watched).painted ?? Number.NaN);
}

/** Working days of the first week and a half. */
const DAYS = [0, 1, 2, 3, 6, 7, 8, 9, 10];
/** One key in each of as many cells, eight people by nine days; from round to round each becomes something else. */
async function edited(page: Page, round: number): Promise<number[]> {
  const cells = page.locator('.rota-cell');
  await page.evaluate(() => void ((window as unknown as Watched).edits = []));
  for (let n = 0; n < EDITS; n += 1) {
    await cells.nth(31 * (n % 8) + (DAYS[n % 9] ?? 0)).focus();
    await page.keyboard.press(round % 2 === 0 ? 'p' : 'r');
  }
  await page.waitForFunction((n) => (window as unknown as Watched).edits.length >= n, EDITS);
  return page.evaluate(() => (window as unknown as Watched).edits);
}

async function inChromium(browser: Browser, url: string, { admin }: Office) {
  const { page, context } = await newPerson(browser, url);
  await context.addCookies([...admin.cookies].map(([name, value]) => ({ name, value, url })));
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.addInitScript({ content: WATCH_PAINT });
  await page.route('**/tabel-polos', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><meta charset="utf-8">${plainTable()}` }));
  const ours = { open: [] as number[], edit: [] as number[] };
  const floor = { open: [] as number[], edit: [] as number[] };
  for (let n = 0; n < ROUNDS; n += 1) {
    ours.open.push(await opened(page, `${url}/jadwal?bulan=${MONTH}`));
    ours.edit.push(...(await edited(page, n)));
    const set = await page.locator(`.rota-cell[data-code="${n % 2 === 0 ? 'PIKET' : 'WFH'}"]`).count();
    if (set < EDITS) throw new Error(`only ${set} cells took their key`);
    // What was typed is saved before the page is left.
    await page.locator('.rota-saved [data-tone="good"]').waitFor();
    floor.open.push(await opened(page, `${url}/tabel-polos`));
    floor.edit.push(...(await edited(page, n)));
  }
  if (process.env['BENCH_PICTURE']) {
    await opened(page, `${url}/jadwal?bulan=${MONTH}`);
    await page.screenshot({ path: process.env['BENCH_PICTURE'] });
  }
  return { ours, floor };
}

const stop = await startTestDatabase();
try {
  const database = await copyDatabase();
  const clock = settableClock('2026-11-20T02:00:00Z');
  const world = {
    logger: false,
    media: null,
    secret: 'rahasia-ukur-0123456789abcdefghijklmn',
    origin: null,
    listenUrl: 'http://ukur.test',
    secure: false,
  } as const;
  const app = await buildApp({ sql: database.sql, clock, ...world, trustProxy: false });
  await serveWeb(app.fastify, { origin: null, secure: false, mark: app.mark });
  const url = await app.fastify.listen({ port: 0, host: '127.0.0.1' });
  const shown = await office({ app, database, url }, 'Ukur', SHOWN);
  await plan(shown, 50);
  await database.owner`analyze`;
  const browser = await openChromium();
  const { ours, floor } = await inChromium(browser, url, shown);
  await browser.close();
  console.log(
    `in Chromium: open ${round(median(ours.open))} ms (plain table ${round(median(floor.open))}), edit ${round(median(ours.edit))} ms (${round(median(floor.edit))})`,
  );

  const exported = await exportOf({ app, database, url }, { month: MONTH, people: EXPORTED, rounds: ROUNDS });
  const figures = {
    openMs: round(median(ours.open)),
    openFloorMs: round(median(floor.open)),
    editMs: round(median(ours.edit)),
    editP95Ms: round(quantile(ours.edit, 0.95)),
    editFloorMs: round(median(floor.edit)),
    ...exported,
    people: SHOWN,
    exported: EXPORTED,
    days: 31,
  };
  report({ bench: 'roster', figures, aims: { openMs: { max: 1000 }, editMs: { max: 50 }, exportSeconds: { max: 2 } } });
  await app.close();
  await database.drop();
} finally {
  await stop();
}
