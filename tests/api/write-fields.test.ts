// What a write does with what nobody asked for, and with what people write. Every address that writes, by the first who may: with fields it does not
// know it does what it does without them; every text is kept as it was written (NFC), or refused with the field's name.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallerName } from '../support/everyone.ts';
import { bodyOf, nameOf, schemaOf, type Side } from '../support/writes.ts';
import { openWriting, type Writing, type Written } from '../support/written.ts';
import type { Schema } from '../support/fuzz.ts';

type Way = { endpoint: Writing['endpoints'][number]; caller: CallerName; side: Side; body: unknown };
let w: Writing;
const ways: Way[] = [];

beforeAll(async () => {
  w = await openWriting();
  for (const endpoint of w.endpoints) {
    const way = await w.whoCan(endpoint);
    if (way) ways.push({ endpoint, ...way });
  }
}, 600_000);
afterAll(() => w.close());

const isFields = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);

/** In every object of a body, beside what it names. */
function withExtras(value: unknown, schema: Schema, extras: Record<string, unknown>): unknown {
  const one = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].find(({ properties, items }) => (Array.isArray(value) ? items : properties)) ?? schema;
  if (Array.isArray(value)) return value.map((each) => withExtras(each, one.items ?? {}, extras));
  // What has no names of its own takes any.
  if (!isFields(value) || one.properties === undefined) return value;
  const named = new Set([schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(({ properties = {} }) => Object.keys(properties)));
  return {
    ...Object.fromEntries(Object.entries(extras).filter(([key]) => !named.has(key))),
    ...Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withExtras(each, one.properties?.[key] ?? {}, extras)])),
  };
}

/** One line a value: of the reply by its place, of each row that was written by its column. New ids stand as such. */
function linesOf({ status, text, changes }: Written, known: ReadonlySet<string>): string[] {
  const reply = text.startsWith('{') || text.startsWith('[') ? told(JSON.parse(text)) : [`reply=${text.length > 0}`];
  const rows = changes.flatMap(({ table, op, before, after }) => [
    `${op} ${table}=`,
    ...Object.entries(after ?? {})
      .filter(([key, value]) => JSON.stringify(before?.[key]) !== JSON.stringify(value))
      .map(([key, value]) => `${op} ${table}.${key}=${JSON.stringify(value)}`),
  ]);
  return [`status=${status}`, ...reply, ...rows]
    .map((one) => one.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => (known.has(id) ? id : 'new')))
    .sort();
}
const told = (value: unknown, at = 'reply'): string[] =>
  Array.isArray(value)
    ? value.flatMap((one) => told(one, `${at}[]`))
    : isFields(value)
      ? Object.entries(value).flatMap(([key, one]) => told(one, `${at}.${key}`))
      : [`${at}=${JSON.stringify(value)}`];
/** In no row, whatever else differs. */
const SENTINELS: readonly string[] = ['1987-02-03', 'lain:1'];
const placeOf = (line: string): string => line.slice(0, line.indexOf('='));

/** Otherwise the third time for a reason of its own: two rosters at once are drawn up in a process; a letter is written after the answer, so that its time tells nothing. */
const COUNTED: readonly string[] = ['POST /api/rota/plans/:id/generation', 'POST /api/press/:slug/registration', 'POST /api/press/pass/mail'];

test('with fields nobody asked for, a write does and answers what it does without them', { timeout: 600_000 }, async () => {
  const [other, own] = [w.all.other, w.all.own];
  const extras: Record<string, unknown> = {
    id: own.ids['people/:id'],
    personId: other.ids['people/:id'],
    ownerId: other.ids['people/:id'],
    opdId: other.ids['opds/:id'],
    opd_id: other.ids['opds/:id'],
    meetingId: other.ids['meetings/:id'],
    conferenceId: other.ids['conferences/:id'],
    role: 'administrator',
    roles: [{ role: 'administrator', opdId: null }],
    isAdmin: true,
    roomAdmin: true,
    hidden: true,
    confirmed: true,
    verified: true,
    disabled: false,
    disabledAt: null,
    state: 'selesai',
    status: 'diterima',
    word: 'moderator',
    right: 'moderator',
    createdAt: '1987-02-03T04:05:06.000Z',
    created_at: '1987-02-03T04:05:06.000Z',
    joinedAt: '1987-02-03T04:05:06.000Z',
    verifiedAt: '1987-02-03T04:05:06.000Z',
    decidedBy: other.ids['people/:id'],
    isOfficial: true,
    stream: 'lain:1',
    seq: 999,
  };
  const known = new Set([own.ids, own.drafts, own.fields, other.ids, other.drafts, other.fields].flatMap((ids) => Object.values(ids)));
  const differs: string[] = [];
  let compared = 0;
  for (const { endpoint, caller, side, body } of ways.filter(
    (way) => (isFields(way.body) || Array.isArray(way.body)) && !COUNTED.includes(nameOf(way.endpoint)),
  )) {
    const ask = async (what: unknown, query?: Record<string, string>): Promise<string[]> =>
      linesOf(await w.ask(caller, endpoint, { ids: side.ids, body: what, ...(query && { query }) }), known);
    // What the requests before still had to do, such as telling the media server of a right, is done by a later time; what a field does is not.
    let found: string[] = [];
    for (let time = 0; time === 0 || (time < 3 && found.length > 0); time += 1) {
      const [once, again] = [await ask(body), await ask(body)];
      const added = await ask(withExtras(body, schemaOf(endpoint), extras), { role: 'administrator', personId: String(extras['personId']), state: 'selesai' });
      // What differs from one time to the next by itself: counters, keys, hashes, moments.
      const restless = new Set([...once.filter((line) => !again.includes(line)), ...again.filter((line) => !once.includes(line))].map(placeOf));
      const before = new Set([...once, ...again]);
      const more = added.filter((line) => !before.has(line) && (!restless.has(placeOf(line)) || SENTINELS.some((sign) => line.includes(sign))));
      const gone = once.filter((line) => !added.includes(line) && !restless.has(placeOf(line)));
      found = [...more, ...gone];
    }
    compared += 1;
    if (found.length > 0) differs.push(`${nameOf(endpoint)} by ${caller}: ${found.join(' / ').slice(0, 400)}`);
  }
  expect(differs).toEqual([]);
  expect(compared).toBeGreaterThan(100);
});

