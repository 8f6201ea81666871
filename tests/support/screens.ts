// The demonstration city made ready for its screens: meetings running, ended and final, and a browser for whoever looks at one.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { getDayBoard, postSheetFinal } from '../../shared/attendance.ts';
import { getCalls, postAnswer, postCall } from '../../shared/calls.ts';
import { postGateway, postGatewayTrial, putGateway } from '../../shared/channels.ts';
import { postCorrection, postCorrectionDecision } from '../../shared/corrections.ts';
import type { BodyOf } from '../../shared/endpoint.ts';
import { getInvitations, getMeeting, getMeetings, postMeetingEnd, postMeetingNow, postTicket, type MeetingCard } from '../../shared/meetings.ts';
import { getConferences } from '../../shared/press.ts';
import { getDeskKit } from '../../shared/press-kit.ts';
import { getMe, getPositions, postSession, type Level, type Role } from '../../shared/people.ts';
import { getPolicies } from '../../shared/policies.ts';
import { postConfirmation as postDecisionConfirmation, postDecision, postReading } from '../../shared/proceedings.ts';
import { putDayCodes } from '../../shared/roster.ts';
import { findingNames, System } from '../../shared/system.ts';
import { getExportMonth } from '../../shared/sihadir.ts';
import { getTasks, postTaskCancel, postTaskDone } from '../../shared/tasks.ts';
import { emailOf, PASSWORD } from '../../server/demo-city.ts';
import { Refusal, refusalBody } from '../../server/platform/refusal.ts';
import { addDays, dayIn } from '../../server/people/days.ts';
import type { Language } from '../../web/platform/language.ts';
import type { OfficeScreen } from '../../web/screens.ts';
import { newPerson, type Person } from './browser.ts';
import { arrangeMinutes } from './minutes.ts';
import { demoData } from './demo-data.ts';
import { eventually } from './eventually.ts';
import { demoLogin, portalClient, type PortalClient } from './portal-client.ts';
import { arrangePlanned, asksForLink } from './planned.ts';
import { mediaReady, startPortal } from './portal.ts';
import { endVisitors, enterRoom, type Visitor } from './visitor.ts';

export const sizes = { ponsel: { width: 360, height: 740 }, laptop: { width: 1366, height: 768 } } as const;

/** Who stands for a role, by the words the portal prints its demonstration accounts with. */
const ACCOUNTS: Partial<Record<Role, string>> = {
  kepala_opd: 'Kepala Dinas Sosial',
  staf: 'Staf Dinas Sosial',
  admin_opd: 'Admin OPD',
  bkd: 'BKD',
  administrator: 'Administrator',
  operator_dkis: 'Operator DKIS',
};
export const GUEST = 'Wiraguna Mendungpagi';
export const SECOND_GUEST = 'Sekartaji Kabutsenja';
const GUESTS = [
  { name: GUEST, institution: 'Forum Warga Tirtamaya' },
  { name: SECOND_GUEST, institution: 'Radio Komunitas Tirtamaya' },
];

const DECISIONS = [
  ['Beras 5 kg per keluarga disalurkan ke tiga posko di Kelurahan Telagabiru, dengan daftar penerima yang ditandatangani lurah.', 'staff', 1],
  [
    'Surat permintaan tambahan logistik ke provinsi dikirim hari ini; kebutuhan dihitung untuk tujuh hari, termasuk popok, susu, dan obat untuk lansia.',
    'head',
    7,
  ],
  ['Data keluarga terdampak dicocokkan dengan data penerima bantuan, dan selisihnya dilaporkan.', 'kabid', 3],
  ['Dapur umum kedua dibuka di balai warga.', 'kabid', 2],
  ['Relawan didaftar dalam satu grup.', 'staff', 2],
] as const;

export type City = Awaited<ReturnType<typeof openCity>>;
/** A meeting that was called, and its links by name. */
export type Called = { id: string; params: { id: string }; linkOf: (name: string) => string };

