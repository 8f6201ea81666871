// Who may write what: every route that writes × everybody who could ask × the own office's object, the other office's, one of nobody, one that is not
// announced, one that is over, another's part of the own, and another's ids in the body; one line a route in write-matrix.golden.txt (`GOLDEN=write`
// writes it anew). What each request wrote is taken back before the next, and whoever is refused has written nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postConferenceState } from '../../shared/press.ts';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { CALLERS, type CallerName, type Ids } from '../support/everyone.ts';
import { bodyOf, nameOf, WORDS, type Side } from '../support/writes.ts';
import { openWriting, type Writing } from '../support/written.ts';

const GOLDEN = new URL('write-matrix.golden.txt', import.meta.url);
/** To whom the first office's objects are their own; to the other three of an office they are foreign. */
const OF_THE_FIRST: readonly CallerName[] = ['guest', 'staff', 'admin', 'head'];
const OF_THE_SECOND: readonly CallerName[] = ['otherStaff', 'otherAdmin', 'otherHead'];
const SIGNS: Record<string, string> = { 400: 'v', 401: '1', 403: '3', 404: '4', 409: 'c', 410: 'g', 413: 'b', 415: 't', 428: 'n', 429: 'l', 503: 'u' };

/** Foreign, and answered otherwise than an id of nobody: why. */
const OPEN: Record<string, string> = Object.fromEntries(
  ['registration', 'join', 'ticket', 'leave'].map((what) => [`POST /api/press/:slug/${what}`, 'The public side of a conference that was announced.']),
);
/** The other office's ids in the body are taken by somebody of the first: why. */
const CROSSES: Record<string, string> = {
  'POST /api/positions/:id/holdings': 'A Plt may come from another office.',
  ...Object.fromEntries(
    ['/now', '', '/:id/invitations', '/:id/plan/invitations'].map((what) => [`POST /api/meetings${what}`, 'Meetings invite people of every office.']),
  ),
  ...Object.fromEntries(
    ['conflicts', 'times'].map((what) => [`POST /api/planning/${what}`, 'Whoever invites sees when people are free: busy or not, no more.']),
  ),
  'POST /api/lobby': 'Whoever has the address of a meeting may ask to be let in.',
  'POST /api/lobby/knocks': 'Whoever has the address of a meeting may ask to be let in.',
  'POST /api/calls/preview': 'A call goes to any office; who may place it is decided when it is placed.',
  'POST /api/calls/groups': 'An own list of people of any office.',
};
/** Refused, and yet the days it was asked about were reckoned first from what the log holds, as whoever looks at them does. */
const RECKONS: readonly string[] = ['POST /api/opds/:id/confirmations'];
/** Nobody gets through with what the world holds: the test that does it. */
const ELSEWHERE: Record<string, string> = {
  'POST /api/session': 'totp.test.ts',
  'POST /api/session/oidc/start': 'oidc.test.ts',
  'POST /api/session/oidc': 'oidc.test.ts',
  'POST /api/session/code': 'totp.test.ts',
  'POST /api/session/password': 'people.test.ts',
  'POST /api/factors/totp/confirm': 'totp.test.ts',
  'POST /api/factors/recovery-codes': 'totp.test.ts',
  'POST /api/me/fresh': 'totp.test.ts',
  'POST /api/people/:id/factors/away': 'totp.test.ts',
  'POST /api/session/passkey/start': 'passkeys.test.ts',
  'POST /api/session/passkey': 'passkeys.test.ts',
  'POST /api/session/step/passkey/start': 'passkeys.test.ts',
  'POST /api/session/step/passkey': 'passkeys.test.ts',
  'POST /api/me/fresh/passkey/start': 'passkeys.test.ts',
  'POST /api/me/fresh/passkey': 'passkeys.test.ts',
  'POST /api/factors/passkeys/start': 'passkeys.test.ts',
  'POST /api/factors/passkeys': 'passkeys.test.ts',
  'DELETE /api/factors/passkeys/:id': 'passkeys.test.ts',
  'POST /api/setup': 'sessions-password.test.ts',
  'DELETE /api/opds/:id': 'people-office.test.ts',
  'POST /api/mail/trial': 'mail.test.ts',
  'POST /api/push/devices': 'web-push.test.ts',
  'POST /api/push/devices/:id/trial': 'web-push.test.ts',
  'POST /api/push/rings/:id': 'web-push.test.ts',
  'POST /api/gateways/:id/trial': 'gateways.test.ts',
  'POST /api/gateways/:id/reports': 'notifications.test.ts',
  'POST /api/livekit/webhook': 'webhook.test.ts',
  'DELETE /api/lobby/knocks/:id': 'lobby.test.ts',
  'POST /api/mandates': 'call-desk.test.ts',
  'POST /api/calls/:id/seats/:seat/next': 'calls.test.ts',
  'POST /api/meetings/:id/materials': 'materials.test.ts',
  'PUT /api/meetings/:id/decisions/:decision/voice': 'proceedings.test.ts',
  'POST /api/meetings/:id/decisions/:decision/confirmation': 'proceedings.test.ts',
  'PUT /api/meetings/:id/roll-call/:member': 'proceedings.test.ts',
  'PUT /api/opds/:opd/letterhead/logo': 'letter-numbers.test.ts',
  'POST /api/letter-classifications/import': 'letter-numbers.test.ts',
  'POST /api/meetings/:id/disposisi': 'invitations.test.ts',
  'DELETE /api/meetings/:id/disposisi/:disposisi': 'invitations.test.ts',
  'POST /api/meetings/:id/disposisi/:disposisi/return': 'invitations.test.ts',
  'PUT /api/meetings/:id/invitations/:invitation/answer': 'invitations.test.ts',
  'POST /api/correction-files': 'corrections.test.ts',
  'POST /api/corrections': 'corrections.test.ts',
  'POST /api/opds/:id/confirmation': 'confirmations.test.ts',
  'POST /api/opds/:id/confirmations': 'confirmations.test.ts',
  'POST /api/exports/:id/rejections': 'sihadir.test.ts',
  'POST /api/exports/:id/rejections.csv': 'sihadir.test.ts',
  'POST /api/exports/:id/again': 'sihadir.test.ts',
  'POST /api/opds/:id/machine/imports': 'machine.test.ts',
  'POST /api/opds/:id/machine/decisions': 'machine.test.ts',
  'POST /api/meetings/:id/minutes/proposals': 'minutes.test.ts',
  'POST /api/meetings/:id/minutes/proposals/:proposal/ruling': 'minutes.test.ts',
  'POST /api/meetings/:id/minutes/approval': 'minutes.test.ts',
  'POST /api/tasks/:id/done': 'tasks.test.ts',
  'POST /api/tasks/:id/cancel': 'tasks.test.ts',
  'PUT /api/me/calendar-feed': 'rota-feed.test.ts',
  'POST /api/opds/:id/hours/withdrawals': 'hours.test.ts',
  'PUT /api/policies/:id/file': 'policies.test.ts',
  'POST /api/rota/plans/:id/steps': 'rota.test.ts',
  'PUT /api/rota/plans/:id/overrides': 'rota.test.ts',
  'POST /api/rota/plans/:id/corrections': 'rota.test.ts',
  'POST /api/rota/swaps': 'rota-races.test.ts',
  'POST /api/opds/:id/assignments': 'recap-from-log.test.ts',
  'POST /api/rota/generations/:id/end': 'rota-generator.test.ts',
  'POST /api/rota/generations/:id/taken': 'rota-generator.test.ts',
  'PUT /api/conferences/:id/checks/:name': 'press-conference.test.ts',
  'POST /api/press/pass': 'press-pass.test.ts',
  'POST /api/press/:slug/questions': 'press-floor.test.ts',
  'DELETE /api/press/:slug/questions/:question': 'press-floor.test.ts',
  'POST /api/conferences/:id/questions/:question/screening': 'press-floor.test.ts',
  'POST /api/conferences/:id/questions/:question/move': 'press-floor.test.ts',
  'POST /api/conferences/:id/kit/uploads/:upload': 'press-kit.test.ts',
  'PUT /api/captions/:of/:id/publication': 'captions.test.ts',
  'PUT /api/retention/classes/:key': 'retention.test.ts',
};

