// What the crew of a conference gets by mail: the personal link of a guest, the task of an official, and that it is called off.
import { afterEach, expect, test } from 'vitest';
import { deleteCrew, getConference, postCancellation, postCrew, postCrewLink } from '../../shared/press.ts';
import { getPressRoom } from '../../shared/press-room.ts';
import { makeCast } from '../support/cast.ts';
import { createLiveKitDouble } from '../support/livekit-double.ts';
import { openMailbox } from '../support/mailbox.ts';
import { opensCrewLink, plannedConference } from '../support/press.ts';
import { makeWorld } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const RATNA = 'ratna@jbi.example';
async function office(state: 'draft' | 'diumumkan' = 'diumumkan', { mails = true } = {}) {
  const box = await openMailbox();
  endings.push(box.close);
  const world = await makeWorld({ livekit: createLiveKitDouble(), ...(mails && { mail: box.settings }) });
  endings.push(world.close);
  const cast = await makeCast(world);
  const conference = await plannedConference(world, cast, { state });
  const lettersTo = async (address: string) => {
    await world.app.jobs.runDue();
    return box.of(address);
  };
  const mailOf = async (role: 'jbi' | 'narasumber') => (await conference.again()).crew.find((one) => one.role === role)?.mail;
  return { ...conference, world, cast, box, lettersTo, mailOf };
}
const linkIn = (text: string | undefined): string => /\/siaran\/[\w-]+#[\w-]{28}/.exec(text ?? '')?.[0] ?? '';

test('announced, a guest gets the personal link by mail: it opens the press room, and stands nowhere in the database', async () => {
  const { world, slug, lettersTo, mailOf } = await office();
  expect(await mailOf('jbi')).toBe('antre');
  const [letter, ...more] = await lettersTo(RATNA);
  expect(more).toEqual([]);
  expect(letter?.subject).toBe('Tautan Anda: Penanganan banjir');
  expect(letter?.text).toContain('juru bahasa isyarat');
  expect(letter?.text).toContain('23 November 2026');
  const link = linkIn(letter?.text);
  expect(await opensCrewLink(world, link).call(getPressRoom, { params: slug })).toMatchObject({ you: { kind: 'jbi', name: 'Ratna Isyarat' } });
  const kept = JSON.stringify(await world.sql`select * from mail.letter`) + JSON.stringify(await world.sql`select * from graphile_worker._private_jobs`);
  expect(kept).not.toContain(link.split('#')[1]);
  expect(kept).not.toContain(RATNA);
  expect(await mailOf('jbi')).toBe('terkirim');
});

test('an official is told the task and where to look, once, whatever else is changed', async () => {
  const { cast, id, operator, params, goTo, lettersTo, mailOf } = await office();
  await operator.call(postCrew, { params, body: { role: 'operator', who: { kind: 'person', id: cast.kabid.id } } });
  await goTo('registrasi');
  await goTo('ruang_tunggu');
  const letters = await lettersTo(cast.kepala.email);
  expect(letters.map(({ subject }) => subject)).toEqual(['Anda bertugas: Penanganan banjir']);
  expect(letters[0]?.text).toContain('sebagai narasumber');
  expect(letters[0]?.text).toContain(`/konferensi/${id}`);
  expect(letters[0]?.text).not.toContain('#');
  // Two tasks, one letter.
  expect((await lettersTo(cast.kabid.email)).map(({ text }) => /sebagai ([\w ]+) pada/.exec(text ?? '')?.[1])).toEqual(['moderator dan operator']);
  expect(await mailOf('narasumber')).toBe('terkirim');
});

test('a draft writes to nobody, and a draft that is called off neither', async () => {
  const { box, operator, params, mailOf, world } = await office('draft');
  expect(await mailOf('jbi')).toBeNull();
  await operator.call(postCancellation, { params, body: { reason: 'Batal' } });
  await world.app.jobs.runDue();
  expect(box.arrived).toEqual([]);
});

test('a new link is mailed, and who was taken off before the letter left gets none', async () => {
  const { crew, operator, params, lettersTo } = await office();
  const first = linkIn((await lettersTo(RATNA))[0]?.text);
  await operator.call(postCrewLink, { params: { ...params, crew: crew('jbi').id } });
  const [, second] = await lettersTo(RATNA);
  expect(linkIn(second?.text)).not.toBe(first);
  expect(linkIn(second?.text)).not.toBe('');
  const added = await operator.call(postCrew, {
    params,
    body: { role: 'narasumber', who: { kind: 'guest', name: 'Tamu Batal', institution: 'PMI', email: 'batal@pmi.example' } },
  });
  await operator.call(deleteCrew, { params: { ...params, crew: added.crew.find((one) => one.name === 'Tamu Batal')?.id ?? '' } });
  expect(await lettersTo('batal@pmi.example')).toEqual([]);
});

test('called off, guests and officials of the crew are told, with the reason', async () => {
  const { cast, operator, params, lettersTo } = await office();
  await lettersTo(RATNA);
  await operator.call(postCancellation, { params, body: { reason: 'Narasumber sakit' } });
  for (const address of [RATNA, cast.kepala.email]) {
    const last = (await lettersTo(address)).at(-1);
    expect(last?.subject).toBe('Dibatalkan: Penanganan banjir');
    expect(last?.text).toContain('Narasumber sakit');
    expect(last?.text).not.toContain('#');
  }
});

test('where mail is off the operators’ page says that no letter has left, and shows it to nobody else', async () => {
  const { moderator, mailOf, again, params } = await office('diumumkan', { mails: false });
  expect(await mailOf('jbi')).toBe('belum');
  expect((await again()).crew.every((one) => one.mail === 'belum')).toBe(true);
  expect((await moderator.call(getConference, { params })).crew.every((one) => one.mail === null)).toBe(true);
});
