// A valid body for every address that writes, made from its zod schema and the ids of one office; where a schema does not say enough, by hand.
import { z } from 'zod';
import type { Sql } from '../../server/platform/database.ts';
import type { Endpoint } from '../../shared/endpoint.ts';
import { PASSWORD } from './cast.ts';
import { csv } from './press-kit.ts';
import { PAPER } from './room-record.ts';
import type { Ids } from './everyone.ts';
import type { Schema } from './fuzz.ts';

/** Ids of one office: of the path, and by the name of a field. */
export type Side = { ids: Ids; fields: Ids; facts: Record<string, unknown> };
type Body = Record<string, unknown>;

const KEY = '5b0c8f1e-6a1d-4c7e-9b5a-2f3d4e5a6b7c';
const GUEST = { name: 'Ibu Baru', institution: 'Yayasan Baru' };
export const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string => `${method} ${path}`;

/** By the name of a field, where its schema lets through more than the office takes. */
const TEXTS: Record<string, string> = {
  email: 'baru@media.example',
  phone: '+6281200000001',
  month: '2027-01',
  classification: '005',
  url: 'https://gerbang.uji.example/kirim',
  endpoint: 'https://push.uji.example/a',
  hours: '08:00',
  p256dh: `B${'A'.repeat(86)}`,
  auth: 'A'.repeat(22),
  from: '2026-12-01',
  until: '2026-12-02',
  to: '2026-12-02',
  date: '2026-12-01',
  day: '2026-12-01',
  otherDate: '2026-12-02',
  dueOn: '2026-12-10',
  lastDay: '2026-12-31',
  startsAt: '2026-12-01T02:00:00.000Z',
  endsAt: '2026-12-01T04:00:00.000Z',
  nip: '198501012010011999',
  seen: 'a'.repeat(64),
  fingerprint: 'a'.repeat(64),
};

/** The least that fits: nothing that may be left out, the first of what can be chosen. `whole`: what may be left out too. */
export function leastOf(schema: Schema, name: string, side: Side, whole = false): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return leastOf(either[0]!, name, side, whole);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      if (schema.format === 'uuid') return side.fields[name] ?? KEY;
      return TEXTS[name] ?? 'Uji menulis yang cukup panjang';
    case 'integer':
    case 'number':
      return Math.max(Number(schema['minimum'] ?? 1), 0);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return Number(schema['minItems'] ?? 0) === 0
        ? []
        : Array.from({ length: Number(schema['minItems']) }, () => leastOf(schema.items ?? {}, name === 'personIds' ? 'personId' : name, side, whole));
    case 'object': {
      const keys = whole ? Object.keys(schema.properties ?? {}) : (schema.required ?? []);
      return Object.fromEntries(keys.map((key) => [key, leastOf(schema.properties?.[key] ?? {}, key, side, whole)]));
    }
    default:
      return 'x';
  }
}

const schemas = new Map<Endpoint, Schema>();
export function schemaOf(endpoint: Endpoint): Schema {
  const known = schemas.get(endpoint) ?? (z.toJSONSchema(endpoint.body!, { io: 'input', unrepresentable: 'any' }) as Schema);
  schemas.set(endpoint, known);
  return known;
}

const invite = ({ fields }: Side): Body => ({ people: [fields['personId']], positions: [], units: [], guests: [GUEST] });
const whom = ({ fields }: Side): Body => ({ positions: [], units: [], people: [fields['personId']], groups: [], dutyOf: [] });
const plan = (side: Side): Body => ({
  title: 'Rapat lain',
  sifat: 'biasa',
  place: 'Daring',
  startsAt: TEXTS['startsAt'],
  endsAt: TEXTS['endsAt'],
  invite: invite(side),
});
const HOURS = { from: '08:00', to: '16:00', breakMinutes: 60 };
const member = ({ ids }: Side): string => ids['meetings/:id/members/:member']!;
const decided = { version: 1 };
const letter = ({ fields }: Side): Body => ({ signerPositionId: fields['positionId'], signerGrade: null, copies: [] });
const M = '/api/meetings/:id';
const C = '/api/conferences/:id';
const T = '/api/captions/:of/:id';