/** Who was removed in the request before may still be on the way out of the room when it has ended. */
const STILL_LEAVING = 'POST /api/press/:slug/join';

type Row = Record<'own' | 'other' | 'nobody' | 'draft' | 'ended' | 'part' | 'body', string>;
const rows = new Map<string, Row>();
const [foreign, parts, crossed, wrote, broken]: [string[], string[], string[], string[], string[]] = [[], [], [], [], []];
let w: Writing;
let asked = 0;

beforeAll(async () => {
  w = await openWriting();
  for (const endpoint of w.endpoints) rows.set(nameOf(endpoint), await walk(endpoint));
  await w.all.clients.head.call(postMeetingEnd, { params: { id: w.own.ids['meetings/:id']! } });
  await w.all.clients.operator.call(postConferenceState, { params: { id: w.own.ids['conferences/:id']! }, body: { to: 'selesai' } });
  await w.undo.keep();
  for (const endpoint of w.endpoints.filter((one) => w.keysOf(one).some((key) => key in w.all.own.drafts) && nameOf(one) !== STILL_LEAVING)) {
    const row = rows.get(nameOf(endpoint))!;
    for (const [n, caller] of CALLERS.entries()) row.ended += '13'.includes(row.own[n]!) ? row.own[n]! : await sign(caller, endpoint, w.own.ids, w.own);
  }
}, 600_000);
afterAll(() => w.close());

