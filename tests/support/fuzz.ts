// Asks the portal for what its OpenAPI document says, and for what it does not: values made from the schemas by a seed, in the right shape and a
// little wrong, with ids the portal answered before. What comes back must be what the document says.
import fc from 'fast-check';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { NASTY_TEXTS } from './nasty.ts';
import { CALLERS, type CallerName, type Ids } from './everyone.ts';

export type Schema = { [key: string]: unknown } & {
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};
type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: Schema };
type Answer = { description: string; content?: Record<string, { schema: Schema }> };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Answer>;
  security: object[];
  'x-roles'?: string[];
};
export type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };
export type Asked = { method: string; url: string; body?: string | Buffer; contentType?: string };
export type Answered = { status: number; headers: Record<string, string | string[] | number | undefined>; text: string };
export type Send = (caller: CallerName, asked: Asked) => Promise<Answered>;
/** `undocumented`: a whole refusal, whose code the document does not name there. */
type Finding = { what: string; undocumented: boolean; caller: CallerName; asked: Asked; answer: string };

/** Stands for an id until it is sent: which one is there then is not known when values are made. */
class Ref {
  readonly name: string;
  readonly n: number;
  constructor(name: string, n: number) {
    this.name = name;
    this.n = n;
  }
}

const DAYS = ['2026-11-23', '2026-11-24', '2026-12-01', '2024-02-29', '2099-12-31', '0001-01-01', '9999-12-31'];
const INSTANTS = ['2026-11-23T02:00:00.000Z', '2026-11-30T02:00:00Z', '2026-12-01T09:00:00.000Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'];
const PLAIN = ['Rapat', 'Uji coba', 'a', '005', '2026-11', '08:00', 'ada/ruang?&=%', ''];
const NUMBERS = [0, 1, 2, 5, 60, 2026, -1, 1.5, 2_147_483_647, 2_147_483_648, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1e308];
const WRONG: unknown[] = [null, true, 0, -1, '', 'x', [], {}, [[]], { __proto__: null, constructor: { prototype: { a: 1 } } }, ...NUMBERS, ...NASTY_TEXTS];

const fromPattern = (pattern: string): fc.Arbitrary<string> => {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return fc.constantFrom(...PLAIN);
  }
};

/** Whatever fits a schema, as far as a schema says it. */
function fitting(schema: Schema, name: string, depth = 0): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((one) => fitting(one, name, depth)));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => fitting({ ...schema, type }, name, depth)));
  switch (schema.type) {
    case 'string':
      return texts(schema, name);
    case 'integer':
      return fc.oneof(
        fc.integer({ min: Math.max(Number(schema['minimum'] ?? 0), -5), max: Math.min(Number(schema['maximum'] ?? 100), 5000) }),
        fc.constantFrom(...bounds(schema)),
      );
    case 'number':
      return fc.constantFrom(...NUMBERS);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(schema.items ?? {}, name, depth + 1), {
        minLength: Math.min(Number(schema['minItems'] ?? 0), 3),
        maxLength: Math.max(1, Math.min(Number(schema['maxItems'] ?? 3), 3)),
      });
    case 'object': {
      // A dictionary names its keys, or lets them be anything.
      const any = (schema['additionalProperties'] ?? {}) as Schema;
      const keys = new Set([...Object.keys(schema.properties ?? {}), ...(schema.required ?? [])]);
      if (keys.size === 0) return fc.dictionary(fc.constantFrom('a', '__proto__', 'constructor'), fitting(any, name, depth + 1), { maxKeys: 2 });
      return fc.record(Object.fromEntries([...keys].map((key) => [key, fitting(schema.properties?.[key] ?? any, key, depth + 1)])), {
        requiredKeys: schema.required ?? [],
      });
    }
    default:
      return fc.constantFrom<unknown>('x', 1, null);
  }
}

const bounds = (schema: Schema): number[] => [Number(schema['minimum'] ?? 0), Number(schema['maximum'] ?? 1)].filter(Number.isSafeInteger);