export async function openCity() {
  const dataFolder = demoData();
  const portal = await startPortal({ dataFolder });
  await mediaReady(portal);
  const clients = new Map<Role, PortalClient>();
  const visitors: Visitor[] = [];

  async function clientOf(role: Role): Promise<PortalClient> {
    const known = clients.get(role);
    if (known) return known;
    const client = portalClient(portal.url);
    await client.call(postSession, { body: demoLogin(portal.said(), ACCOUNTS[role] ?? role) });
    clients.set(role, client);
    return client;
  }

  const chair = await clientOf('kepala_opd');
  const staff = await (await clientOf('staf')).call(getMe, {});

  async function callMeeting(title: string): Promise<Called> {
    const body = { title, sifat: 'segera' as const, invite: { people: [staff.id], guests: GUESTS } };
    const { id } = await chair.call(postMeetingNow, { body });
    const invitations = await chair.call(getInvitations, { params: { id } });
    const linkOf = (name: string): string => invitations.find((one) => one.name === name)?.link ?? '';
    return { id, params: { id }, linkOf };
  }

  /** What the meeting decides: by the staff tomorrow, by the head next week, by a kabid in three days; one that is called off, one that is done. */
  async function decides({ params }: Called): Promise<void> {
    const positions = await chair.call(getPositions, { query: {} });
    const ofDinas = (level: Level): string | null => positions.find((p) => p.level === level && p.title.includes('Sosial'))?.id ?? null;
    const postOf = { head: ofDinas('kepala_opd'), kabid: ofDinas('kabid'), staff: staff.positions[0]?.positionId ?? null };
    const today = dayIn('Asia/Jakarta', new Date());
    for (const [text, post, days] of DECISIONS) {
      const key = randomUUID();
      const decision = { ...params, decision: key };
      await chair.call(postDecision, { params, body: { key, text, basis: 'SE Wali Kota 460/12/2026', positionId: postOf[post], dueOn: addDays(today, days) } });
      await chair.call(postReading, { params: decision, body: { version: 1 } });
      await chair.call(postDecisionConfirmation, { params: decision, body: { version: 1, objections: 0, underQuorumReason: 'Keadaan darurat banjir.' } });
    }
    const taskOf = async (n: number): Promise<{ id: string }> => ({
      id: (await chair.call(getTasks, {})).chaired.find(({ text }) => text === DECISIONS[n]?.[0])?.id ?? '',
    });
    await chair.call(postTaskCancel, { params: await taskOf(3), body: { reason: 'Sudah ditangani PMI.' } });
    await chair.call(postTaskDone, { params: await taskOf(4), body: { note: 'Grup relawan dibuka; 14 orang terdaftar.' } });
  }

  /** Without a browser, for lists that should show somebody. */
  async function visits({ params, linkOf }: Called, name: string): Promise<Visitor> {
    const { token } = await portalClient(portal.url, linkOf(name).split('#')[1]).call(postTicket, { params, body: {} });
    const visitor = await enterRoom(portal.url.replace(/^http/, 'ws'), token);
    await eventually('the portal knows who is inside', async () => (await chair.call(getMeeting, { params })).inside > 0);
    return visitor;
  }

  async function held(title: string): Promise<Called> {
    const called = await callMeeting(title);
    const there = [await visits(called, staff.name), await visits(called, GUEST)];
    for (const visitor of there) await visitor.leave();
    await eventually('everybody has left', async () => (await chair.call(getMeeting, { params: called.params })).inside === 0);
    await chair.call(postMeetingEnd, { params: called.params });
    return called;
  }

  const final = await held('Evaluasi penyaluran beras triwulan III');
  const sheet = await chair.call(postSheetFinal, { params: final.params });
  const ended = await held('Persiapan posko pengungsian');
  const stated = async ({ id, params }: Called): Promise<string> => {
    const { startedAt, endedAt } = await chair.call(getMeeting, { params });
    const about = { of: 'meeting' as const, meetingId: id, from: startedAt!, to: endedAt! };
    const reason = 'Masuk lewat ponsel rekan sejak awal; sambungan di kelurahan putus-putus.';
    return (await (await clientOf('staf')).call(postCorrection, { body: { about, reason } })).id;
  };
  await chair.call(postCorrectionDecision, { params: { id: await stated(final) }, body: { outcome: 'accepted' } });
  const correction = await stated(ended);
  const yesterday = addDays(dayIn('Asia/Jakarta', new Date()), -1);
  await codeYesterday(await clientOf('admin_opd'), yesterday);
  // The demonstration city has handed over one export, and one of its rows came back.
  const lastMonth = addDays(`${dayIn('Asia/Jakarta', new Date()).slice(0, 7)}-01`, -1).slice(0, 7);
  const admin = await clientOf('admin_opd');
  const exported = await admin.call(getExportMonth, { params: { id: (await admin.call(getMe, {})).opd!.id }, query: { month: lastMonth } });
  const batch = exported.batches[0]?.id ?? '';
  const running = await callMeeting('Banjir Kelurahan Telagabiru: pembagian logistik');
  visitors.push(await visits(running, staff.name));
  await decides(running);
  const approved = await held('Kesiapan personel piket banjir');
  const minutesCode = await arrangeMinutes({
    url: portal.url,
    chair,
    staff: await clientOf('staf'),
    written: running.id,
    corrected: final.id,
    approved: approved.id,
  });
  const { lettered, calledOff } = await arrangePlanned({ chair, operator: await clientOf('operator_dkis'), staffId: staff.id });
  await asksForLink(portal.url, chair, running.id, SECOND_GUEST);
  const meetings = { running: running.id, ended: ended.id, final: final.id };
  const past = (await chair.call(getCalls, {}))[0]?.id ?? '';
  await earlierCalls(portal.url, await clientOf('admin_opd'));
  const call = await urgentCall(chair, portal.url);
  await someGateways(await clientOf('administrator'));
  const plans = (await chair.call(getMeetings, {})).filter(isPlanned);
  const planned = plans.find(({ seriesId }) => seriesId === null)?.id ?? '';
  const asked = planned === '' ? [] : await chair.call(getInvitations, { params: { id: planned } });
  const guestLink = asked.find(({ badge }) => badge !== null)?.link.split('#')[1] ?? '';
  const series = plans.find(({ seriesId }) => seriesId !== null)?.id ?? '';

  const { policies } = await (await clientOf('bkd')).call(getPolicies, {});
  const policy = policies.toSorted((a, b) => b.ruleCount - a.ruleCount)[0]?.id ?? '';
  const task = (await chair.call(getTasks, {})).chaired[0]?.id ?? '';

  const conferences = await (await clientOf('operator_dkis')).call(getConferences, {});
  const conference = conferences.find(({ state }) => state === 'registrasi');
  const pastConference = conferences.find(({ state }) => state === 'selesai');
  const kit = conference && (await (await clientOf('operator_dkis')).call(getDeskKit, { params: { id: conference.id } }));
  const release = kit?.items.find(({ kind }) => kind === 'siaran')?.id ?? '';

  /** A browser of its own, signed in as the account of this role, with camera and microphone allowed. */
  async function person(browser: Browser, role: Role | null, options: BrowserContextOptions = {}): Promise<Person> {
    const someone = await newPerson(browser, portal.url, { viewport: sizes.laptop, ...options });
    await someone.context.grantPermissions(['camera', 'microphone']);
    const cookies = role === null ? [] : [...(await clientOf(role)).cookies];
    if (cookies.length > 0) await someone.context.addCookies(cookies.map(([name, value]) => ({ name, value, url: portal.url })));
    return someone;
  }

  function addressOf({ path, needs }: OfficeScreen, language: Language): string {
    const id = needs === undefined || needs === 'person' || needs === 'correction' ? '' : meetings[needs];
    const address = new URL(
      path
        .replace('{meeting}', id)
        .replace('{planned}', planned)
        .replace('{guestLink}', guestLink)
        .replace('{series}', series)
        .replace('{lettered}', lettered)
        .replace('{calledOff}', calledOff)
        .replace('{code}', sheet.code ?? '')
        .replace('{person}', staff.id)
        .replace('{call}', call)
        .replace('{pastCall}', past)
        .replace('{correction}', correction)
        .replace('{month}', yesterday.slice(0, 7))
        .replace('{lastMonth}', lastMonth)
        .replace('{nextMonth}', monthsOn(1))
        .replace('{laterMonth}', monthsOn(3))
        .replace('{minutes}', approved.id)
        .replace('{minutesCode}', minutesCode)
        .replace('{conference}', conference?.id ?? '')
        .replace('{pastConference}', pastConference?.id ?? '')
        .replace('{slug}', conference?.slug ?? '')
        .replace('{release}', release)
        .replace('{pastSlug}', pastConference?.slug ?? '')
        .replace('{batch}', batch)
        .replace('{policy}', policy)
        .replace('{task}', task),
      portal.url,
    );
    return inLanguage(address.href, language, portal.url);
  }

  async function close(): Promise<void> {
    for (const visitor of visitors) await visitor.leave();
    await endVisitors();
    await portal.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
  /** Somebody of another agency who may call. */
  async function otherHead(): Promise<PortalClient> {
    const client = portalClient(portal.url);
    await client.call(postSession, { body: { login: emailOf(DECLINES), password: PASSWORD } });
    return client;
  }

  const endMeeting = async ({ params }: Called) => chair.call(postMeetingEnd, { params });
  return { portal, staff, planned, conference, callMeeting, endMeeting, clientOf, otherHead, person, addressOf, close };
}

function monthsOn(months: number): string {
  const [year = 0, month = 1] = dayIn('Asia/Jakarta', new Date()).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7);
}

