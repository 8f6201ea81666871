// The conference itself: who sees and changes it, its way through the states, its crew by post, what must be ready, and its record.
import { afterEach, expect, test } from 'vitest';
import {
  deleteCrew,
  getChecks,
  getConference,
  getConferences,
  getPress,
  getPressConference,
  postCancellation,
  postConference,
  postConferenceState,
  postCrew,
  postCrewLink,
  putCheck,
  putConference,
  putCrewOrder,
  type CheckName,
} from '../../shared/press.ts';
import { portalItself } from '../../server/people/index.ts';
import { castWorld, PASSWORD, refusalIn, type Actor } from '../support/cast.ts';
import { liveSocket } from '../support/live-socket.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { opensCrewLink, plannedConference } from '../support/press.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const NOBODY = '00000000-0000-4000-8000-000000000000';

async function office() {
  const livekit = createLiveKitDouble();
  const { world, cast } = await castWorld({ livekit });
  worlds.push(world);
  const as = (person: Actor) => world.signIn(person.nip, PASSWORD);
  const plan = (state?: NonNullable<Parameters<typeof plannedConference>[2]>['state'], more: Parameters<typeof plannedConference>[2] = {}) =>
    plannedConference(world, cast, { ...more, ...(state && { state }) });
  const input = { title: 'Vaksinasi', summary: 'Vaksinasi dimulai.', opdId: cast.opds.dinkes.id, startsAt: '2026-11-25T03:00:00Z' };
  const acts = async (id: string): Promise<string[]> =>
    (await world.sql<{ act: string; to: string | null }[]>`select act, to_state as "to" from press.act where conference_id = ${id} order by id`).map(
      ({ act, to }) => (to === null ? act : `${act} ${to}`),
    );
  return { world, livekit, cast, as, plan, input, acts };
}

test('a conference goes from draft to archive, and its page stands from the announcement on', async () => {
  const { world, plan, acts } = await office();
  const press = await plan('arsip');
  expect(await world.visitor().call(getPressConference, { params: press.slug })).toMatchObject({ state: 'arsip', withoutSigner: null });
  const states = (await acts(press.id)).filter((act) => act.startsWith('keadaan'));
  expect(states).toEqual(['diumumkan', 'registrasi', 'ruang_tunggu', 'tayang', 'tanya_jawab', 'selesai', 'arsip'].map((to) => `keadaan ${to}`));
});

test('a conference is planned by an operator, and by nobody else', async () => {
  const { world, as, cast, input } = await office();
  expect(await (await as(cast.kepala)).refusalOf(postConference, { body: input })).toBe('role.missing');
  expect(await world.visitor().refusalOf(postConference, { body: input })).toBe('session.required');
  const planned = await (await as(cast.operator)).call(postConference, { body: input });
  expect(planned).toMatchObject({ state: 'draft', slug: '2026-11-25-vaksinasi', next: ['diumumkan'], youOperate: true, zone: 'Asia/Jakarta' });
});

test('times that cannot be are refused, and the field is named', async () => {
  const { as, cast, input } = await office();
  const operator = await as(cast.operator);
  const refused = async (more: object) => refusalIn(operator.call(postConference, { body: { ...input, ...more } }));
  const early = await refused({ endsAt: '2026-11-25T03:00:00Z' });
  expect([early.code, early.fields?.[0]?.path]).toEqual(['conference.times', 'endsAt']);
  const late = await refused({ endsAt: '2026-11-25T04:00:00Z', registrationUntil: '2026-11-25T04:00:01Z' });
  expect([late.code, late.fields?.[0]?.path]).toEqual(['conference.times', 'registrationUntil']);
  const nowhere = await refused({ opdId: NOBODY });
  expect([nowhere.code, nowhere.fields?.[0]?.path]).toEqual(['input.invalid', 'opdId']);
});