function texts(schema: Schema, name: string): fc.Arbitrary<unknown> {
  const { format, pattern } = schema;
  if (format === 'uuid') return fc.nat(40).map((n) => new Ref(name, n));
  if (format === 'date') return fc.constantFrom(...DAYS);
  if (format === 'date-time') return fc.constantFrom(...INSTANTS);
  if (format === 'email') return fc.constantFrom('sari@media.example', 'a@b.example');
  if (format === 'uri') return fc.constantFrom('https://uji.example/a', 'https://127.0.0.1/', 'http://localhost:1/');
  if (pattern !== undefined)
    return fc.oneof(
      fc.nat(9).map((n) => new Ref(name, n)),
      fromPattern(pattern),
    );
  const most = Math.min(Number(schema['maxLength'] ?? 40), 400);
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...PLAIN) },
    { weight: 2, arbitrary: fc.nat(9).map((n) => new Ref(name, n)) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: Math.min(most, 40) }) },
    { weight: 1, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
    { weight: 1, arbitrary: fc.constant('m'.repeat(most)) },
  );
}

/** One place of a value made wrong: another type, left out, too much, hostile. */
function spoilt(value: unknown, at: number, by: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Ref || at % 5 === 0) return by;
  if (Array.isArray(value))
    return value.length === 0 || at % 3 === 0 ? [...(value as unknown[]), by] : value.with(at % value.length, spoilt(value[at % value.length], at >> 2, by));
  const keys = Object.keys(value);
  const key = keys[at % Math.max(keys.length, 1)];
  if (key === undefined || at % 7 === 0) return { ...value, role: 'administrator', opdId: by, ['__proto__x']: by };
  if (at % 3 === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: spoilt((value as Record<string, unknown>)[key], at >> 2, by) };
}

export type FuzzOptions = { document: Document; send: Send; ids: readonly Ids[]; seed: number; rounds: number; until?: () => boolean };

/** `rounds`: how often each operation is asked. Answers how many were asked, of which statuses, and what was not as documented. */
export async function fuzz({ document, send, ids, seed, rounds, until = () => false }: FuzzOptions) {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'portal', components: document.components });
  const compiled = new Map<Schema, ValidateFunction>();
  const check = (schema: Schema, value: unknown): string | null => {
    if (!compiled.has(schema))
      compiled.set(schema, ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"portal#/components')) as Schema));
    const validate = compiled.get(schema)!;
    return validate(value) ? null : ajv.errorsText(validate.errors);
  };
  const known = new Map<string, string[]>();
  const learn = (name: string, value: string): void => {
    const those = known.get(name) ?? [];
    if (!those.includes(value)) known.set(name, [...those.slice(-30), value]);
  };
  for (const some of ids) for (const [name, value] of Object.entries(some)) [name, /:(\w+)$/.exec(name)?.[1] ?? name, ''].forEach((as) => learn(as, value));
  const harvest = (value: unknown, name: string): void => {
    if (typeof value === 'string' && /^([pgjv]_)?[0-9a-f]{8}-/.test(value)) [name, ''].forEach((as) => learn(as, value));
    else if (Array.isArray(value)) value.slice(0, 3).forEach((one) => harvest(one, name));
    else if (value !== null && typeof value === 'object') for (const [key, one] of Object.entries(value)) harvest(one, key === 'id' ? name : key);
  };
  const resolve = (value: unknown): unknown => {
    if (value instanceof Ref) {
      const those = known.get(value.name) ?? known.get('') ?? [];
      return value.n === 39 ? '00000000-0000-4000-8000-00000000dead' : (those[value.n % Math.max(those.length, 1)] ?? '');
    }
    if (Array.isArray(value)) return value.map(resolve);
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
    return value;
  };

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const findings = new Map<string, Finding>();
  const statuses: Record<string, number> = {};
  let asked = 0;
  const made = operations.map(({ path, operation }) => madeFor(path, operation));
  for (let round = 0; round < rounds; round += 1)
    for (const [n, { path, method, operation }] of operations.entries()) {
      if (until()) break;
      const [one] = fc.sample(made[n]!, { seed: seed + round * 7919 + n, numRuns: 1 });
      const caller = one!.caller;
      const request = requestFor(path, method, operation, one!, resolve);
      const answer = await send(caller, request);
      asked += 1;
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const wrong = judge(operation, answer, check);
      if (wrong !== null) {
        const key = `${method.toUpperCase()} ${path}: ${wrong}`;
        if (!findings.has(key))
          findings.set(key, {
            what: key,
            undocumented: answer.status < 500 && answer.text.startsWith('{"error":{"code":'),
            caller,
            asked: request,
            answer: `${answer.status} ${answer.text.slice(0, 300)}`,
          });
      } else if (answer.status < 300 && String(answer.headers['content-type']).includes('json'))
        harvest(JSON.parse(answer.text), path.split('/').findLast((part) => !part.startsWith('{')) ?? '');
    }
  return { asked, statuses, findings: [...findings.values()] };
}

type Made = { caller: CallerName; parameters: unknown[]; body: unknown; spoil: { where: number; at: number; by: unknown } };

