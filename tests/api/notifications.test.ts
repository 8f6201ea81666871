// Notices: one place, over the channels each person chose, quiet when they want it, and on record what was sent when.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { postCorrectionDecision } from '../../shared/corrections.ts';
import { postDevice, postGateway, postGatewayReport } from '../../shared/channels.ts';
import {
  getNoticeChoice,
  getNotices,
  getUnread,
  NoticeKind,
  postNoticesRead,
  putNoticeChoice,
  type Channels,
  type Choosing,
  type NoticeChannel,
} from '../../shared/notifications.ts';
import { getMinutes, postMinutesApproval, postMinutesCorrection } from '../../shared/minutes.ts';
import { castWorld, PASSWORD, refusalIn, signIn, type Actor, type Cast } from '../support/cast.ts';
import { asks, heldMeeting, meetingClaim } from '../support/correction.ts';
import { farServer } from '../support/far-server.ts';
import { liveSocket } from '../support/live-socket.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { makeSubscription } from '../support/subscription.ts';
import type { World } from '../support/world.ts';

const PHONE = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36' };
const MORNING = '2026-11-23T09:00:00+07:00';
const NIGHT = '2026-11-23T22:00:00+07:00';
let box: Mailbox;
let far: Awaited<ReturnType<typeof farServer>>;
let world: World;
let cast: Cast;
beforeAll(async () => {
  box = await openMailbox();
  far = await farServer();
  ({ world, cast } = await castWorld({ mail: box.settings, push: { contact: 'mailto:admin@uji.example', hosts: ['127.0.0.1'] } }));
  await world.sql`update people.person set phone = '0812-3456-7890' where id = ${cast.staf.id}`;
});
afterEach(async () => {
  world.clock.set(MORNING);
  await world.app.jobs.runDue();
  await world.sql`delete from notifications.notice`;
  await world.sql`delete from notifications.choice`;
  await world.sql`update calls.device set endpoint = null, p256dh = null, auth = null, removed_at = now() where removed_at is null`;
  await world.sql`update calls.gateway set enabled = false`;
  box.arrived.length = 0;
  far.heard.length = 0;
});
afterAll(async () => {
  await world.close();
  await box.close();
  far.close();
});

const words = (title: string) => ({ id: { title, text: `${title} untuk Anda.` }, en: { title: `${title} (en)`, text: `${title} for you.` } });
const tells = (person: Actor, more: Partial<Parameters<typeof world.app.notifications.notify>[1]> = {}) =>
  world.app.sql.begin((tx) =>
    world.app.notifications.notify(tx, { kind: 'tugas', personIds: [person.id], ref: randomUUID(), words: words('Tugas baru'), path: '/tugas', ...more }),
  );
const listOf = async (person: Actor, query = {}) => (await signIn(world, person)).call(getNotices, { query });
const sentOf = async (person: Actor) => Object.fromEntries((await listOf(person)).notices[0]!.deliveries.map((row) => [row.channel, row]));
async function phoneOf(person: Actor) {
  const client = await world.signIn(person.nip, PASSWORD, PHONE);
  const subscription = makeSubscription(`${far.url}/${randomUUID()}`);
  await client.call(postDevice, { body: { endpoint: subscription.endpoint, keys: subscription.keys, language: 'id' } });
  return subscription;
}
async function chooses(person: Actor, change: (choice: Choosing) => Partial<Choosing>): Promise<Choosing> {
  const client = await signIn(world, person);
  const { channels, quiet, represented, ...rest } = await client.call(getNoticeChoice, {});
  const next = { channels, quiet, represented, ...change({ channels, quiet, represented, ...rest }) };
  return client.call(putNoticeChoice, { body: { channels: next.channels, quiet: next.quiet, represented: next.represented } });
}
const all = (channels: NoticeChannel[]): Channels => Object.fromEntries(NoticeKind.options.map((kind) => [kind, channels])) as Channels;

test('a notice stands in one place, is told live, goes to the phone and by letter, and says when each went', async () => {
  const phone = await phoneOf(cast.staf);
  const live = await liveSocket(world, await signIn(world, cast.staf));
  await tells(cast.staf);
  expect(await live.next('notices.changed')).toEqual({ type: 'notices.changed' });
  live.ws.close();
  expect((await listOf(cast.staf)).notices).toMatchObject([
    {
      kind: 'tugas',
      words: words('Tugas baru'),
      path: '/tugas',
      readAt: null,
      deliveries: [
        { channel: 'push', state: 'menunggu' },
        { channel: 'surel', state: 'menunggu' },
      ],
    },
  ]);
  world.clock.advance(2_000);
  await world.app.jobs.runDue();
  const at = world.clock.now().toISOString();
  expect(await sentOf(cast.staf)).toMatchObject({ push: { state: 'terkirim', at, held: false }, surel: { state: 'terkirim', at } });
  const [pushed] = far.heard;
  expect(phone.read(pushed!.body)).toMatchObject({ kind: 'notice', title: 'Tugas baru', text: 'Tugas baru untuk Anda.', path: '/tugas' });
  expect(pushed!.headers).toMatchObject({ urgency: 'normal' });
  const [letter, ...more] = box.of(cast.staf.email);
  expect([letter?.subject, more]).toEqual(['Tugas baru', []]);
  expect(letter?.text).toContain('/tugas');
  expect(letter?.text).toContain('/pemberitahuan/atur');
});