/** What is set over the least. */
const BY_HAND: Record<string, (side: Side) => Body> = {
  'POST /api/session': () => ({ login: 'siapa@uji.example', password: 'bukan sandinya' }),
  'PUT /api/me/password': () => ({ current: PASSWORD, next: 'sandi-baru-yang-panjang-99' }),
  'POST /api/session/oidc': () => ({ search: '?code=a&state=b' }),
  'POST /api/opds': ({ fields }) => ({ parentId: fields['opdId'], abbreviation: 'BU', kind: 'bidang' }),
  'PUT /api/opds/:id': () => ({ parentId: null, abbreviation: 'UJI' }),
  'POST /api/positions/:id/holdings': () => ({ kind: 'plt' }),
  'PUT /api/me/notice-choice': () => ({ channels: Object.fromEntries(NOTICES.map((kind) => [kind, []])), quiet: null }),
  'POST /api/meetings/now': (side) => ({ invite: invite(side) }),
  'POST /api/meetings': (side) => plan(side),
  'POST /api/planning/conflicts': (side) => ({ invite: invite(side) }),
  'POST /api/planning/times': (side) => ({ invite: invite(side) }),
  [`POST ${M}/invitations`]: invite,
  [`POST ${M}/plan/invitations`]: (side) => ({ invite: invite(side) }),
  [`PUT ${M}/plan`]: ({ facts }) => ({ version: facts['meeting'], title: 'Judul lain', startsAt: TEXTS['startsAt'], endsAt: TEXTS['endsAt'] }),
  [`POST ${M}/mute`]: (side) => ({ member: member(side) }),
  [`POST ${M}/turns`]: (side) => ({ member: member(side) }),
  [`PUT ${M}/spotlight`]: (side) => ({ spotlight: [{ member: member(side), what: 'orang' }] }),
  'POST /api/join': ({ fields }) => ({ meetingId: fields['meetingId'] }),
  'POST /api/lobby': ({ fields }) => ({ meetingId: fields['meetingId'] }),
  'POST /api/lobby/knocks': ({ fields }) => ({ meetingId: fields['meetingId'], name: 'Rahmat Baru', institution: 'Yayasan Baru' }),
  [`POST ${M}/lobby/decisions`]: ({ ids }) => ({ act: 'izinkan', knocks: [{ id: ids['lobby/knocks/:id'], round: 1 }] }),
  [`POST ${T}/lines`]: () => ({ lines: [{ key: KEY, speaker: null, text: 'Selamat pagi', from: '2026-11-23T02:00:05.000Z', to: '2026-11-23T02:00:06.000Z' }] }),
  [`PUT ${T}/draft`]: () => ({ speaker: null }),
  [`PUT ${T}/lines/:line`]: () => ({ version: 1, text: 'Selamat pagi semua' }),
  [`PUT ${T}/captioners`]: (side) => ({ member: member(side), captions: false }),
  [`PUT ${T}/shorts`]: () => ({ forms: [{ short: 'opd', full: 'perangkat daerah' }] }),
  [`POST ${T}/confirmation`]: ({ ids }) => ({ lines: [ids['captions/:of/:id/lines/:line']] }),
  [`PUT ${M}/lobby/message`]: ({ ids }) => ({ text: 'Mohon tunggu', knock: ids['lobby/knocks/:id'] }),
  'POST /api/calls/groups': ({ fields }) => ({ choice: { positions: [], units: [], people: [fields['personId']] } }),
  'POST /api/mandates': ({ fields }) => ({ opdId: fields['opdId'], holderId: fields['chairId'] }),
  'POST /api/calls': (side) => ({ whom: whom(side), opdId: side.fields['opdId'] }),
  'POST /api/calls/preview': (side) => ({ whom: whom(side) }),
  'POST /api/calls/:id/answer': () => ({ answer: 'gabung' }),
  [`POST ${M}/uploads`]: () => ({ name: PAPER.name, type: PAPER.type, size: PAPER.bytes.byteLength }),
  [`POST ${M}/polls`]: () => ({ choices: ['Setuju', 'Tunda'] }),
  [`POST ${M}/materials`]: ({ facts }) => ({ upload: facts['slide'] }),
  [`PUT ${M}/showing`]: ({ ids }) => ({ material: ids[`${M.slice(5)}/materials/:material`] }),
  [`PUT ${M}/agenda`]: () => ({ version: 1, items: [{ text: 'Lain-lain', minutes: 5 }] }),
  [`PUT ${M}/agenda/now`]: ({ facts }) => ({ item: facts['agendaItem'], from: null }),
  [`PUT ${M}/decisions/:decision`]: () => decided,
  [`POST ${M}/decisions/:decision/reading`]: () => decided,
  [`PUT ${M}/decisions/:decision/voice`]: () => decided,
  [`POST ${M}/decisions/:decision/confirmation`]: () => decided,
  [`PUT ${M}/letters/draft`]: letter,
  [`POST ${M}/disposisi`]: ({ fields }) => ({ to: fields['personId'] }),
  'PUT /api/opds/:opd/letterhead': () => ({ template: null }),
  'POST /api/letter-classifications/import': () => ({ text: '005 Undangan' }),
  'POST /api/facilities': ({ ids }) => ({ meetingId: ids['drafts/meeting'] }),
  'POST /api/facilities/:id/decisions': ({ facts }) => ({ items: [{ id: facts['facilityItem'], state: 'ditolak', note: 'Dipakai' }] }),
  'POST /api/corrections': () => ({ about: { of: 'day', date: '2026-11-20', mark: 'hadir_wfh' } }),
  'PUT /api/export-codes': () => ({ codes: [{ key: 'WFO', code: 'H', note: null }] }),
  'POST /api/exports/:id/rejections': () => ({ rowId: '1' }),
  'POST /api/exports/:id/again': () => ({ rowId: '1' }),
  'POST /api/opds/:id/confirmations': () => ({ from: '2026-11-20', to: '2026-11-20' }),
  'POST /api/opds/:id/confirmation': () => ({ date: '2026-11-20' }),
  'POST /api/opds/:id/exports': () => ({ month: '2026-10' }),
  'POST /api/opds/:id/reckonings': () => ({ from: '2026-11-19', to: '2026-11-20' }),
  'POST /api/opds/:id/hours': () => ({ unitId: null, week: [...Array.from({ length: 5 }, () => HOURS), null, null] }),
  'POST /api/opds/:id/own-days': () => ({ hours: null }),
  'PUT /api/policies/:id': () => ({ since: '2026-12-01' }),
  'POST /api/rota/plans/:id/steps': () => decided,
  'PUT /api/rota/plans/:id/cells': ({ fields }) => ({ version: 1, cells: [{ personId: fields['personId'], date: '2027-03-01', code: 'WFO' }] }),
  'POST /api/rota/plans/:id/fill': () => ({ version: 1, from: '2027-03-01', until: '2027-03-05' }),
  'PUT /api/opds/:id/assignments/draft': (side) => ({ ...letter(side), month: '2026-11' }),
  'POST /api/opds/:id/assignments': () => ({ month: '2026-11', reason: null }),
  [`PUT ${C}`]: ({ facts }) => ({ version: facts['conference'] }),
  [`POST ${C}/crew`]: ({ fields }) => ({ who: { kind: 'person', id: fields['chairId'] } }),
  [`PUT ${C}/crew`]: ({ facts }) => ({ order: facts['crew'] }),
  [`PUT ${C}/checks/:name`]: () => ({ done: true }),
  [`POST ${C}/state`]: () => ({ to: 'selesai' }),
  [`PUT ${C}/kit`]: () => ({ embargoAt: null }),
  [`PUT ${C}/kit/items/:item`]: ({ facts }) => ({ version: facts['kitItem'] }),
  [`POST ${C}/kit/items/:item/file`]: () => ({ name: 'data.csv', type: 'text/csv', size: csv().byteLength }),
  'PUT /api/journalists/:id/accreditation': () => ({ validUntil: '2027-12-31' }),
  'POST /api/retention/holds': ({ fields }) => ({ kind: 'person', target: fields['personId'] }),
  'POST /api/ledger/root-comparison': () => ({ root: '0'.repeat(64) }),
};
const NOTICES = ['rapat', 'pengingat', 'ruang_tunggu', 'tugas', 'notulen', 'konferensi', 'fasilitas', 'presensi', 'jadwal', 'akun'];
/** Bodies that are no JSON. */
const RAW: Record<string, string | Uint8Array> = {
  [`PUT ${M}/uploads/:upload/parts/:part`]: new TextEncoder().encode('%PDF-1.7\n'),
  [`PUT ${C}/kit/uploads/:upload/parts/:part`]: new Uint8Array(csv()),
  'POST /api/people/import': 'nama;nip;opd\nSiti Baru;198501012010012998;Dinsos\n',
  'POST /api/exports/:id/rejections.csv': 'nip;tanggal;alasan\n198501012010012998;2026-11-20;Salah kode\n',
  'POST /api/holidays/reading': 'tanggal;nama;jenis;dasar\n2027-01-01;Tahun Baru;nasional;SKB\n',
};
/** What stands behind the question mark. */
export const QUERY: Record<string, Record<string, string>> = {
  'POST /api/correction-files': { name: 'bukti.pdf' },
  'POST /api/opds/:id/machine/preview': { name: 'mesin.csv' },
  'POST /api/opds/:id/machine/imports': { name: 'mesin.csv' },
  'PUT /api/policies/:id/file': { name: 'se.pdf' },
};
/** Parameters that name no object. */
export const WORDS: Ids = {
  'captions/:of': 'rapat',
  'factor-rules/:role': 'admin_opd',
  'ladders/:sifat': 'segera',
  'letter-classifications/:code': '005',
  'meetings/:id/uploads/:upload/parts/:part': '0',
  'conferences/:id/kit/uploads/:upload/parts/:part': '0',
  'conferences/:id/checks/:name': 'suara',
  'retention/classes/:key': 'rapat',
};