const DECLINES = 'Febrina Pasirputih';
const FOLLOWS = 'Ratnasih Muararaya';

/** Placed just now to three agencies: one declines, one is on the way, one does not answer. None of the accounts that look at screens is rung. */
async function urgentCall(chair: PortalClient, url: string): Promise<string> {
  const heads = ['Kepala Dinas Kesehatan', 'Kepala Dinas Pendidikan', 'Kepala Dinas Kependudukan dan Pencatatan Sipil'];
  const positions = (await chair.call(getPositions, { query: {} })).filter(({ title }) => heads.includes(title)).map(({ id }) => id);
  const body = { key: randomUUID(), subject: 'Tanggul Kelurahan Telagabiru jebol', sifat: 'sangat_segera' as const, whom: { positions } };
  const { id } = await chair.call(postCall, { body });
  const answers = async (name: string, said: BodyOf<typeof postAnswer>): Promise<void> => {
    const client = portalClient(url);
    await client.call(postSession, { body: { login: emailOf(name), password: PASSWORD } });
    await client.call(postAnswer, { params: { id }, body: said });
  };
  await answers(DECLINES, { answer: 'menolak', reason: 'Sedang di lapangan' });
  await answers(FOLLOWS, { answer: 'menyusul', minutes: 12 });
  return id;
}

