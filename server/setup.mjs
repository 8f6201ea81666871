// What must be there before TypeScript can run: dependencies and the web client. Plain Node, nothing imported from npm.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mendPostgres } from './mend-postgres.mjs';
import { step } from './say.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);

export class SetupProblem extends Error {}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new SetupProblem(`Node ${process.versions.node} terlalu lama: perlu Node 20.19 atau lebih baru.`);
}

export function loadEnvironment() {
  if (existsSync(at('.env'))) process.loadEnvFile(at('.env'));
}

export async function install() {
  // npm would follow a link and empty a folder that belongs to another tree.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = at('node_modules', '.portal-lock');
  const hash = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  if (!isInstalled(stamp, hash))
    await step('Memasang pustaka (npm ci)', async () => {
      const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
      await run([...npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Pustaka tidak dapat dipasang');
      writeFileSync(stamp, hash);
    });
  try {
    mendPostgres();
  } catch (error) {
    throw new SetupProblem(`Pustaka postgres di node_modules tidak dapat dibetulkan: ${error.message}`, { cause: error });
  }
}

/** Content decides; without our own stamp (somebody ran `npm ci`) the age of npm's. */
function isInstalled(stamp, hash) {
  const npmStamp = at('node_modules', '.package-lock.json');
  if (!existsSync(npmStamp)) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === hash;
  return statSync(npmStamp).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
}

export async function buildWeb() {
  const stamp = at('dist', 'web.stamp');
  const hash = sourceHash(['web', 'shared', 'vite.config.ts', 'package-lock.json', 'tsconfig.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && existsSync(at('dist', 'web', 'index.html'))) return;
  await step('Membangun klien web', async () => {
    // Built beside its place: a portal that is running, or a build that fails, keeps the old one whole.
    const half = `web.${process.pid}`;
    mkdirSync(at('dist'), { recursive: true });
    try {
      await run(
        [process.execPath, at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', `../dist/${half}`, '--logLevel', 'warn'],
        'Klien web tidak dapat dibangun',
      );
      rmSync(at('dist', 'web'), { recursive: true, force: true });
      renameSync(at('dist', half), at('dist', 'web'));
      writeFileSync(stamp, hash);
    } finally {
      rmSync(at('dist', half), { recursive: true, force: true });
    }
  });
}

function sourceHash(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(at(path))) return;
    if (!statSync(at(path)).isDirectory()) return void hash.update(`${path}\0`).update(readFileSync(at(path)));
    for (const name of readdirSync(at(path)).toSorted()) add(join(path, name));
  };
  paths.forEach(add);
  return hash.digest('hex');
}

function run([command, ...args], problem) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-4000)));
    const pass = (signal) => child.kill(signal);
    process.once('SIGTERM', pass).once('SIGINT', pass);
    child.once('error', (error) => reject(new SetupProblem(`${problem}: ${error.message}`)));
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', pass).off('SIGINT', pass);
      if (code === 0) resolve();
      else reject(new SetupProblem(signal ? `${problem}: dihentikan (${signal}).` : `${problem}:\n${said.trim()}`));
    });
  });
}

/** A command beside the portal: what is missing is put there, then `load` answers what takes the arguments and gives the exit code. */
export async function command(load) {
  process.chdir(root);
  try {
    checkNode();
    loadEnvironment();
    await install();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  const { register } = await import('tsx/esm/api');
  register();
  const run = await load();
  process.exitCode = await run(process.argv.slice(2));
}