test('a time that has passed is neither planned nor announced; one that has begun may be', async () => {
  const { world, as, cast, input, plan } = await office();
  const operator = await as(cast.operator);
  const yesterday = { startsAt: '2026-11-22T03:00:00Z', endsAt: '2026-11-22T04:00:00Z' };
  const past = await refusalIn(operator.call(postConference, { body: { ...input, ...yesterday } }));
  expect([past.code, past.fields?.[0]?.path]).toEqual(['conference.past', 'startsAt']);
  const { params, conference } = await plan();
  const { opdId, title, summary, version } = conference;
  const moved = await refusalIn(operator.call(putConference, { params, body: { opdId, title, summary, version, ...yesterday } }));
  expect([moved.code, moved.fields?.[0]?.path]).toEqual(['conference.past', 'startsAt']);
  world.clock.set('2026-11-25T03:30:00Z');
  const later = await as(cast.operator);
  const { id } = await later.call(postConference, { body: { ...input, endsAt: '2026-11-25T04:00:00Z' } });
  world.clock.set('2026-11-25T04:00:00Z');
  expect(await later.refusalOf(postConferenceState, { params: { id }, body: { to: 'diumumkan' } })).toBe('conference.past');
});

test('a draft is nobody’s business but the operators’ and its crew’s', async () => {
  const { world, as, cast, plan } = await office();
  const { params, slug, id, operator, moderator, narasumber, jbi } = await plan();
  const stranger = await as(cast.stafDinkes);
  expect(await stranger.refusalOf(getConference, { params })).toBe('not_found');
  expect(await stranger.refusalOf(getChecks, { params })).toBe('not_found');
  expect(await stranger.refusalOf(putCheck, { params: { id, name: 'rekaman' }, body: { done: true } })).toBe('not_found');
  expect(await stranger.refusalOf(postConferenceState, { params, body: { to: 'diumumkan' } })).toBe('not_found');
  expect(await stranger.call(getConferences, {})).toEqual([]);
  expect(await world.visitor().refusalOf(getConference, { params })).toBe('session.required');
  expect(await world.visitor().refusalOf(getPressConference, { params: slug })).toBe('not_found');
  expect(await world.visitor().call(getPress, {})).toEqual([]);
  for (const one of [operator, moderator, narasumber]) expect((await one.call(getConferences, {})).map((card) => card.id)).toEqual([id]);
  for (const one of [operator, moderator, narasumber, jbi]) expect((await one.call(getConference, { params })).title).toBe('Penanganan banjir');
});

test('a conference that is announced is still not a stranger’s to open in the office', async () => {
  const { as, cast, plan } = await office();
  const { params } = await plan('registrasi');
  expect(await (await as(cast.stafDinkes)).refusalOf(getConference, { params })).toBe('not_found');
});

test('whoever is not an operator changes nothing, whatever part they have', async () => {
  const { plan } = await office();
  const { id, params, moderator, crew, conference } = await plan();
  const { title, summary, opdId, startsAt, version } = conference;
  const row = { id, crew: crew('jbi').id };
  expect(await moderator.refusalOf(putConference, { params, body: { title, summary, opdId, startsAt, version } })).toBe('role.missing');
  expect(await moderator.refusalOf(postCrew, { params, body: { role: 'jbi', who: { kind: 'guest', name: 'A', institution: 'B' } } })).toBe('role.missing');
  expect(await moderator.refusalOf(deleteCrew, { params: row })).toBe('role.missing');
  expect(await moderator.refusalOf(putCrewOrder, { params, body: { order: [] } })).toBe('role.missing');
  expect(await moderator.refusalOf(postCrewLink, { params: row })).toBe('role.missing');
  expect(await moderator.refusalOf(postCancellation, { params, body: { reason: 'Ditunda' } })).toBe('role.missing');
});

test('two conferences of one day and title have two addresses', async () => {
  const { as, cast, input } = await office();
  const operator = await as(cast.operator);
  const slugs = await Promise.all([1, 2, 3].map(async () => (await operator.call(postConference, { body: input })).slug));
  expect(slugs.toSorted()).toEqual(['2026-11-25-vaksinasi', '2026-11-25-vaksinasi-2', '2026-11-25-vaksinasi-3']);
});

test('the address follows the title of a draft and stays once it is announced', async () => {
  const { plan } = await office();
  const { params, operator, conference, goTo } = await plan();
  const { summary, opdId, startsAt, version, slug } = conference;
  expect(slug).toBe('2026-11-23-penanganan-banjir');
  const renamed = await operator.call(putConference, { params, body: { title: 'Banjir surut', summary, opdId, startsAt, version } });
  expect(renamed).toMatchObject({ slug: '2026-11-23-banjir-surut', version: version + 1 });
  await goTo('diumumkan');
  const moved = await operator.call(putConference, { params, body: { title: 'Banjir surut total', summary, opdId, startsAt, version: version + 1 } });
  expect(moved).toMatchObject({ slug: '2026-11-23-banjir-surut', title: 'Banjir surut total' });
});

