// `npm test`, `npm run bench -- NAME`, `npm run faults [-- all | NAME…]`, `npm run screens`: what is missing is put there, then they run.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildWeb, checkNode, install, root } from '../server/setup.mjs';

process.chdir(root);
const [kind = 'test', ...rest] = process.argv.slice(2);
const bin = (name) => join('node_modules', '.bin', name);

/** Each counts as one check. */
const checks = [
  { name: 'types', command: bin('tsc'), args: ['--noEmit'] },
  { name: 'lint', command: bin('oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', command: bin('oxfmt'), args: ['--check', '.'] },
  { name: 'dead code', command: bin('knip'), args: [] },
];
/** One after another; those of one line side by side. API tests wait for the database half of the time, faults for clocks. */
const suites = [
  [
    { name: 'rules, api', projects: ['rules', 'api'], workers: 3 },
    { name: 'faults', projects: ['faults'], workers: 1 },
  ],
  [{ name: 'journeys', projects: ['journeys'], workers: 2 }],
];

try {
  checkNode();
  await install();
  await buildWeb();
  const { register } = await import('tsx/esm/api');
  register();
  const { getTools } = await import('./support/tools.ts');
  await getTools();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.exitCode = kind === 'test' ? await test(rest) : await script();

async function script() {
  if (kind === 'faults' && rest[0] === 'own-media') {
    process.env.PORTAL_TEST_LONG = '1';
    return (await run(bin('vitest'), ['run', '--project', 'journeys', 'tests/journeys/own-media.test.ts'], 'inherit')).code;
  }
  const names = readdirSync('tests/bench')
    .filter((name) => existsSync(join('tests/bench', name)) && /^[a-z-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -3));
  const file = kind === 'bench' ? `tests/bench/${rest[0] ?? ''}.ts` : kind === 'faults' ? 'tests/faults/run.ts' : kind === 'screens' ? 'tests/screens.ts' : '';
  if (!existsSync(file)) {
    console.error(kind === 'bench' ? `npm run bench -- NAME; NAME: ${names.join(', ')}` : `${kind} is not there`);
    return 1;
  }
  return (await run(process.execPath, ['--import', 'tsx', file, ...(kind === 'bench' ? rest.slice(1) : rest)], 'inherit')).code;
}

/** `only`: names of checks or suites, for a quick look (`npm test -- lint rules`). */
async function test(only) {
  const wanted = (name) => only.length === 0 || only.some((word) => name.includes(word));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const files = [];
  const broken = [];
  for (const { name, command, args } of checks) {
    if (!wanted(name)) continue;
    const { code, said } = await run(command, args, 'pipe');
    console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
    if (code !== 0) console.log(said.trim());
    if (code !== 0) broken.push(name);
    total[code === 0 ? 'passed' : 'failed']++;
  }
  for (const group of suites) {
    const [shown, ...others] = group.filter(({ name }) => wanted(name));
    if (!shown) continue;
    const results = await Promise.all([suite(shown, 'inherit'), ...others.map(async (one) => suite(one, 'pipe'))]);
    for (const result of results) {
      if (result.said) console.log(result.said);
      for (const key of Object.keys(total)) total[key] += result[key];
      files.push(...result.files);
      broken.push(...result.broken);
    }
  }
  if (files.length > 0) console.log('slowest:');
  for (const { seconds, name } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10)) console.log(`${seconds.toFixed(1).padStart(7)} s ${name}`);
  // Once more at the end, where whoever reads a long log begins.
  for (const name of broken) console.log(`failed: ${name}`);
  if (total.skipped > 0) console.log(`${total.skipped} skipped`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** `output`: `pipe` keeps what it says until it has ended. */
async function suite({ projects, workers }, output) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-hasil-'));
  const outputFile = join(folder, 'result.json');
  const chosen = [...projects.flatMap((p) => ['--project', p]), `--maxWorkers=${workers}`];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${outputFile}`];
  const { code, said } = await run(bin('vitest'), ['run', ...chosen, '--passWithNoTests', ...reporters], output);
  try {
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    // A file that could not even be read has no tests of its own to fail.
    const unread = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
    const failed = result.numFailedTests + unread;
    const files = result.testResults.map(({ name, startTime, endTime }) => ({ name: relative(root, name), seconds: (endTime - startTime) / 1000 }));
    const broken = result.testResults.flatMap(({ name, message, assertionResults }) => {
      const at = relative(root, name);
      const named = assertionResults.filter(({ status }) => status === 'failed');
      if (named.length === 0) return message ? [`${at}: ${firstLine(message)}`] : [];
      return named.map(({ fullName, failureMessages }) => `${at} > ${fullName}: ${firstLine(failureMessages[0] ?? '')}`);
    });
    return {
      files,
      broken,
      said,
      passed: result.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { files: [], broken: code === 0 ? [] : [projects.join(', ')], said, passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function firstLine(text) {
  return text.split('\n', 1)[0].slice(0, 200);
}

function run(command, args, output) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', output, output] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
    child.once('error', (error) => resolve({ code: 1, said: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}
