// Nobody reads a list of people without a line in the access log: every endpoint that is served is looked at.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Endpoint } from '../../shared/endpoint.ts';
import { postCaptions, putCaptioner } from '../../shared/captions.ts';
import { postCall } from '../../shared/calls.ts';
import { postChat } from '../../shared/chat.ts';
import { postMeetingNow } from '../../shared/meetings.ts';
import { getMyData } from '../../shared/privacy.ts';
import { portalItself } from '../../server/people/index.ts';
import { isFile } from '../../server/platform/serve.ts';
import { signIn } from '../support/cast.ts';
import { asks, handsIn, heldMeeting, meetingClaim } from '../support/correction.ts';
import { plannedConference, registers } from '../support/press.ts';
import type { Client, World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

type Setting = Awaited<ReturnType<typeof everybodyIn>>;
type Asking = (s: Setting) => { by: keyof Setting['browsers']; params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

async function everybodyIn() {
  const setting = await heldMeeting();
  const { world, cast, sari, as } = setting;
  worlds.push(world);
  const file = await handsIn(sari);
  const correction = await asks(sari, meetingClaim(setting.meeting.id), { fileId: file.id });
  const invite = { people: [cast.staf.id], positions: [], units: [], guests: [] };
  const running = await setting.chair.call(postMeetingNow, { body: { title: 'Rapat lanjutan', sifat: 'biasa', invite } });
  await setting.chair.call(postChat, { params: { id: running.id }, body: { text: 'Selamat pagi', key: randomUUID() } });
  await sari.call(postChat, { params: { id: running.id }, body: { text: 'Selamat pagi, Ibu', key: randomUUID() } });
  await world.app.letters.takeNumber(world.sql, {
    opdId: cast.opds.dinsos.id,
    series: 'undangan',
    classification: '005',
    day: cast.today,
    subject: 'Rapat',
    byId: cast.adminDinsos.id,
  });
  const [batch] = await world.sql<{ id: string }[]>`
    insert into attendance.export_batch (opd_id, opd_name, month, serial, row_count, sha256, made_by, made_by_name, made_at)
    values (${cast.opds.dinsos.id}, 'Dinas Sosial', '2026-11', 1, 1, ${'0'.repeat(64)}, ${cast.adminDinsos.id}, ${cast.adminDinsos.name}, ${world.clock.now()}) returning id`;
  await world.sql`
    insert into attendance.export_row (batch_id, no, person_id, date, revision, nip, name, code, confirmed_by, confirmed_at)
    values (${batch!.id}, 1, ${cast.staf.id}, '2026-11-20', 0, ${cast.staf.nip}, ${cast.staf.name}, 'WFH', ${cast.kepala.name}, ${world.clock.now()})`;
  const kabid = cast.kabid.positionId ?? '';
  const inForce = { from: cast.today, until: null, basis: 'Surat Perintah 821.3/219/2026' };
  await world.app.people.appoint(portalItself, kabid, { personId: cast.stafKantor.id, kind: 'plh', ...inForce });
  const urgent = await setting.chair.call(postCall, { body: urgentCall(kabid) });
  const [seat] = urgent.seats;
  const call = { id: urgent.id, seat: seat?.id ?? '', callee: seat?.rung[0]?.id ?? '' };
  const press = await plannedConference(world, cast, { state: 'registrasi' });
  const journalist = await registers(world, press, { name: 'Sari Pena', outlet: 'Radar Uji' });
  const aired = await plannedConference(world, cast, { state: 'tayang', plan: { title: 'Pasar murah' } });
  await registers(world, aired, { name: 'Joko Tinta', outlet: 'Kabar Uji' });
  world.clock.advance(5_000);
  const captioned = { of: 'rapat', id: running.id } as const;
  await setting.chair.call(putCaptioner, { params: captioned, body: { member: `p_${cast.staf.id}`, captions: true } });
  const at = world.clock.now().toISOString();
  const line = { key: randomUUID(), speaker: { member: `p_${cast.staf.id}` }, text: 'Selamat pagi', from: at, to: at };
  await sari.call(postCaptions, { params: captioned, body: { lines: [line] } });
  const browsers = { chair: setting.chair, admin: await as(cast.adminDinsos), bkd: await as(cast.bkd), sari, operator: press.operator };
  return { ...setting, browsers, press, journalist, aired, correction, running, batch: { id: batch!.id }, call };
}

const urgentCall = (positionId: string) => ({
  key: randomUUID(),
  subject: 'Banjir',
  sifat: 'biasa' as const,
  whom: { people: [], positions: [positionId], units: [], groups: [], dutyOf: [] },
});
const called: Asking = (s) => ({ by: 'chair', params: { id: s.call.id } });

const meeting: Asking = (s) => ({ by: 'chair', params: s.id });
const opd: Asking = (s) => ({ by: 'admin', params: { id: s.cast.opds.dinsos.id } });
const month = { month: '2026-11', purpose: 'Pemeriksaan presensi bulanan' };
const opdMonth: Asking = (s) => ({ ...opd(s), query: month });
const regionMonth: Asking = () => ({ by: 'bkd', query: month });
const batch: Asking = (s) => ({ by: 'admin', params: s.batch });
const mine: Asking = () => ({ by: 'sari' });
/** Read by the chair, in which somebody else speaks. */
const transcript: Asking = (s) => ({ by: 'chair', params: { of: 'rapat', id: s.running.id } });

/** How each list is asked for, by somebody who may. In this order: a final sheet is made before it is downloaded. */
const askings: Record<string, Asking> = {
  'POST /api/meetings/:id/attendance/final': meeting,
  'GET /api/meetings/:id/attendance': meeting,
  'GET /api/meetings/:id/attendance.csv': meeting,
  'GET /api/meetings/:id/attendance.pdf': meeting,
  'GET /api/meetings/:id/attendance.xlsx': meeting,
  'GET /api/meetings/:id/invitations': meeting,
  'GET /api/meetings/:id/answers': meeting,
  'GET /api/meetings/:id/readiness': meeting,
  'GET /api/meetings/:id/chat.txt': (s) => ({ by: 'chair', params: { id: s.running.id } }),
  'GET /api/opds/:opd/letter-numbers.csv': (s) => ({ by: 'admin', params: { opd: s.cast.opds.dinsos.id } }),
  'POST /api/meetings/:id/invitations': (s) => ({ by: 'chair', params: { id: s.running.id }, body: { people: [s.cast.stafKantor.id] } }),
  'GET /api/opds/:id/day': opd,
  'GET /api/opds/:id/confirmations': (s) => ({ ...opd(s), query: { from: '2026-11-16', to: '2026-11-22' } }),
  'GET /api/corrections': () => ({ by: 'admin' }),
  'GET /api/corrections/:id/file': (s) => ({ by: 'admin', params: { id: s.correction.id } }),
  'GET /api/people': () => ({ by: 'sari', query: { q: 'Dinas' } }),
  'GET /api/positions': () => ({ by: 'sari' }),
  'GET /api/opds/:id/recap': opdMonth,
  'GET /api/opds/:id/recap.csv': opdMonth,
  'GET /api/opds/:id/recap.pdf': opdMonth,
  'GET /api/opds/:id/recap.xlsx': opdMonth,
  'GET /api/recap.csv': regionMonth,
  'GET /api/recap.xlsx': regionMonth,
  'GET /api/exports/:id': batch,
  'GET /api/exports/:id/rows.csv': batch,
  'GET /api/exports/:id/rows.xlsx': batch,
  'POST /api/calls': (s) => ({ by: 'chair', body: urgentCall(s.cast.kabid.positionId ?? '') }),
  'GET /api/calls/:id': called,
  'POST /api/calls/:id/callees/:callee/again': (s) => {
    s.world.clock.advance(10_000);
    return { by: 'chair', params: s.call };
  },
  'POST /api/calls/:id/seats/:seat/next': (s) => ({ by: 'chair', params: s.call }),
  'POST /api/calls/:id/cancel': called,
  'GET /api/meetings/:id/proceedings': (s) => ({ by: 'bkd', params: s.id }),
  'GET /api/meetings/:id/minutes': meeting,
  'GET /api/meetings/:id/minutes.pdf': meeting,
  'POST /api/calls/preview': (s) => ({ by: 'chair', body: { whom: { people: [s.cast.staf.id] } } }),
  'GET /api/conferences/:id/registrations': (s) => ({ by: 'operator', params: s.press.params }),
  'GET /api/journalists': () => ({ by: 'operator' }),
  'GET /api/journalists/:id/data.json': (s) => ({ by: 'operator', params: { id: s.journalist.id } }),
  'GET /api/conferences/:id/report.pdf': (s) => ({ by: 'operator', params: s.aired.params }),
  'GET /api/captions/:of/:id/captions.vtt': transcript,
  'GET /api/captions/:of/:id/transcript': transcript,
  'GET /api/captions/:of/:id/transcript.docx': transcript,
  'GET /api/captions/:of/:id/transcript.txt': transcript,
  'GET /api/me/data': mine,
  'GET /api/me/data.json': mine,
  'GET /api/me/data.pdf': mine,
};

const IN_THE_MEETING = 'an act of who belongs to the meeting, itself on record; answers what the room shows its members';
const ON_THE_MINUTES = 'an act on minutes whose reading left its line, itself on record';
const IN_THE_PRESS_ROOM =
  'who speaks at a press conference, and who waits to ask, is told to everybody who watches; names and words only to the moderator, whose acts are on record';
const PUBLISHED = 'published for everybody, or the same before its time for the desk; nobody is in it but who speaks in public';
const WHOM_IT_FINDS = 'leaves a line that names whom it found not free, and none where it found nobody (tests/api/planning.test.ts)';
const ON_THE_CREW = 'the crew of a press conference, told to its operators and itself; its public page names them to everybody';
const IN_THE_ROSTERS = 'leaves a line (tests/api/rota-matrix.test.ts)';
const ON_THE_ROSTER = 'an act on a roster whose reading left its line, itself on record; or what was changed in it since';
/** What needs no line here, and why. */
const unlogged: Record<string, string> = {
  'GET /api/meetings/:id/room': 'who is in a room sees who else is in it; the notice says so, and each of them is on the list of attendance',
  'PUT /api/meetings/:id/agenda': IN_THE_MEETING,
  'PUT /api/meetings/:id/notulis': IN_THE_MEETING,
  'PUT /api/meetings/:id/quorum': IN_THE_MEETING,
  'POST /api/meetings/:id/decisions': IN_THE_MEETING,
  'PUT /api/meetings/:id/decisions/:decision': IN_THE_MEETING,
  'POST /api/meetings/:id/decisions/:decision/reading': IN_THE_MEETING,
  'DELETE /api/meetings/:id/decisions/:decision/reading': IN_THE_MEETING,
  'PUT /api/meetings/:id/decisions/:decision/voice': IN_THE_MEETING,
  'POST /api/meetings/:id/decisions/:decision/confirmation': IN_THE_MEETING,
  'POST /api/meetings/:id/decisions/:decision/revocation': IN_THE_MEETING,
  'POST /api/meetings/:id/roll-call': IN_THE_MEETING,
  'PUT /api/meetings/:id/roll-call/:member': IN_THE_MEETING,
  'PUT /api/meetings/:id/minutes/writers': ON_THE_MINUTES,
  'POST /api/meetings/:id/minutes/correction': ON_THE_MINUTES,
  'POST /api/meetings/:id/minutes/proposals': ON_THE_MINUTES,
  'POST /api/meetings/:id/minutes/proposals/:proposal/ruling': ON_THE_MINUTES,
  'POST /api/meetings/:id/minutes/approval': ON_THE_MINUTES,
  'POST /api/conferences': ON_THE_CREW,
  'GET /api/conferences/:id': ON_THE_CREW,
  'PUT /api/conferences/:id': ON_THE_CREW,
  'POST /api/conferences/:id/crew': ON_THE_CREW,
  'PUT /api/conferences/:id/crew': ON_THE_CREW,
  'DELETE /api/conferences/:id/crew/:crew': ON_THE_CREW,
  'POST /api/conferences/:id/crew/:crew/link': ON_THE_CREW,
  'POST /api/conferences/:id/state': ON_THE_CREW,
  'POST /api/conferences/:id/cancellation': ON_THE_CREW,
  'GET /api/press/:slug/room': IN_THE_PRESS_ROOM,
  'GET /api/press/:slug/floor': IN_THE_PRESS_ROOM,
  'POST /api/press/:slug/questions': IN_THE_PRESS_ROOM,
  'POST /api/press/:slug/questions/:question/raise': IN_THE_PRESS_ROOM,
  'DELETE /api/press/:slug/questions/:question': IN_THE_PRESS_ROOM,
  'POST /api/press/:slug/floor/return': IN_THE_PRESS_ROOM,
  'POST /api/conferences/:id/questions/:question/screening': IN_THE_PRESS_ROOM,
  'POST /api/conferences/:id/questions/:question/move': IN_THE_PRESS_ROOM,
  'POST /api/conferences/:id/questions/:question/floor': IN_THE_PRESS_ROOM,
  'POST /api/conferences/:id/turns/:turn/release': IN_THE_PRESS_ROOM,
  'POST /api/conferences/:id/turns/:turn/follow-up': IN_THE_PRESS_ROOM,
  'PUT /api/meetings/:id/agenda/now': IN_THE_MEETING,
  'GET /api/meetings/:id/chat': IN_THE_MEETING,
  'GET /api/meetings/:id/chat/:message/file': 'what somebody put into the chat, for those it was put there for',
  'GET /api/meetings/:id/materials': IN_THE_MEETING,
  'POST /api/meetings/:id/materials': IN_THE_MEETING,
  'DELETE /api/meetings/:id/materials/:material': IN_THE_MEETING,
  'GET /api/meetings/:id/materials/:material/file': 'what is shown in the meeting, for those who belong to it',
  'PUT /api/meetings/:id/showing': IN_THE_MEETING,
  'PUT /api/meetings/:id/presenters/:member': IN_THE_MEETING,
  'GET /api/meetings/:id/link-asks':
    'who asks to move to another device, told to the owner of the link and to who leads the meeting; each yes and no is on record',
  'GET /api/meetings/:id/invitation.ics': 'the own invitation; nobody else is in it',
  'GET /api/meetings/:id/letters/:letter/pdf': 'the letter that was sent to those it names',
  'GET /api/meetings/:id/letters/draft.pdf': 'a draft of what the screen shows, whose reading left its line',
  'GET /api/duty': IN_THE_ROSTERS,
  'GET /api/opds/:id/machine': IN_THE_ROSTERS,
  'GET /api/opds/:id/machine/cases': IN_THE_ROSTERS,
  'GET /api/opds/:id/function-groups': IN_THE_ROSTERS,
  'GET /api/opds/:id/rota': IN_THE_ROSTERS,
  'GET /api/opds/:id/absences': IN_THE_ROSTERS,
  'GET /api/opds/:id/rota/recap': IN_THE_ROSTERS,
  'GET /api/opds/:id/rota/recap/differences': IN_THE_ROSTERS,
  'GET /api/opds/:id/rota/recap/differences.csv': IN_THE_ROSTERS,
  'GET /api/opds/:id/rota/recap.csv': IN_THE_ROSTERS,
  'GET /api/opds/:id/rota/recap.xlsx': IN_THE_ROSTERS,
  'GET /api/rota/recap.csv': IN_THE_ROSTERS,
  'GET /api/opds/:id/assignments': IN_THE_ROSTERS,
  'GET /api/assignments/:id/pdf': IN_THE_ROSTERS,
  'POST /api/opds/:id/machine/imports/:importId/withdrawal': ON_THE_ROSTER,
  'PUT /api/opds/:id/machine/pins': ON_THE_ROSTER,
  'POST /api/opds/:id/function-groups': ON_THE_ROSTER,
  'POST /api/function-groups/:id/end': ON_THE_ROSTER,
  'PUT /api/opds/:id/health-flags': ON_THE_ROSTER,
  'PUT /api/rota/plans/:id/cells': ON_THE_ROSTER,
  'GET /api/rota/plans/:id/cells': ON_THE_ROSTER,
  'GET /api/rota/plans/:id/changes': ON_THE_ROSTER,
  'POST /api/rota/plans/:id/fill': ON_THE_ROSTER,
  'PUT /api/opds/:id/assignments/draft': ON_THE_ROSTER,
  'POST /api/opds/:id/assignments': ON_THE_ROSTER,
  'GET /api/opds/:id/assignments/draft.pdf': ON_THE_ROSTER,
  'POST /api/rota/plans/:id/generation': ON_THE_ROSTER,
  'GET /api/rota/plans/:id/generation': ON_THE_ROSTER,
  'POST /api/rota/generations/:id/end': ON_THE_ROSTER,
  'POST /api/rota/generations/:id/taken': ON_THE_ROSTER,
  'GET /api/me/home': 'the own day; colleagues only by who is on duty, and for who leads by numbers',
  'GET /api/me/rota': 'the own month, and who is on duty beside oneself',
  'GET /api/policies/:id/file': 'nobody is in it',
  'POST /api/planning/conflicts': WHOM_IT_FINDS,
  'POST /api/planning/times': WHOM_IT_FINDS,
  'GET /api/opds/:opd/letterhead/logo': 'nobody is in it',
  'GET /api/readiness/bytes': 'nobody is in it',
  'GET /kalender/:file': 'the own calendar, for who holds its secret',
  'GET /api/press/kit/:item/:name': PUBLISHED,
  'GET /api/press/kit/:item/thumb.webp': PUBLISHED,
  'GET /api/press/:slug/kit.zip': PUBLISHED,
  'GET /api/conferences/:id/kit/items/:item/file': PUBLISHED,
  'GET /pers': PUBLISHED,
  'GET /pers/:slug': PUBLISHED,
  'GET /pers/jadwal.ics': PUBLISHED,
  'GET /pers/:slug/acara.ics': PUBLISHED,
  'GET /pers/rss.xml': PUBLISHED,
  'POST /api/positions': 'an act on one position, itself on record',
  'POST /api/positions/:id/holdings': 'an act on one position, itself on record',
  'POST /api/holdings/:id/end': 'an act on one position, itself on record',
  'GET /api/people/import/template.csv': 'nobody is in it',
  'GET /api/outages.pdf': 'nobody is in it',
  'GET /api/captions/:of/:id/desk': 'who may speak in a room, told to who captions it and to those who lead it',
  'GET /api/captions/:of/:id/captioners': 'who captions, and members who could: told to those who lead the room they are in',
  'PUT /api/captions/:of/:id/captioners': IN_THE_MEETING,
  'GET /api/retention.csv': 'numbers of rows only',
  'GET /api/docs': 'nobody is in it',
  'GET /metrics': 'figures; nobody is in it',
};

test('every reply that lists people leaves a line that names who read it', async () => {
  const setting = await everybodyIn();
  const { world, browsers } = setting;
  const ids = {
    chair: setting.cast.kepala.id,
    admin: setting.cast.adminDinsos.id,
    bkd: setting.cast.bkd.id,
    sari: setting.cast.staf.id,
    operator: setting.cast.operator.id,
  };
  const served = new Map(world.app.routes.map(({ endpoint }) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
  const listing = [...served].filter(([, { reply }]) => reply !== undefined && (isFile(reply) || listsPeople(reply))).map(([name]) => name);

  const unknown = listing.filter((name) => !(name in askings) && !(name in unlogged));
  expect(unknown, 'lists of people that nothing is known of here: log their reading, and ask for them above').toEqual([]);

  const silent: string[] = [];
  for (const [name, asking] of Object.entries(askings)) {
    const endpoint = served.get(name);
    if (!endpoint) continue;
    const { by, ...given } = asking(setting);
    const before = await linesOf(world, ids[by]);
    await mustAnswer(browsers[by], endpoint, given);
    if ((await linesOf(world, ids[by])) !== before + 1) silent.push(name);
  }
  expect(silent, 'read without a line').toEqual([]);
});

test('a list that somebody may not read leaves no line', async () => {
  const { world, cast, id } = await everybodyIn();
  const stranger = await signIn(world, cast.stafDinkes);
  const before = await linesOf(world, cast.stafDinkes.id);
  for (const name of ['GET /api/meetings/:id/attendance', 'GET /api/meetings/:id/invitations']) {
    const endpoint = world.app.routes.find((r) => `${r.endpoint.method} ${r.endpoint.path}` === name)!.endpoint;
    expect((await stranger.send(endpoint, { params: id })).status).toBeGreaterThanOrEqual(400);
  }
  expect(await linesOf(world, cast.stafDinkes.id)).toBe(before);
});

async function linesOf(world: World, personId: string): Promise<number> {
  const [row] = await world.sql<{ n: number }[]>`select count(*)::int as n from people.access where by_id = ${personId} and people_count > 0`;
  return row!.n;
}

async function mustAnswer(browser: Client, endpoint: Endpoint, given: Parameters<Client['send']>[1]): Promise<void> {
  const { status, text } = await browser.send(endpoint, given);
  if (status >= 400) throw new Error(`${endpoint.method} ${endpoint.path}: ${status} ${text}`);
}

/** An array of people: by their number, their id, or a name beside a position or an address. */
function listsPeople(schema: z.ZodType, inArray = false): boolean {
  const def = schema.def as {
    type: string;
    element?: z.ZodType;
    shape?: Record<string, z.ZodType>;
    innerType?: z.ZodType;
    options?: z.ZodType[];
    out?: z.ZodType;
  };
  if (def.element) return listsPeople(def.element, true);
  if (def.innerType) return listsPeople(def.innerType, inArray);
  if (def.out) return listsPeople(def.out, inArray);
  if (def.options) return def.options.some((option) => listsPeople(option, inArray));
  if (!def.shape) return false;
  const has = (key: string): boolean => key in def.shape!;
  if (inArray && (['nip', 'personId', 'personName', 'member', 'person'].some(has) || (has('name') && (has('position') || has('email'))))) return true;
  return Object.values(def.shape).some((part) => listsPeople(part, inArray));
}

test('a person finds the export their day went into', async () => {
  const { sari, cast } = await everybodyIn();
  expect((await sari.call(getMyData, {})).exports).toMatchObject([
    { date: '2026-11-20', month: '2026-11', opdName: 'Dinas Sosial', serial: 1, code: 'WFH', madeBy: cast.adminDinsos.name, state: 'siap', reason: null },
  ]);
});
