// `npm run faults -- schemathesis [minutes] [seed]`: another program reads /api/openapi.json and asks for what stands there, as each of twelve callers in turn, of a
// portal with the demonstration city and two offices alike. What counts: a failure of the server, a status, a media type or a body beside the document.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../bench/figures.ts';
import { startTestDatabase } from '../support/database.ts';
import { CALLERS, everyone, type CallerName, type Ids } from '../support/everyone.ts';
import type { Document } from '../support/fuzz.ts';
import { comingBack } from '../support/fuzz-round.ts';

const VERSION = '4.32.5';
const CHECKS = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_headers_conformance', 'response_schema_conformance'];
/** Whoever has signed out asks for nothing more; this one says 503 of a portal without a media server, as it should. */
const LEFT_OUT = ['DELETE /api/session', 'DELETE /api/sessions', 'DELETE /api/press/pass', 'GET /readyz'];

export async function schemathesis(): Promise<boolean> {
  const bin = process.env['SCHEMATHESIS_BIN'] ?? 'schemathesis';
  if (spawnSync(bin, ['--version']).status !== 0) {
    console.error(
      `no schemathesis: pip install schemathesis==${VERSION} (in an environment of its own), then SCHEMATHESIS_BIN=…/bin/schemathesis, or have it on the PATH`,
    );
    process.exit(2);
  }
  const [minutes = 10, seed = Date.now() % 1_000_000_000] = process.argv.slice(3).map(Number);
  const seconds = Math.max(5, Math.floor((minutes * 60) / CALLERS.length));
  const stop = await startTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'portal-uji-'));
  console.error(`seed ${seed}`);
  const results: (Told & { caller: CallerName; broken: string[] })[] = [];
  try {
    for (const caller of CALLERS) results.push({ caller, ...(await asCaller(caller, { bin, folder, seconds, seed })) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await stop();
  }
  table([
    ['caller', 'asked', 'done', 'server errors', 'beside the document'],
    ...results.map(({ caller, asked, statuses, broken, failures }) => [
      caller,
      String(asked),
      String((statuses['200'] ?? 0) + (statuses['204'] ?? 0)),
      String(broken.length),
      String(failures.length),
    ]),
  ]);
  for (const { caller, broken, failures } of results) for (const one of [...broken, ...failures]) console.error(`${caller}: ${one}`);
  const sum = (of: (one: (typeof results)[number]) => number): number => results.reduce((all, one) => all + of(one), 0);
  const figures = {
    asked: sum(({ asked }) => asked),
    serverErrors: sum(({ broken }) => broken.length),
    schemaViolations: sum(({ failures }) => failures.length),
  };
  console.log(JSON.stringify({ schemathesis: { seed, callers: CALLERS.length, ...figures } }));
  return figures.asked > 1000 && figures.serverErrors === 0 && figures.schemaViolations === 0;
}

type Told = { asked: number; statuses: Record<string, number>; failures: string[] };

async function asCaller(caller: CallerName, { bin, folder, seconds, seed }: { bin: string; folder: string; seconds: number; seed: number }) {
  const broken: string[] = [];
  const { world, clients, own, other } = await everyone({ heard: (line) => line.includes('unexpected failure') && broken.push(line.slice(0, 2000)) });
  const comesBack = await comingBack(world.sql);
  const again = setInterval(() => void comesBack().catch(() => {}), 2_000);
  try {
    const origin = await world.listen();
    const { payload } = await world.app.fastify.inject('/api/openapi.json');
    const document = join(folder, 'openapi.json');
    writeFileSync(document, JSON.stringify(withIds(JSON.parse(payload) as Document, [own.ids, own.drafts, other.ids])));
    const cookie = [...clients[caller].cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const said = join(folder, 'said.ndjson');
    rmSync(said, { force: true });
    const headers = [`Origin: ${origin}`, ...(cookie === '' ? [] : [`Cookie: ${cookie}`]), ...(caller === 'guest' ? [`x-tautan: ${own.link}`] : [])];
    const args = [
      'run',
      document,
      '--url',
      origin,
      '--checks',
      CHECKS.join(','),
      '--max-time',
      String(seconds),
      '--seed',
      String(seed),
      '--continue-on-failure',
      '--phases',
      'examples,fuzzing',
      '--generation-with-security-parameters',
      'false',
      '--generation-database',
      'none',
      '--no-shrink',
      '--no-color',
      '--suppress-health-check',
      'all',
      '--warnings',
      'off',
      '--report',
      'ndjson',
      '--report-ndjson-path',
      said,
      '--output-sanitize',
      'true',
      ...headers.flatMap((header) => ['--header', header]),
    ];
    await new Promise<void>((resolve, reject) => {
      const child = spawn(bin, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: (seconds + 120) * 1000 });
      child.once('error', reject);
      child.once('close', () => resolve());
    });
    const told = read(readFileSync(said, 'utf8'));
    console.error(`${caller}: ${told.asked} asked · ${broken.length} broken · ${told.failures.length} beside the document`);
    return { ...told, broken };
  } finally {
    clearInterval(again);
    await world.close();
  }
}

/** An id of nobody tells little: half of the time it is one that is there. */
function withIds(document: Document, all: readonly Ids[]): Document {
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (LEFT_OUT.includes(`${method.toUpperCase()} ${path}`)) delete methods[method];
      for (const parameter of operation.parameters ?? []) {
        // Python has no classes of Unicode.
        if (parameter.schema.pattern?.includes('\\p{')) delete parameter.schema.pattern;
        const name = `${path
          .slice(1, path.indexOf(`{${parameter.name}}`))
          .replace(/^api\//, '')
          .replaceAll(/\{(\w+)\}/g, ':$1')}:${parameter.name}`;
        const known = [...new Set(all.flatMap((ids) => ids[name] ?? []))];
        if (parameter.in === 'path' && known.length > 0) parameter.schema = { anyOf: [{ enum: known }, parameter.schema] };
      }
    }
  return document;
}