async function walk(endpoint: Writing['endpoints'][number]): Promise<Row> {
  const name = nameOf(endpoint);
  const keys = w.keysOf(endpoint);
  const row: Row = { own: '', other: '', nobody: '', draft: '', ended: '', part: '', body: '' };
  const part = keys.at(-1) ?? '';
  const hasPart = keys.filter((key) => !(key in WORDS)).length > 1 && part in w.own.ids;
  const bodies = [bodyOf(endpoint, w.own), bodyOf(endpoint, { ...w.own, fields: w.other.fields })];
  for (const caller of CALLERS) {
    const own = await sign(caller, endpoint, w.own.ids, w.own);
    row.own += own;
    // Whoever is refused before any object is looked for is so for each.
    const same = own === '1' || own === '3' ? own : null;
    const nobody = keys.length === 0 ? '-' : (same ?? (await sign(caller, endpoint, w.nobodys, w.own)));
    row.nobody += nobody;
    if (OF_THE_FIRST.includes(caller) && keys.length > 0) {
      const other = same ?? (await sign(caller, endpoint, w.other.ids, w.other));
      row.other += other;
      if (other !== nobody && !(name in OPEN)) foreign.push(`${name} by ${caller}: ${other}, of nobody ${nobody}`);
    }
    if (OF_THE_SECOND.includes(caller) && keys.length > 0 && own !== nobody && !(name in OPEN))
      foreign.push(`${name} by ${caller}: ${own}, of nobody ${nobody}`);
    if (keys.some((key) => key in w.all.own.drafts)) row.draft += same ?? (await sign(caller, endpoint, w.draft.ids, w.draft));
    if (hasPart) {
      const others = same ?? (await sign(caller, endpoint, { ...w.own.ids, [part]: w.other.ids[part]! }, w.own));
      const nobodys = same ?? (await sign(caller, endpoint, { ...w.own.ids, [part]: w.nobodys[part]! }, w.own));
      row.part += others;
      if (others !== nobodys) parts.push(`${name} by ${caller}: ${others}, of nobody ${nobodys}`);
    }
    if (JSON.stringify(bodies[0]) !== JSON.stringify(bodies[1])) {
      const taken = same ?? (await sign(caller, endpoint, w.own.ids, { ...w.own, fields: w.other.fields }));
      row.body += taken;
      if (taken === '2' && OF_THE_FIRST.includes(caller) && !(name in CROSSES)) crossed.push(`${name} by ${caller}`);
    }
  }
  return row;
}

async function sign(caller: CallerName, endpoint: Writing['endpoints'][number], ids: Ids, side: Side): Promise<string> {
  const ask = () => w.ask(caller, endpoint, { ids, body: bodyOf(endpoint, side) });
  const { status, text, changes: first } = await ask();
  // What the request before this one still had to do is done by the second time.
  const changes = status >= 400 && first.length > 0 ? (await ask()).changes : first;
  asked += 1;
  const reckoned = RECKONS.includes(nameOf(endpoint)) && changes.every(({ table }) => table.startsWith('attendance.'));
  if (status >= 400 && changes.length > 0 && !reckoned)
    wrote.push(`${nameOf(endpoint)} by ${caller}: ${status} ${changes.map(({ table, op }) => `${op} ${table}`).join(', ')}`);
  if (status >= 500 && status !== 503) broken.push(`${nameOf(endpoint)} by ${caller}: ${status} ${text}`);
  // A role that is missing says nothing of the object: told apart from a refusal that does.
  // Two rosters at once are drawn up in a process, and those of the requests before go on: it would have been one more.
  return status < 300 || text.includes('generator.busy') ? '2' : status === 403 && !text.includes('role.missing') ? 'F' : (SIGNS[status] ?? String(status));
}

test('nothing breaks, and whoever is refused has changed no row of any table', () => {
  expect(broken).toEqual([]);
  expect(wrote).toEqual([]);
  expect(asked).toBeGreaterThan(5000);
});
test('what is another office’s is as if it were not there, whole and in parts', () => {
  expect(foreign).toEqual([]);
  expect(parts).toEqual([]);
});
test('another office’s ids in a body are taken only where offices work together', () => expect(crossed).toEqual([]));
test('every route that writes lets somebody through here, or in the test that is named', () => {
  const never = [...rows].filter(([, row]) => !Object.values(row).some((signs) => signs.includes('2'))).map(([name]) => name);
  expect(never.filter((name) => !(name in ELSEWHERE))).toEqual([]);
  expect(Object.keys(ELSEWHERE).filter((name) => !never.includes(name))).toEqual([]);
  expect(Object.values(ELSEWHERE).filter((file) => !existsSync(new URL(file, import.meta.url)))).toEqual([]);
});
test('whoever writes may do what the table says', () => {
  const lines = [
    `# ${CALLERS.join(' ')}`,
    '# own | other (guest staff admin head) | nobody | not announced | over | part of the other | ids of the other in the body',
    '# 2 done, 1 no session, 3 role missing, 4 not found, F refused, v input, c conflict, g gone, t type, n notice, - none',
    ...[...rows].map(([name, { own, other, nobody, draft, ended, part, body }]) =>
      [name, own, other, nobody, draft, ended, part, body].map((one) => one || '-').join(' | '),
    ),
  ];
  const table = `${lines.join('\n')}\n`;
  if (process.env['GOLDEN'] === 'write') writeFileSync(GOLDEN, table);
  expect(table).toBe(readFileSync(GOLDEN, 'utf8'));
});