test('of two operators who change it at once, the second is told', async () => {
  const { as, cast, plan } = await office();
  const { params, operator, conference } = await plan();
  const other = await as(cast.administrator);
  const { summary, opdId, startsAt, version } = conference;
  await operator.call(putConference, { params, body: { title: 'Satu', summary, opdId, startsAt, version } });
  expect(await other.refusalOf(putConference, { params, body: { title: 'Dua', summary, opdId, startsAt, version } })).toBe('conference.changed');
  expect((await other.call(getConference, { params })).title).toBe('Satu');
});

test('two operators who go on air at once go on air once', async () => {
  const { as, cast, plan, acts } = await office();
  const { id, params, operator } = await plan('ruang_tunggu');
  for (const name of ['media', 'moderator', 'narasumber', 'jbi', 'suara', 'rekaman', 'siaran'] as const)
    await operator.call(putCheck, { params: { id, name }, body: { waive: 'Uji' } });
  const other = await as(cast.administrator);
  const both = await Promise.all([operator, other].map((one) => one.call(postConferenceState, { params, body: { to: 'tayang' } })));
  expect(new Set(both.map((one) => one.liveAt)).size).toBe(1);
  expect((await acts(id)).filter((act) => act === 'keadaan tayang')).toHaveLength(1);
});

test('a state that is skipped is refused by name, and the next one is told', async () => {
  const { plan } = await office();
  const { params, operator } = await plan('registrasi');
  const refused = await refusalIn(operator.call(postConferenceState, { params, body: { to: 'tayang' } }));
  expect(refused).toMatchObject({ code: 'conference.order', values: { from: 'registrasi', to: 'tayang', next: 'ruang tunggu' } });
});

test('the picture begins five seconds after the press, and questions and back do not begin it anew', async () => {
  const { world, plan } = await office();
  const press = await plan('tayang');
  const { liveAt } = await press.again();
  expect(liveAt).toBe(new Date(world.clock.now().getTime() + 5_000).toISOString());
  world.clock.advance(1_800_000);
  await press.goTo('tanya_jawab');
  expect(await press.goTo('tayang')).toMatchObject({ state: 'tayang', liveAt });
});

test('once it was on air nobody has to be there for it to go back from the questions', async () => {
  const { plan } = await office();
  const { goTo } = await plan('tanya_jawab');
  expect((await goTo('tayang')).state).toBe('tayang');
});

test('the moderator begins and ends the questions; the end is the operator’s, and a speaker sets nothing', async () => {
  const { plan } = await office();
  const { params, moderator, narasumber, operator } = await plan('tayang');
  expect((await moderator.call(getConference, { params })).next).toEqual(['tanya_jawab']);
  expect(await narasumber.refusalOf(postConferenceState, { params, body: { to: 'tanya_jawab' } })).toBe('press.not_moderator');
  expect((await moderator.call(postConferenceState, { params, body: { to: 'tanya_jawab' } })).state).toBe('tanya_jawab');
  expect(await moderator.refusalOf(postConferenceState, { params, body: { to: 'selesai' } })).toBe('role.missing');
  expect((await operator.call(postConferenceState, { params, body: { to: 'selesai' } })).next).toEqual(['arsip']);
});

test('what is over is not changed any more', async () => {
  const { plan } = await office();
  const { id, params, operator, conference, crew } = await plan('selesai');
  const { title, summary, opdId, startsAt, version } = conference;
  const row = { id, crew: crew('jbi').id };
  expect(await operator.refusalOf(putConference, { params, body: { title, summary, opdId, startsAt, version } })).toBe('conference.over');
  expect(await operator.refusalOf(postCrew, { params, body: { role: 'narasumber', who: { kind: 'person', id: NOBODY } } })).toBe('conference.over');
  expect(await operator.refusalOf(deleteCrew, { params: row })).toBe('conference.over');
  expect(await operator.refusalOf(putCrewOrder, { params, body: { order: [] } })).toBe('conference.over');
  expect(await operator.refusalOf(postCrewLink, { params: row })).toBe('conference.over');
  expect(await operator.refusalOf(putCheck, { params: { id, name: 'rekaman' }, body: { done: true } })).toBe('conference.over');
  expect(await operator.refusalOf(postConferenceState, { params, body: { to: 'tayang' } })).toBe('conference.over');
});