type Scenario = {
  recorder: {
    label: string;
    checks?: Record<string, { name: string; status: string; failure_info?: { failure: { message: string } } }[]>;
    interactions?: Record<string, { request: { method: string; uri: string; body?: { $base64: string } | null }; response?: { status_code: number } | null }>;
  };
};

/** One line an address and fault, with the first request that showed it. */
function read(text: string): Told {
  const failures = new Map<string, string>();
  const statuses: Record<string, number> = {};
  let asked = 0;
  for (const line of text.split('\n').filter(Boolean)) {
    const { ScenarioFinished, NonFatalError } = JSON.parse(line) as {
      ScenarioFinished?: Scenario;
      NonFatalError?: { label: string; value: { message: string } };
    };
    // What it could not ask for is as bad as what was answered wrong.
    if (NonFatalError) failures.set(NonFatalError.label, `${NonFatalError.label}: ${NonFatalError.value.message}`);
    const { label, checks = {}, interactions = {} } = ScenarioFinished?.recorder ?? { label: '' };
    for (const { response } of Object.values(interactions)) {
      asked += 1;
      const status = String(response?.status_code ?? 'none');
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    for (const [id, those] of Object.entries(checks))
      for (const { name, failure_info: info } of those.filter(({ status }) => status !== 'success')) {
        const message = (info?.failure.message ?? '').split('\n', 1)[0]!.slice(0, 300);
        const { request, response } = interactions[id] ?? {};
        const body = request?.body ? Buffer.from(request.body.$base64, 'base64').toString().slice(0, 300) : '';
        const key = `${label}: ${name} ${response?.status_code ?? ''} ${message}`;
        if (!failures.has(key)) failures.set(key, `${key}\n  ${request?.method ?? ''} ${request?.uri.slice(0, 300) ?? ''} ${body}`);
      }
  }
  return { asked, statuses, failures: [...failures.values()] };
}