/** One that does not answer, one that is out of use: nothing is sent by them afterwards but trials. */
async function someGateways(administrator: PortalClient): Promise<void> {
  const mail = { name: 'Surel kota', channel: 'email' as const, url: 'http://127.0.0.1:9/surel', enabled: true };
  const { id } = await administrator.call(postGateway, { body: mail });
  await administrator.call(postGatewayTrial, { params: { id } });
  const fields = { name: mail.name, url: mail.url, enabled: false };
  await administrator.call(putGateway, { params: { id }, body: fields });
  await administrator.call(postGateway, { body: { name: 'WhatsApp dinas', channel: 'whatsapp', url: 'http://127.0.0.1:9/wa', enabled: false } });
}

/** Two that are over: one was missed, one declined. */
async function earlierCalls(url: string, admin: PortalClient): Promise<void> {
  const other = portalClient(url);
  await other.call(postSession, { body: { login: emailOf(DECLINES), password: PASSWORD } });
  const whom = { people: [(await admin.call(getMe, {})).id] };
  for (const subject of ['Data penduduk kelurahan terdampak', 'Antrean layanan keliling di posko']) {
    const { id, meetingId } = await other.call(postCall, { body: { key: randomUUID(), subject, sifat: 'segera', whom } });
    if (subject.startsWith('Data')) await admin.call(postAnswer, { params: { id }, body: { answer: 'menolak', reason: 'Sedang memimpin rapat lain' } });
    await other.call(postMeetingEnd, { params: { id: meetingId } });
  }
}

/** Days to confirm: everybody at the office, and two at home without a meeting. */
async function codeYesterday(admin: PortalClient, date: string): Promise<void> {
  const id = (await admin.call(getMe, {})).opd!.id;
  const { rows } = await admin.call(getDayBoard, { params: { id } });
  const codes = rows.map(({ personId }, n) => ({ personId, code: n % 3 === 1 ? ('WFH' as const) : ('WFO' as const) }));
  await admin.call(putDayCodes, { params: { id }, body: { date, basis: 'SE 800/1566/2026', codes } });
}

const isPlanned = ({ state }: MeetingCard): boolean => state === 'terjadwal';

export function inLanguage(address: string, language: Language, origin: string): string {
  const url = new URL(address, origin);
  url.searchParams.set('bahasa', language);
  return url.href;
}

/** As the portal would answer in the trouble of this screen; the rest of the answer is the real one. `over`: as before. */
export async function inTrouble(page: Page, { trouble }: OfficeScreen, language: Language): Promise<{ over: () => Promise<void> }> {
  if (trouble === undefined) return { over: async () => undefined };
  await page.route('**/api/system', async (route) => {
    if (trouble === 'database') return route.fulfill({ status: 503, json: refusalBody(new Refusal('portal.unavailable'), language) });
    const response = await route.fetch();
    const now = System.parse(await response.json());
    const findings = findingNames.map((what, n) => ({ what, weight: n < 8 ? ('alarm' as const) : ('note' as const), since: now.at, detail: '12' }));
    return route.fulfill({ response, json: { ...now, findings } });
  });
  return { over: () => page.unroute('**/api/system') };
}

/** The screen as it is named: drawn, and what is to be pressed on it pressed. */
export async function standsAs(page: Page, { press = [] }: OfficeScreen, language: Language): Promise<void> {
  await settled(page);
  for (const name of press) {
    await page
      .getByRole('main')
      .getByRole('button', { name: new RegExp(`^${name[language]}`) })
      .first()
      .click();
    await settled(page);
  }
}

/** Drawn whole: headings there, nothing on its way, the font in place. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .bones') === null && document.fonts.status === 'loaded');
}