test('a post is read anew until the green room opens; whoever holds it then speaks, whoever is appointed later', async () => {
  const { world, cast, plan } = await office();
  const { goTo, again } = await plan('registrasi');
  const post = cast.kepala.positionId ?? '';
  const speaker = async () => (await again()).crew.find((one) => one.role === 'narasumber');
  expect(await speaker()).toMatchObject({ name: cast.kepala.name, label: 'Kepala Dinas Sosial' });
  await world.app.people.appoint(portalItself, post, {
    personId: cast.stafKantor.id,
    kind: 'plh',
    from: cast.today,
    until: null,
    basis: 'SP 1/2026',
  });
  expect(await speaker()).toMatchObject({ name: cast.stafKantor.name, label: 'Plh. Kepala Dinas Sosial', member: `p_${cast.stafKantor.id}` });
  await goTo('ruang_tunggu');
  await world.app.people.appoint(portalItself, post, {
    personId: cast.stafDinkes.id,
    kind: 'plt',
    from: cast.today,
    until: '2027-01-31',
    basis: 'SP 2/2026',
  });
  await world.app.people.setDisabled(portalItself, cast.stafKantor.id, true);
  expect(await speaker()).toMatchObject({ name: cast.stafKantor.name, label: 'Plh. Kepala Dinas Sosial' });
});

test('a post that nobody holds is shown by its title, and nobody is inside for it', async () => {
  const { world, cast, plan } = await office();
  const { params, operator } = await plan();
  const empty = await world.app.people.addPosition(portalItself, { opdId: cast.opds.dinkes.id, title: 'Sekretaris Dinas Kesehatan', level: 'sekretaris' });
  const { crew } = await operator.call(postCrew, { params, body: { role: 'narasumber', who: { kind: 'position', id: empty.id } } });
  expect(crew.at(-1)).toMatchObject({ name: 'Sekretaris Dinas Kesehatan', member: null, inside: false, opdName: 'Dinas Kesehatan' });
});

test('nobody is listed twice in a role, also not once by name and once by post', async () => {
  const { cast, plan } = await office();
  const { params, operator } = await plan();
  const add = (role: 'narasumber' | 'moderator' | 'jbi', who: { kind: 'person' | 'position'; id: string }) =>
    operator.refusalOf(postCrew, { params, body: { role, who } });
  expect(await add('narasumber', { kind: 'person', id: cast.kepala.id })).toBe('crew.twice');
  expect(await add('narasumber', { kind: 'position', id: cast.kepala.positionId ?? '' })).toBe('crew.twice');
  const guest = { kind: 'guest' as const, name: 'Ratna Isyarat', institution: 'Perkumpulan JBI Uji' };
  expect(await operator.refusalOf(postCrew, { params, body: { role: 'jbi', who: guest } })).toBe('crew.twice');
  expect(await add('moderator', { kind: 'person', id: cast.kepala.id })).toBeNull();
});

test('a guest speaks or interprets; who leads has an account', async () => {
  const { plan } = await office();
  const { params, operator } = await plan();
  const who = { kind: 'guest' as const, name: 'Tamu Uji', institution: 'Lembaga Uji' };
  for (const role of ['moderator', 'operator'] as const)
    expect(await operator.refusalOf(postCrew, { params, body: { role, who } })).toBe('crew.guest_moderator');
  expect((await operator.call(postCrew, { params, body: { role: 'narasumber', who } })).crew.at(-1)).toMatchObject({ name: 'Tamu Uji', guest: true });
});

test('a post or person that does not exist is not listed', async () => {
  const { plan } = await office();
  const { params, operator, again } = await plan();
  for (const kind of ['person', 'position'] as const) {
    const refused = await refusalIn(operator.call(postCrew, { params, body: { role: 'narasumber', who: { kind, id: NOBODY } } }));
    expect([refused.code, refused.fields?.[0]?.path]).toEqual(['input.invalid', 'who.id']);
  }
  expect((await again()).crew).toHaveLength(4);
});

test('the crew stands in the order an operator gives; a list that leaves somebody out is refused', async () => {
  const { plan } = await office();
  const { params, operator, again } = await plan();
  const order = (await again()).crew.map((one) => one.id).toReversed();
  expect((await operator.call(putCrewOrder, { params, body: { order } })).crew.map((one) => one.id)).toEqual(order);
  const refused = await refusalIn(operator.call(putCrewOrder, { params, body: { order: order.slice(1) } }));
  expect([refused.code, refused.fields?.[0]?.path]).toEqual(['input.invalid', 'order']);
});

