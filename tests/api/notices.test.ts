import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { postJoin, postTicket } from '../../shared/meetings.ts';
import { getNotice, type NoticeText } from '../../shared/notices.ts';
import { PASSWORD } from '../support/cast.ts';
import { calledMeeting, mediaServerTells, opensLink } from '../support/meeting.ts';
import { openClient, type World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

async function opened() {
  const setting = await calledMeeting((cast) => ({ people: [cast.staf.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan' }] }));
  worlds.push(setting.world);
  const { world, cast, invitation } = setting;
  const proofs = () =>
    world.sql<{ member: string; version: number; language: string; sha256: string; device: string }[]>`
      select member, version, language, text_sha256 as sha256, device from people.notice_ack order by id`;
  return {
    ...setting,
    proofs,
    staf: await world.signIn(cast.staf.nip, PASSWORD),
    guest: opensLink(world, invitation('Ibu Tamu').link),
    member: `p_${cast.staf.id}`,
  };
}
const unread = { notice: undefined };
const sha256 = ({ title, points }: NoticeText): string =>
  createHash('sha256')
    .update([title, ...points.map((p) => `${p.label}: ${p.text}`)].join('\n'))
    .digest('hex');

test('nobody gets a ticket before having read the notice, neither with the first page nor by asking', async () => {
  const { id, meeting, staf, guest, proofs } = await opened();
  for (const [browser, body] of [
    [staf, { meetingId: meeting.id }],
    [guest, {}],
  ] as const) {
    const view = await browser.call(postJoin, { body });
    expect(view).toMatchObject({ ticket: null, media: 'ready', notice: { version: 1, acknowledgedAt: null } });
    expect(view.notice.texts?.id.points.map((p) => p.label)).toEqual(['Yang dicatat', 'Untuk', 'Dasar', 'Yang melihat', 'Disimpan', 'Hak Anda', 'Kontak']);
    expect(await browser.refusalOf(postTicket, { params: id, body: unread })).toBe('notice.required');
  }
  expect(await proofs()).toEqual([]);
});

test('pressing Gabung once is the proof: who, which version, in which language, which very text', async () => {
  const { world, id, meeting, member, proofs, invitation, cast } = await opened();
  const staf = await world.signIn(cast.staf.nip, PASSWORD, { 'accept-language': 'en' });
  const { notice } = await staf.call(postJoin, { body: { meetingId: meeting.id } });
  await staf.call(postTicket, { params: id, body: { notice: notice.version } });
  await staf.call(postTicket, { params: id, body: { notice: notice.version } });
  await staf.call(postTicket, { params: id, body: unread });
  const guest = opensLink(world, invitation('Ibu Tamu').link);
  await guest.call(postTicket, { params: id, body: { notice: 1 } });
  const [text, texts] = [notice.texts!, await world.visitor().call(getNotice, { params: { version: 1 } })];
  expect(texts).toMatchObject(text);
  expect(await proofs()).toEqual([
    { member, version: 1, language: 'en', sha256: sha256(texts.en), device: expect.stringMatching(/^[\w-]{12}$/) },
    { member: `g_${invitation('Ibu Tamu').id}`, version: 1, language: 'id', sha256: sha256(texts.id), device: expect.any(String) },
  ]);
  const again = await staf.call(postJoin, { body: { meetingId: meeting.id } });
  expect(again.notice).toEqual({ version: 1, acknowledgedAt: world.clock.now().toISOString(), texts: null });
  expect(again.ticket).not.toBeNull();
});

test('a hundred presses at once make one proof', async () => {
  const { id, staf, proofs } = await opened();
  await Promise.all(Array.from({ length: 100 }, () => staf.call(postTicket, { params: id, body: { notice: 1 } })));
  expect(await proofs()).toHaveLength(1);
});

test('a notice that nobody showed yet is not acknowledged', async () => {
  const { world, id, staf } = await opened();
  expect(await staf.refusalOf(postTicket, { params: id, body: { notice: 2 } })).toBe('notice.required');
  expect(await staf.refusalOf(postTicket, { params: id, body: { notice: 0 } })).toBe('input.invalid');
  expect(await world.visitor().refusalOf(getNotice, { params: { version: 7 } })).toBe('not_found');
});

test('another portal process knows who has read it', async () => {
  const { world, id, staf } = await opened();
  await staf.call(postTicket, { params: id, body: { notice: 1 } });
  const { createNotices } = await import('../../server/people/index.ts');
  const other = createNotices({ sql: world.sql, clock: world.clock, keptMonths: async () => 24 });
  const [row] = await world.sql<{ member: string }[]>`select member from people.notice_ack`;
  expect((await other.stateFor(row!.member)).acknowledgedAt).not.toBeNull();
});

test('a longer retention is another version: the next way in asks again, whoever is inside stays', async () => {
  const { world, id, staf, guest } = await opened();
  const { identity } = await staf.call(postTicket, { params: id, body: { notice: 1 } });
  await world.sql`
    insert into privacy.retention_class (key, name, basis, months, action, at) select key, name, basis, 36, action, at from privacy.retention_class where key = 'fakta_hadir'`;
  world.app.notices.changed();
  expect((await guest.call(postJoin, { body: {} })).notice).toMatchObject({ version: 2 });
  expect(await staf.refusalOf(postTicket, { params: id, body: unread })).toBe('notice.required');
  expect((await staf.call(postTicket, { params: id, body: { ...unread, identity } })).identity).toBe(identity);
  expect(await guest.refusalOf(postTicket, { params: id, body: { ...unread, identity } })).toBe('notice.required');
});

test('no fact of presence is older than the notice to that member, and the proof cannot be changed', async () => {
  const { world, id, meeting, room, staf, guest, chair, livekit } = await opened();
  for (const browser of [staf, guest, chair]) {
    const { identity } = await browser.call(postTicket, { params: id, body: { notice: 1 } });
    world.clock.advance(1000);
    await mediaServerTells(world, { event: 'participant_joined', room: room.name, identity, sid: `PA_${identity.slice(2, 8)}` });
    livekit.arrives(room.name, identity, world.clock.now());
  }
  await world.app.rooms.sweep();
  const [facts] = await world.sql<{ all: number; untold: number }[]>`
    select count(*)::int as all, count(*) filter (where not exists (
      select from people.notice_ack a where a.member = p.member and a.at <= p.received_at))::int as untold
    from rooms.presence p where p.member is not null`;
  expect(facts!.all).toBeGreaterThanOrEqual(3);
  expect(facts!.untold).toBe(0);
  await expect(world.app.sql`update people.notice_ack set at = now()`).rejects.toThrow(/permission denied/);
  await expect(world.sql`delete from people.notice_ack`).rejects.toThrow(/kept as they are/);
  expect(meeting.state).toBe('berlangsung');
});

test('the words of the refusal name the version, in both languages', async () => {
  const { world, id, invitation } = await opened();
  const guest = openClient(world.app, 'http://portal.test', invitation('Ibu Tamu').link.split('#')[1]);
  const said = await guest.send(postTicket, { params: id, body: { ...unread } }, { 'accept-language': 'en' });
  expect(said.status).toBe(428);
  expect(said.text).toContain('(version 1)');
});