test('read is read: one, some, all of a kind; and what is somebody else’s is not touched', async () => {
  await tells(cast.staf);
  await tells(cast.staf, { kind: 'rapat', words: words('Rapat baru'), path: '/rapat' });
  await tells(cast.kabid);
  const client = await signIn(world, cast.staf);
  expect(await client.call(getUnread, {})).toEqual({ unread: 2 });
  const [mine] = (await client.call(getNotices, { query: { kind: 'rapat' } })).notices;
  const [other] = (await listOf(cast.kabid)).notices;
  expect(await client.call(postNoticesRead, { body: { ids: [mine!.id, other!.id] } })).toEqual({ unread: 1 });
  expect((await listOf(cast.kabid)).unread).toBe(1);
  expect(await client.call(postNoticesRead, { body: { ids: [mine!.id], read: false } })).toEqual({ unread: 2 });
  expect(await client.call(postNoticesRead, { body: { kind: 'tugas' } })).toEqual({ unread: 1 });
  expect((await client.call(getNotices, { query: { unread: 'ya' } })).notices.map(({ kind }) => kind)).toEqual(['rapat']);
  expect(await client.call(postNoticesRead, { body: {} })).toEqual({ unread: 0 });
});

test('a long list comes page by page, newest first, nothing twice; the page after somebody else’s notice is empty', async () => {
  for (let n = 0; n < 60; n += 1) {
    world.clock.advance(n % 3 === 0 ? 1_000 : 0);
    await tells(cast.staf, { words: words(`Tugas ${n}`), without: ['push', 'surel'] });
  }
  const client = await signIn(world, cast.staf);
  const first = await client.call(getNotices, {});
  const second = await client.call(getNotices, { query: { before: first.notices.at(-1)!.id } });
  expect([first.notices.length, first.more, second.notices.length, second.more]).toEqual([50, true, 10, false]);
  expect(new Set([...first.notices, ...second.notices].map(({ id }) => id)).size).toBe(60);
  const stranger = await listOf(cast.kabid, { before: first.notices[0]!.id });
  expect(stranger.notices).toEqual([]);
});

test('at night it is held until the morning and says so; the bell has it at once; what was read meanwhile is not sent', async () => {
  await phoneOf(cast.staf);
  world.clock.set(NIGHT);
  await phoneOf(cast.kabid);
  for (const person of [cast.staf, cast.kabid]) await tells(person);
  await world.app.jobs.runDue();
  expect(far.heard).toEqual([]);
  expect(await sentOf(cast.staf)).toMatchObject({
    push: { state: 'menunggu', held: true, at: '2026-11-23T22:00:00.000Z' },
    surel: { state: 'menunggu', held: true, at: '2026-11-23T22:00:00.000Z' },
  });
  await (await signIn(world, cast.kabid)).call(postNoticesRead, { body: {} });
  world.clock.set('2026-11-24T05:00:00+07:00');
  await world.app.jobs.runDue();
  expect(far.heard).toHaveLength(1);
  expect(box.arrived.map(({ envelope }) => envelope.to)).toEqual([[cast.staf.email]]);
  expect(await sentOf(cast.kabid)).toMatchObject({ push: { state: 'tidak_dikirim', why: 'dibaca' }, surel: { state: 'tidak_dikirim', why: 'dibaca' } });
});

test('what is urgent waits for no morning; what the morning would be too late for is not sent, and says why', async () => {
  world.clock.set(NIGHT);
  await phoneOf(cast.staf);
  await tells(cast.staf, { urgent: true });
  await world.app.jobs.runDue();
  expect(far.heard.map(({ headers }) => headers.urgency)).toEqual(['high']);
  expect(await sentOf(cast.staf)).toMatchObject({ push: { state: 'terkirim', held: false } });
  world.clock.advance(1_000);
  await tells(cast.staf, { until: new Date('2026-11-23T23:00:00+07:00') });
  expect(await sentOf(cast.staf)).toMatchObject({ push: { state: 'tidak_dikirim', why: 'tenang' }, surel: { state: 'tidak_dikirim', why: 'tenang' } });
});