/** What people of the region write: each short enough for a name. */
const WRITTEN: readonly string[] = [
  'ꦱꦫꦶ ꦲꦤꦕꦫꦏ', // Javanese
  'ᬲᬭᬶ ᬅᬓ᭄ᬱᬭ', // Balinese
  'ڤۤݢَوَي راڤت', // Pegon, right to left
  'שלום rapat',
  'Ḥusain ʿAlī', // in two signs each, below
  'Rapat 👩🏽‍🦽‍➡️ 🇮🇩 ❤️', // joiners and variation selectors
  '𠮷野家 𝔸𝕝𝕗𝕒', // four bytes
].map((text, n) => (n === 4 ? text.normalize('NFD') : text));
/** What no column can keep. */
const NOT_KEPT: readonly string[] = ['nol\0nol', 'a\ud800b', '\udc00'];

type Field = { path: (string | number)[]; name: string };
/** The free texts of a body: no word of a list, no day, no id, nothing with a form of its own. */
function textsOf(value: unknown, schema: Schema, path: (string | number)[] = []): Field[] {
  const options = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (typeof value === 'string') {
    const free = options.some(
      ({ type, format, pattern, enum: words, const: word, allOf }) =>
        (Array.isArray(type) ? type.includes('string') : type === 'string') && !format && !pattern && !words && word === undefined && !allOf,
    );
    return free ? [{ path, name: String(path.findLast((part) => typeof part === 'string')) }] : [];
  }
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((one, n) => textsOf(one, options.find(({ items }) => items)?.items ?? {}, [...path, n]));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const named: Schema[] = options.flatMap(({ properties }) => (properties && key in properties ? [properties[key]!] : []));
    return named.length === 0 ? [] : textsOf(one, named.length === 1 ? named[0]! : { anyOf: named }, [...path, key]);
  });
}
function put(value: unknown, [first, ...rest]: (string | number)[], text: string): unknown {
  if (first === undefined) return text;
  if (Array.isArray(value)) return value.map((one: unknown, n) => (n === first ? put(one, rest, text) : one));
  return { ...(value as object), [first]: put((value as Record<string, unknown>)[first], rest, text) };
}
const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(strings) : isFields(value) ? Object.values(value).flatMap(strings) : [];

/** Read and not kept as a text: a password's hash, what a file is held against, which tab left. */
const NOT_STORED: readonly string[] = ['PUT /api/me/password next', 'POST /api/meetings/:id/uploads type', 'POST /api/press/:slug/leave identity'];
/** A number of a machine has no spaces; the name of a function is one however it is written. */
const LOOSE: readonly string[] = ['PUT /api/opds/:id/machine/pins pin', 'POST /api/opds/:id/function-groups name'];

test('every text is kept as it was written, or refused with its field’s name', { timeout: 600_000 }, async () => {
  const wrong: string[] = [];
  let [fields, keptTexts, refused] = [0, 0, 0];
  for (const { endpoint, caller, side, body } of ways.filter(({ body: one }) => isFields(one)))
    for (const { path, name } of textsOf(bodyOf(endpoint, side), schemaOf(endpoint)).filter(
      (field) => !NOT_STORED.includes(`${nameOf(endpoint)} ${field.name}`),
    )) {
      fields += 1;
      const loose = LOOSE.includes(`${nameOf(endpoint)} ${name}`);
      const form = (text: string): string => (loose ? text.normalize('NFC').replaceAll(' ', '').toLowerCase() : text.normalize('NFC'));
      for (const text of [...WRITTEN, ...NOT_KEPT]) {
        const where = `${nameOf(endpoint)} ${path.join('.')} ${JSON.stringify(text)}`;
        const { status, text: reply, changes } = await w.ask(caller, endpoint, { ids: side.ids, body: put(body, path, text) });
        if (status >= 400) {
          refused += 1;
          // Named as a field, or by a refusal of its own.
          if (status >= 500) wrong.push(`${where}: ${status}`);
          else if (reply.includes('"input.invalid"') && !reply.includes(`"path":"${path.join('.')}`))
            wrong.push(`${where}: refused without a name ${reply.slice(0, 200)}`);
          continue;
        }
        if (NOT_KEPT.includes(text)) wrong.push(`${where}: taken`);
        const places = changes.flatMap(({ after }) => strings(after));
        if (changes.length > 0 && !places.some((one) => form(one).includes(form(text)))) wrong.push(`${where}: kept otherwise`);
        else keptTexts += 1;
        // What is told again under its name is what was written.
        const again = reply.startsWith('{')
          ? told(JSON.parse(reply)).filter((line) => placeOf(line).endsWith(`.${name}`) && line.includes(text.slice(0, 3)))
          : [];
        if (again.length > 0 && !again.some((line) => form(String(JSON.parse(line.slice(line.indexOf('=') + 1)))).includes(form(text))))
          wrong.push(`${where}: told as ${again[0] ?? ''}`);
      }
    }
  expect(wrong).toEqual([]);
  expect({ fields: fields > 80, kept: keptTexts > 300, refused: refused > 100 }).toEqual({ fields: true, kept: true, refused: true });
});