function madeFor(path: string, operation: Operation): fc.Arbitrary<Made> {
  const named = (name: string): string =>
    `${path
      .slice(1, path.indexOf(`{${name}}`))
      .replace(/^api\//, '')
      .replaceAll(/\{(\w+)\}/g, ':$1')}:${name}`;
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  const entitled = operation['x-roles']
    ? CALLERS.filter((name) => name === 'administrator' || operation['x-roles']!.some((role) => ROLE_OF[name].includes(role)))
    : CALLERS;
  return fc.record({
    caller: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...entitled) }, { weight: 1, arbitrary: fc.constantFrom(...CALLERS) }),
    parameters: fc.tuple(
      ...(operation.parameters ?? []).map((parameter) => {
        const value =
          parameter.in === 'path' && parameter.schema['format'] === 'uuid'
            ? fc.nat(40).map((n) => new Ref(named(parameter.name), n % 2 === 0 ? n : 0))
            : parameter.in === 'path'
              ? fc.oneof(
                  fc.nat(4).map((n) => new Ref(named(parameter.name), n)),
                  fitting(parameter.schema, parameter.name),
                )
              : fitting(parameter.schema, parameter.name);
        return parameter.required ? value : fc.option(value, { nil: undefined });
      }),
    ),
    body: content
      ? content[0] === 'application/json'
        ? fitting(content[1].schema, 'id')
        : fc.constantFrom(...PLAIN, 'a;b;c\n1;2;3', '{"id":1}', ...NASTY_TEXTS)
      : fc.constant(undefined),
    spoil: fc.record({ where: fc.nat(9), at: fc.nat(1000), by: fc.constantFrom(...WRONG) }),
  });
}

const ROLE_OF: Record<CallerName, readonly string[]> = {
  nobody: [],
  guest: [],
  journalist: [],
  staff: [],
  otherStaff: [],
  admin: ['admin_opd'],
  otherAdmin: ['admin_opd'],
  head: ['kepala_opd', 'pejabat'],
  otherHead: ['kepala_opd', 'pejabat'],
  bkd: ['bkd'],
  operator: ['operator_dkis'],
  administrator: ['administrator'],
};

/** A path may hold what is no text; an address cannot. */
const inAddress = (value: unknown): string => encodeURIComponent(Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString());

function requestFor(
  path: string,
  method: string,
  { parameters = [], requestBody }: Operation,
  { parameters: values, body, spoil }: Made,
  resolve: (value: unknown) => unknown,
): Asked {
  const said = values.map((value, n) => (spoil.where === 1 && n === spoil.at % values.length ? spoil.by : resolve(value)));
  let url = path;
  const query: string[] = [];
  for (const [n, { name, in: where }] of parameters.entries()) {
    if (where === 'path') url = url.replace(`{${name}}`, inAddress(said[n]) || 'x');
    else if (said[n] !== undefined)
      query.push(`${name}${spoil.at % 23 === 0 ? '[]' : ''}=${inAddress(said[n])}`, ...(spoil.at % 19 === 0 ? [`${name}=2`] : []));
  }
  const type = Object.keys(requestBody?.content ?? {})[0];
  const whole = resolve(body);
  const sent = spoil.where < 4 && type === 'application/json' ? spoilt(whole, spoil.at, spoil.by) : whole;
  return {
    method: method.toUpperCase(),
    url: query.length > 0 ? `${url}?${query.join('&')}` : url,
    ...(type !== undefined && { contentType: type, body: type === 'application/json' ? (JSON.stringify(sent) ?? 'null') : String(sent) }),
  };
}

/** What is not as the document says; null = nothing. */
function judge({ responses }: Operation, { status, headers, text }: Answered, check: (schema: Schema, value: unknown) => string | null): string | null {
  const said = responses[status];
  if (!said) return `${status} is not documented: ${text.slice(0, 80)}`;
  const type = String(headers['content-type'] ?? '').split(';')[0]!;
  if (!said.content) return text === '' ? null : `${status} has a body`;
  const content = said.content[type] ?? said.content['*/*'];
  if (!content) return `${status} comes as ${type}`;
  if (headers['cache-control'] === undefined) return `${status} says nothing of caches`;
  if (type !== 'application/json' || content.schema.format === 'binary') return null;
  const value = JSON.parse(text) as { error?: { code?: string } };
  const problem = check(content.schema, value);
  return problem === null ? null : `${status} ${value.error?.code ?? ''}: ${problem}`.slice(0, 200);
}