test('nowhere to reach a person is said; a channel that nobody set up is not offered; one that was not chosen is not used', async () => {
  await tells(cast.kabid);
  expect(await sentOf(cast.kabid)).toMatchObject({ push: { state: 'tidak_dikirim', why: 'tidak_terjangkau' }, surel: { state: 'menunggu' } });
  const client = await signIn(world, cast.kabid);
  expect((await client.call(getNoticeChoice, {})).available).toEqual([
    { channel: 'push', reachable: false },
    { channel: 'surel', reachable: true },
  ]);
  await chooses(cast.kabid, () => ({ channels: all([]) }));
  world.clock.advance(1_000);
  await tells(cast.kabid);
  expect(await sentOf(cast.kabid)).toEqual({});
  expect(await world.app.notifications.wants(world.app.sql, cast.kabid.id, 'rapat', 'surel')).toBe(false);
  expect(await world.app.notifications.wants(world.app.sql, cast.staf.id, 'rapat', 'surel')).toBe(true);
});

test('by SMS, where a gateway is set up and chosen: signed, with words and where to look; a report of it is heard, of nothing it is not', async () => {
  const admin = await signIn(world, cast.administrator);
  const gateway = await admin.call(postGateway, { body: { name: 'SMS', channel: 'sms', url: `${far.url}/sms`, enabled: true } });
  await chooses(cast.staf, () => ({ channels: all(['sms']) }));
  await tells(cast.staf);
  await world.app.jobs.runDue();
  const said = JSON.parse(far.heard[0]!.body.toString()) as Record<string, unknown>;
  expect(said).toMatchObject({ event: 'notice', channel: 'sms', to: { phone: '+6281234567890' }, notice: { title: 'Tugas baru' } });
  expect(said['text']).toMatch(/^Tugas baru untuk Anda\. http\S+\/tugas$/);
  expect(await sentOf(cast.staf)).toMatchObject({ sms: { state: 'terkirim' } });
  const unsigned = world.visitor().call(postGatewayReport, { params: { id: gateway.id }, body: JSON.stringify({ id: said['id'], state: 'gagal' }) });
  expect((await refusalIn(unsigned)).code).toBe('gateway.signature');
  await world.app.sql.begin((tx) => world.app.notifications.reported(tx, String(said['id']), 'sms', 'gagal', 'Nomor tidak aktif'));
  expect(await sentOf(cast.staf)).toMatchObject({ sms: { state: 'gagal', why: 'gagal', detail: 'Nomor tidak aktif' } });
  expect(await world.app.sql.begin((tx) => world.app.notifications.reported(tx, randomUUID(), 'sms', 'gagal', null))).toBe(false);
});

test('a push service that is away is asked again later; one that has forgotten the device ends it', async () => {
  await phoneOf(cast.staf);
  await chooses(cast.staf, () => ({ channels: all(['push']) }));
  far.answers.push(503, 201);
  await tells(cast.staf);
  await world.app.jobs.runDue();
  expect(await sentOf(cast.staf)).toMatchObject({ push: { state: 'menunggu', detail: 'Layanan pemberitahuan sedang bermasalah (503)' } });
  world.clock.advance(5_000);
  await world.app.jobs.runDue();
  expect(await sentOf(cast.staf)).toMatchObject({ push: { state: 'terkirim' } });
  far.answers.push(410);
  world.clock.advance(1_000);
  await tells(cast.staf);
  await world.app.jobs.runDue();
  expect(await sentOf(cast.staf)).toMatchObject({ push: { state: 'gagal' } });
  expect((await (await signIn(world, cast.staf)).call(getNoticeChoice, {})).available).toContainEqual({ channel: 'push', reachable: false });
});

test('a portal that died while it was sending: the next one sees it and sends, once', async () => {
  await phoneOf(cast.staf);
  await tells(cast.staf);
  await world.sql`update notifications.delivery set claimed_until = ${new Date(world.clock.now().getTime() + 60_000)} where channel = 'push'`;
  await world.app.jobs.runDue();
  expect(far.heard).toEqual([]);
  world.clock.advance(61_000);
  await world.app.notifications.tend();
  await world.app.notifications.tend();
  expect(far.heard).toHaveLength(1);
});

test('what was chosen counts from then on; former choices stay on record; a choice in the zone of the person', async () => {
  const before = await (await signIn(world, cast.staf)).call(getNoticeChoice, {});
  expect(before).toMatchObject({ since: null, former: [], quiet: { from: '21:00', to: '05:00', zone: 'Asia/Jakarta' } });
  const first = world.clock.now().toISOString();
  await chooses(cast.staf, () => ({ quiet: null }));
  world.clock.advance(60_000);
  const now = await chooses(cast.staf, () => ({ quiet: { from: '20:00', to: '06:30', days: [1, 2, 3], zone: 'Asia/Jayapura' } }));
  expect(now).toMatchObject({ since: world.clock.now().toISOString(), former: [first], quiet: { zone: 'Asia/Jayapura' } });
  expect((await world.sql`select 1 from notifications.choice where person_id = ${cast.staf.id}`).length).toBe(2);
});

