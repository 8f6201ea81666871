// The process: configuration, database, media, app, web client, listening; and back again in the other order.
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.ts';
import { banner } from './banner.ts';
import { ConfigProblem, readConfig, type Config } from './config.ts';
import { openPortalDatabase } from './database.ts';
import { readDemo, writeDemo, type DemoAccount } from './demo-record.ts';
import { systemClock } from './platform/clock.ts';
import { freePort, isFree } from './platform/ports.ts';
import { openChildren } from './platform/processes.ts';
import { readSecrets } from './platform/secrets.ts';
import { folderProblem, StartProblem } from './platform/start-problem.ts';
import { choosePortalMedia, mediaWords } from './portal-media.ts';
import { line, sinceStart, step } from './say.mjs';

/** What was begun and must end, latest first; and how to end it without waiting. */
type Endings = { inOrder: (() => Promise<unknown>)[]; atOnce: () => void };

/** The ready block waits this long for media; building or an outside server may take longer, and people can sign in meanwhile. */
const MEDIA_MAY_TAKE_MS = 6000;
const STOP_WITHIN_MS = 15_000;

export async function main(): Promise<void> {
  const endings: Endings = { inOrder: [], atOnce: () => {} };
  listenToSignals(endings);
  try {
    await open(readConfig(process.env), endings);
  } catch (error) {
    for (const text of wordsFor(error)) console.error(text);
    await end(endings);
    process.exit(1);
  }
}

async function open(config: Config, ending: Endings): Promise<void> {
  const { inOrder: endings } = ending;
  const port = await choosePort(config);
  prepareFolder(config.dataFolder);
  const children = openChildren(config.dataFolder);
  endings.push(async () => children.close());
  ending.atOnce = children.endNow;
  const left = await children.endLeftovers();
  const leftAt = new Date();
  if (left.length > 0) line(`Sisa portal yang terhenti mendadak diakhiri: ${left.join(', ')}.`);
  const secrets = readSecrets(config.dataFolder, line);
  // First: wrong keys are found out before anything is started.
  const media = await choosePortalMedia(config, secrets, children);
  if (media.server) endings.push(media.server.stop);
  // The larger part of the program is read while the database starts, and only once nothing more speaks against a start.
  const program = Promise.all([import('./app.ts'), import('./platform/web.ts')]);
  const demo = config.databaseUrl === null ? readDemo(config.dataFolder) : null;
  const database = await openPortalDatabase(config, children, {
    fromScratch: demo?.state === 'filling',
    onCreate: () => writeDemo(config.dataFolder, { state: 'filling' }),
  });
  endings.push(database.close);

  const own = `http://${hostOf(config)}:${port}`;
  const [{ buildApp, version }, { serveWeb }] = await program;
  const tracing = config.traces ? (await import('./platform/tracing.ts')).createTracing({ version }) : null;
  if (tracing) endings.push(tracing.stop);
  const app = await buildApp({
    sql: database.sql,
    clock: systemClock,
    logger: { level: config.logLevel },
    media: media.server,
    secret: config.portalSecret ?? secrets.portal,
    formerSecret: config.formerSecret,
    origin: config.origin,
    listenUrl: own,
    secure: config.secure,
    trustProxy: config.trustProxy,
    dataFolder: config.dataFolder,
    push: config.push,
    mail: config.mail,
    oidc: config.oidc,
    scanner: config.scanner,
    metricsToken: config.metricsToken,
    tracing,
  });
  endings.push(app.close);
  await serveWeb(app.fastify, { ...config, mark: app.mark });
  const accounts = await demoAccounts(config, app, database.made, demo?.state === 'filled' ? demo.accounts : []);
  await app.outages.start();
  await app.fastify.listen({ port, host: config.host });
  if (media.kind === 'embedded') {
    if (left.includes('livekit')) media.server.noteLeftoverEnded(leftAt);
    const started = media.server.start(config.webhookUrl ?? `${own}/api/livekit/webhook`);
    await Promise.race([started, sleep(MEDIA_MAY_TAKE_MS, undefined, { ref: false })]);
  }
  await app.start();
  const url = config.origin ?? own;
  const token = database.embedded ? null : await app.people.makeSetupLink();
  const setupLink = token === null ? null : `${url}/siapkan#${token}`;
  line(
    banner({
      url,
      seconds: sinceStart(),
      accounts,
      setupLink,
      data: config.dataFolder,
      database: database.words,
      media: mediaWords(media),
    }),
  );
}

async function choosePort({ port, host }: Config): Promise<number> {
  if (port === 0) return freePort(0, 'tcp', host);
  if (await isFree(port, 'tcp', host)) return port;
  throw new StartProblem(
    `Port ${port} di ${host} sudah dipakai program lain atau tidak boleh dipakai. Hentikan program itu, atau pilih port lain: PORT=8081 npm start`,
  );
}

/** Where children of this machine reach the portal. */
const hostOf = ({ host }: Config): string => (/^(0\.0\.0\.0|::|localhost)$/.test(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host);

/** Others may pass through (a database that runs as a lesser account must), not look. Found out now: read-only, full. */
function prepareFolder(folder: string): void {
  try {
    if (makeFolder(folder)) chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
    mkdirSync(join(folder, 'log'), { recursive: true, mode: 0o700 });
    const trial = join(folder, '.coba');
    writeFileSync(trial, Buffer.alloc(256 * 1024));
    rmSync(trial);
  } catch (error) {
    throw folderProblem(folder, error);
  }
}

/** True when it was not there. One by one: a recursive mkdir calls a read-only file system `ENOENT`. */
function makeFolder(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
  if (folder !== dirname(folder)) makeFolder(dirname(folder));
  mkdirSync(folder);
  return true;
}

async function demoAccounts({ dataFolder }: Config, app: App, empty: boolean, known: DemoAccount[]): Promise<DemoAccount[]> {
  if (!empty) return known;
  const { fillDemo } = await import('./demo.ts');
  const { accounts } = await step('Mengisi kota peragaan', async () => fillDemo(app));
  writeDemo(dataFolder, { state: 'filled', accounts });
  return accounts;
}

function wordsFor(error: unknown): string[] {
  if (error instanceof ConfigProblem) return error.lines.map((text) => `Konfigurasi: ${text}`);
  if (error instanceof StartProblem) return [error.message];
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') return ['Port sudah dipakai program lain. Pilih port lain: PORT=8081 npm start'];
  if (code === 'ENOSPC' || code === '53100') return ['Disk penuh: portal tidak dapat menyimpan datanya.'];
  return [`Portal tidak dapat dimulai: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
}

async function end(endings: Endings): Promise<void> {
  for (let next = endings.inOrder.pop(); next; next = endings.inOrder.pop())
    await next().catch((error: unknown) => console.error(`Saat berhenti: ${String(error)}`));
}

/** The first signal ends in order; a second one, or too long a wait, at once. */
function listenToSignals(endings: Endings): void {
  let since: number | null = null;
  const force = (): never => {
    endings.atOnce();
    process.exit(1);
  };
  const stop = (code: number): void => {
    if (since !== null) {
      // Ctrl-C under npm arrives twice: from the terminal, and from npm.
      if (Date.now() - since > 1000) force();
      return;
    }
    since = Date.now();
    line('Portal berhenti …');
    setTimeout(force, STOP_WITHIN_MS).unref();
    void end(endings).then(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      console.error('Kegagalan tak terduga:', error);
      stop(1);
    });
  }
}