test('somebody of another conference cannot be taken off here, and has no link here', async () => {
  const { plan } = await office();
  const one = await plan();
  const other = await plan();
  const crew = other.crew('jbi').id;
  expect(await one.operator.refusalOf(deleteCrew, { params: { id: one.id, crew } })).toBe('not_found');
  expect(await one.operator.refusalOf(postCrewLink, { params: { id: one.id, crew } })).toBe('not_found');
  expect((await other.again()).crew).toHaveLength(4);
});

test('whoever is taken off has no part any more, and the link of a guest is dead', async () => {
  const { plan } = await office();
  const { id, params, operator, narasumber, jbi, crew } = await plan();
  await operator.call(deleteCrew, { params: { id, crew: crew('narasumber').id } });
  await operator.call(deleteCrew, { params: { id, crew: crew('jbi').id } });
  expect(await narasumber.refusalOf(getConference, { params })).toBe('not_found');
  expect(await jbi.refusalOf(getConference, { params })).toBe('link.revoked');
});

test('a new link ends the former one, and links are shown to operators only', async () => {
  const { world, plan } = await office();
  const { id, params, operator, moderator, jbi, crew } = await plan();
  const renewed = await operator.call(postCrewLink, { params: { id, crew: crew('jbi').id } });
  const link = renewed.crew.find((one) => one.role === 'jbi')?.link ?? '';
  expect(link).toMatch(/^\/siaran\/2026-11-23-penanganan-banjir#[\w-]{28}$/);
  expect(await jbi.refusalOf(getConference, { params })).toBe('link.revoked');
  expect((await opensCrewLink(world, link).call(getConference, { params })).crew.map((one) => one.link)).toEqual([null, null, null, null]);
  expect((await moderator.call(getConference, { params })).crew.map((one) => one.link)).toEqual([null, null, null, null]);
});

test('somebody with an account has no link to renew', async () => {
  const { plan } = await office();
  const { id, operator, crew } = await plan();
  expect(await operator.refusalOf(postCrewLink, { params: { id, crew: crew('moderator').id } })).toBe('not_found');
});

test('the link of one conference opens no other', async () => {
  const { plan } = await office();
  const one = await plan();
  const other = await plan();
  expect(await one.jbi.refusalOf(getConference, { params: other.params })).toBe('not_found');
});

test('a link that a browser has entered by is that browser’s', async () => {
  const { world, plan } = await office();
  const { params, jbi, crew } = await plan('ruang_tunggu');
  const { id } = crew('jbi');
  await jbi.call(getConference, { params });
  expect(await world.app.press.claimLink(world.sql, id, 'perambanSatu', 1)).toBe(true);
  expect(await world.app.press.claimLink(world.sql, id, 'perambanSatu', 1)).toBe(true);
  expect(await world.app.press.claimLink(world.sql, id, 'perambanDua0', 1)).toBe(false);
  expect(await jbi.refusalOf(getConference, { params })).toBe('link.other_device');
});

test('what is missing keeps it from going on air, all of it named at once', async () => {
  const { plan } = await office();
  const { params, operator } = await plan('ruang_tunggu');
  const refused = await refusalIn(operator.call(postConferenceState, { params, body: { to: 'tayang' } }));
  expect(refused.code).toBe('conference.not_ready');
  expect(refused.values?.['missing']).toBe('moderator, narasumber, juru bahasa isyarat, suara atau gambar, rekaman, siaran');
});

test('with the crew inside, a microphone on and recording and stream confirmed it goes on air', async () => {
  const { world, livekit, plan } = await office();
  const { id, params, operator, crew } = await plan('ruang_tunggu');
  const [room] = await world.sql<{ name: string }[]>`select r.name from rooms.room r join press.conference c on c.room_id = r.id where c.id = ${id}`;
  const enters = (role: 'narasumber' | 'moderator' | 'jbi', sources: string[]): void =>
    void livekit.arrives(room!.name, `${crew(role).member ?? ''}:${role === 'jbi' ? 'l' : 's'}ABCDEFGHIJKLB234`, world.clock.now(), { sources });
  const open = async (): Promise<CheckName[]> =>
    (await operator.call(getChecks, { params })).filter((check) => check.blocking && !check.ok).map((check) => check.name);
  enters('moderator', []);
  enters('narasumber', []);
  enters('jbi', []);
  await world.app.rooms.sweep();
  expect(await open()).toEqual(['suara', 'rekaman', 'siaran']);
  enters('narasumber', ['microphone']);
  for (const name of ['rekaman', 'siaran'] as const) await operator.call(putCheck, { params: { id, name }, body: { done: true } });
  expect(await open()).toEqual([]);
  const onAir = await operator.call(postConferenceState, { params, body: { to: 'tayang' } });
  expect(onAir.crew.filter((one) => one.inside).map((one) => one.role)).toEqual(['narasumber', 'moderator', 'jbi']);
});

test('an interpreter is waived only with a reason, which the public page tells', async () => {
  const { world, plan } = await office();
  const { id, slug, operator } = await plan('ruang_tunggu');
  const params = { id, name: 'jbi' as const };
  expect(await operator.refusalOf(putCheck, { params, body: { waive: ' ' } })).toBe('input.invalid');
  const checks = await operator.call(putCheck, { params, body: { waive: 'JBI sakit, pengganti tiba pukul 11.00' } });
  expect(checks.find((check) => check.name === 'jbi')?.waived).toMatchObject({ byName: 'Dian Operator', reason: 'JBI sakit, pengganti tiba pukul 11.00' });
  const page = async () => (await world.visitor().call(getPressConference, { params: slug })).withoutSigner;
  expect(await page()).toBe('JBI sakit, pengganti tiba pukul 11.00');
  await operator.call(putCheck, { params, body: { waive: null } });
  expect(await page()).toBeNull();
});

test('a check that the portal looks at is not said by hand', async () => {
  const { plan } = await office();
  const { id, operator } = await plan('ruang_tunggu');
  expect(await operator.refusalOf(putCheck, { params: { id, name: 'media' }, body: { done: true } })).toBe('check.not_by_hand');
  expect(await operator.refusalOf(putCheck, { params: { id, name: 'registrasi' }, body: { done: true } })).toBe('check.not_by_hand');
});

test('the moderator confirms the recording and waives nothing; a speaker does not see the checks', async () => {
  const { plan } = await office();
  const { id, params, moderator, narasumber } = await plan('ruang_tunggu');
  const checks = await moderator.call(putCheck, { params: { id, name: 'rekaman' }, body: { done: true, note: 'Server rekaman 2' } });
  expect(checks.find((check) => check.name === 'rekaman')).toMatchObject({ ok: true, doneBy: 'Budi Kabidrehsos', note: 'Server rekaman 2' });
  expect(await moderator.refusalOf(putCheck, { params: { id, name: 'siaran' }, body: { waive: 'Tanpa siaran' } })).toBe('role.missing');
  expect(await narasumber.refusalOf(getChecks, { params })).toBe('press.not_moderator');
  expect(await narasumber.refusalOf(putCheck, { params: { id, name: 'rekaman' }, body: { done: true } })).toBe('press.not_moderator');
});

test('the checks are told in the language of the reader', async () => {
  const { plan } = await office();
  const { params, operator } = await plan('ruang_tunggu');
  const english = await operator.send(getChecks, { params }, { 'accept-language': 'en' });
  expect(english.text).toContain('The sign-language interpreter is not in the green room yet.');
  expect((await operator.call(getChecks, { params })).find((check) => check.name === 'jbi')?.text).toBe('Juru bahasa isyarat belum di ruang tunggu.');
});

test('a conference that is called off tells why, twice is once, and nothing follows', async () => {
  const { world, plan, acts } = await office();
  const { id, params, slug, operator } = await plan('registrasi');
  for (let n = 0; n < 2; n++) await operator.call(postCancellation, { params, body: { reason: 'Menunggu data curah hujan' } });
  const page = await world.visitor().call(getPressConference, { params: slug });
  expect(page).toMatchObject({ state: 'dibatalkan', cancelReason: 'Menunggu data curah hujan', registrationOpen: false });
  expect((await acts(id)).filter((act) => act === 'dibatalkan dibatalkan')).toHaveLength(1);
  expect(await operator.refusalOf(postConferenceState, { params, body: { to: 'ruang_tunggu' } })).toBe('conference.over');
});

test('a draft that is called off was never public', async () => {
  const { world, plan } = await office();
  const { params, slug, operator } = await plan();
  await operator.call(postCancellation, { params, body: { reason: 'Salah jadwal' } });
  expect(await world.visitor().refusalOf(getPressConference, { params: slug })).toBe('not_found');
  expect(await world.visitor().call(getPress, {})).toEqual([]);
});

test('what is on air is ended, not called off', async () => {
  const { plan } = await office();
  const { params, operator } = await plan('tayang');
  const refused = await refusalIn(operator.call(postCancellation, { params, body: { reason: 'Ditunda' } }));
  expect(refused).toMatchObject({ code: 'conference.order', values: { next: 'tanya jawab atau selesai' } });
});

test('registration closes at its own time, also with the conference on air', async () => {
  const { world, plan } = await office();
  const until = new Date(world.clock.now().getTime() + 1_800_000).toISOString();
  const { slug } = await plan('registrasi', { plan: { registrationUntil: until } });
  const open = async () => (await world.visitor().call(getPressConference, { params: slug })).registrationOpen;
  expect(await open()).toBe(true);
  world.clock.set(until);
  expect(await open()).toBe(false);
});

test('the schedule has what comes first by its time, then the past with the newest first', async () => {
  const { world, plan } = await office();
  const later = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
  const goBy = (days: number) => world.clock.advance(days * 86_400_000);
  await plan('arsip', { plan: { title: 'Pekan lalu', startsAt: later(1) } });
  goBy(6);
  await plan('selesai', { plan: { title: 'Kemarin', startsAt: later(1) } });
  goBy(1);
  await plan('diumumkan', { plan: { title: 'Besok', startsAt: later(24) } });
  await plan('registrasi', { plan: { title: 'Nanti', startsAt: later(2) } });
  await plan('draft', { plan: { title: 'Draf', startsAt: later(1) } });
  expect((await world.visitor().call(getPress, {})).map((one) => one.title)).toEqual(['Nanti', 'Besok', 'Kemarin', 'Pekan lalu']);
});

test('the public page names crew without a key to anybody, and without mail addresses', async () => {
  const { world, plan } = await office();
  const { slug } = await plan('diumumkan');
  const { text } = await world.visitor().send(getPressConference, { params: slug });
  expect(text).toContain('Ratna Isyarat');
  expect(text).not.toMatch(/p_[0-9a-f]{8}|g_[0-9a-f]{8}|@|link"/);
});

test('every act stands in the ledger with who did it', async () => {
  const { world, plan } = await office();
  const { id } = await plan('diumumkan');
  const rows = await world.sql<{ act: string; by: string; seq: string; stream: string }[]>`
    select act, by_name as by, seq::text, stream from press.act where conference_id = ${id} order by id`;
  expect(rows.map((row) => row.act)).toEqual(['direncanakan', 'kru_ditambah', 'kru_ditambah', 'kru_ditambah', 'kru_ditambah', 'keadaan']);
  expect(new Set(rows.map((row) => row.stream))).toEqual(new Set([`press:${id}`]));
  expect(new Set(rows.map((row) => row.by))).toEqual(new Set(['Dian Operator']));
  await expect(world.sql`update press.act set by_name = 'Orang lain' where conference_id = ${id}`).rejects.toThrow(/kept as they are/);
});

test('whoever looks at an announced conference is told that it changed; of a draft only its own hear', async () => {
  const { world, plan } = await office();
  const { id, goTo, moderator } = await plan();
  const outside = await liveSocket(world, null);
  const inside = await liveSocket(world, moderator);
  outside.say({ type: 'watch', topic: `press:${id}` });
  expect((await outside.next('refused')).topic).toBe(`press:${id}`);
  inside.say({ type: 'watch', topic: `pressdesk:${id}` });
  await inside.next('watching');
  await goTo('diumumkan');
  expect(await inside.next('press.changed')).toEqual({ type: 'press.changed', conferenceId: id });
  outside.say({ type: 'watch', topic: `press:${id}` });
  await outside.next('watching');
  outside.say({ type: 'watch', topic: `pressdesk:${id}` });
  expect((await outside.next('refused')).topic).toBe(`pressdesk:${id}`);
  await goTo('registrasi');
  expect(await outside.next('press.changed')).toEqual({ type: 'press.changed', conferenceId: id });
  outside.ws.close();
  inside.ws.close();
});