test('quiet hours without a length, a day twice, an hour that is none, a channel that is none: refused by name', async () => {
  const client = await signIn(world, cast.staf);
  const { channels, represented } = await client.call(getNoticeChoice, {});
  const quiet = { from: '21:00', to: '05:00', days: [1], zone: 'Asia/Jakarta' as const };
  const put = (body: object) => refusalIn(client.call(putNoticeChoice, { body: { channels, quiet, represented, ...body } }));
  expect(await put({ quiet: { ...quiet, to: '21:00' } })).toMatchObject({ code: 'quiet.empty', fields: [{ path: 'quiet.to' }] });
  expect(await put({ quiet: { ...quiet, days: [1, 1] } })).toMatchObject({ code: 'quiet.days', fields: [{ path: 'quiet.days' }] });
  expect(await put({ quiet: { ...quiet, from: '25:00' } })).toMatchObject({ code: 'input.invalid' });
  expect(await put({ quiet: { ...quiet, days: [] } })).toMatchObject({ code: 'input.invalid' });
  expect(await put({ channels: { ...channels, rapat: ['merpati'] } })).toMatchObject({ code: 'input.invalid' });
});

test('nobody reads or chooses without signing in', async () => {
  const visitor = world.visitor();
  expect(await visitor.refusalOf(getNotices, {})).toBe('session.required');
  expect(await visitor.refusalOf(getUnread, {})).toBe('session.required');
  expect(await visitor.refusalOf(postNoticesRead, { body: {} })).toBe('session.required');
  expect(await visitor.refusalOf(getNoticeChoice, {})).toBe('session.required');
  expect(await visitor.refusalOf(putNoticeChoice, { body: { channels: all([]), quiet: null, represented: false } })).toBe('session.required');
});

test('a decided correction, minutes to correct, minutes to approve and minutes approved are told to whom they concern, each once', async () => {
  const s = await heldMeeting();
  const titles = async (actor: Actor) => (await (await s.as(actor)).call(getNotices, {})).notices.map(({ words: { id } }) => id.title).toReversed();
  const [sari, budi, chair] = [s.cast.staf, s.cast.kabid, s.cast.kepala];
  const [before, chairBefore] = [(await titles(budi)).length, (await titles(chair)).length];
  const { id: correction } = await asks(s.sari, meetingClaim(s.meeting.id));
  await s.chair.call(postCorrectionDecision, { params: { id: correction }, body: { outcome: 'accepted', reason: 'Dibenarkan kabid.' } });
  const [told] = (await s.sari.call(getNotices, { query: { kind: 'presensi' } })).notices;
  expect(told).toMatchObject({ path: `/presensi/koreksi?buka=${correction}`, words: { id: { title: 'Koreksi presensi diterima' } } });
  expect(told!.words.id.text).toBe('Penyaluran bantuan, Senin, 23 November 2026. Dibenarkan kabid.');

  await s.chair.call(getMinutes, { params: s.id });
  s.world.clock.advance(60_000);
  await s.chair.call(postMinutesCorrection, { params: s.id, body: { until: '2026-11-24' } });
  s.world.clock.advance(60_000);
  await s.chair.call(postMinutesCorrection, { params: s.id, body: { until: '2026-11-25' } });
  const check = 'Periksa notulen: Penyaluran bantuan';
  expect((await titles(sari)).slice(-2)).toEqual(['Koreksi presensi diterima', check]);
  // Was invited, and not inside.
  expect(await titles(budi)).toHaveLength(before);

  for (const at of ['2026-11-24T17:01:00Z', '2026-11-25T17:01:00Z', '2026-11-25T17:05:00Z']) {
    s.world.clock.set(at);
    await s.world.app.jobs.runDue();
    expect((await titles(chair)).length - chairBefore).toBe(at < '2026-11-25' ? 0 : 1);
  }
  expect((await titles(chair)).at(-1)).toBe('Notulen siap disahkan: Penyaluran bantuan');
  await (await s.as(chair)).call(postMinutesApproval, { params: s.id, body: {} });
  await (await s.as(chair)).call(postMinutesApproval, { params: s.id, body: {} });
  const approved = 'Notulen disahkan: Penyaluran bantuan';
  expect([(await titles(sari)).slice(-2), (await titles(budi)).slice(before)]).toEqual([[check, approved], [approved]]);
  expect((await titles(chair)).length - chairBefore).toBe(1);
  await s.world.close();
});