/** What is known of an office's objects only once they are made: numbers of versions, parts of parts. */
export async function factsOf(sql: Sql, ids: Ids): Promise<Record<string, unknown>> {
  const one = async (query: Promise<Record<string, unknown>[]>): Promise<unknown> => Object.values((await query)[0] ?? {})[0];
  const [meeting, conference] = [ids['meetings/:id']!, ids['conferences/:id']!];
  return {
    meeting: await one(sql`select version from meetings.meeting where id = ${meeting}`),
    conference: await one(sql`select version from press.conference where id = ${conference}`),
    crew: (await sql<{ id: string }[]>`select id from press.crew where conference_id = ${conference} and removed_at is null order by role, place`).map(
      ({ id }) => id,
    ),
    kitItem: await one(sql`select version from press.kit_item where id = ${ids['conferences/:id/kit/items/:item']!}`),
    facilityItem: await one(sql`select id from facilities.item where request_id = ${ids['facilities/:id']!}`),
    agendaItem: await one(sql`select items->0->>'id' from proceedings.agenda where meeting_id = ${meeting} order by version desc limit 1`),
  };
}

export function bodyOf(endpoint: Endpoint, side: Side): unknown {
  if (!endpoint.body) return undefined;
  const raw = RAW[nameOf(endpoint)];
  if (raw !== undefined) return raw;
  if (endpoint.bodyType !== undefined && endpoint.bodyType !== 'application/json') return 'a;b\n1;2\n';
  const least = leastOf(schemaOf(endpoint), 'body', side);
  return least !== null && typeof least === 'object' && !Array.isArray(least) ? { ...least, ...BY_HAND[nameOf(endpoint)]?.(side) } : least;
}
