// What journalists get by mail: the link that proves an address, and what the desk decided.
import { afterEach, expect, test } from 'vitest';
import * as wire from '../../shared/press-desk.ts';
import { getThanks } from '../../shared/press-pages.ts';
import { castWorld } from '../support/cast.ts';
import { openMailbox } from '../support/mailbox.ts';
import { plannedConference, registers } from '../support/press.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function pressOffice() {
  const box = await openMailbox();
  endings.push(box.close);
  const { world, cast } = await castWorld({ mail: box.settings });
  endings.push(world.close);
  const conference = await plannedConference(world, cast, { state: 'registrasi' });
  const letters = async (to: string) => {
    await world.app.jobs.runDue();
    return box.arrived.filter(({ envelope }) => envelope.to.includes(to));
  };
  const decide = async (journalist: string, body: { act: 'diterima' | 'ditolak'; reason?: string; from?: 'ditolak' }) => {
    // Letters leave in the order they were asked for.
    world.clock.advance(1_000);
    await conference.operator.call(wire.postRegistrationDecision, { params: { ...conference.params, journalist }, body: { from: 'menunggu', ...body } });
  };
  return { world, conference, letters, decide };
}
const SARI = { name: 'Menangkan Hadiah', outlet: 'Klik hadiah.example', email: 'sari@radaruji.example' };
const tokenIn = (text: string | undefined): string => /#([\w-]{28})/.exec(text ?? '')?.[1] ?? '';

test('the link that is mailed opens the pass; not a word of the form goes to an address nobody has proved', async () => {
  const { world, conference, letters } = await pressOffice();
  const { id } = await registers(world, conference, { ...SARI, question: { topic: 'Klik di sini', text: 'https://hadiah.example' } });
  const [letter] = await letters(SARI.email);
  expect(letter?.subject).toBe('Tautan pers Anda: Penanganan banjir');
  expect(letter?.text).toContain(`/pers/masuk?ke=${conference.slug.slug}#`);
  expect(letter?.raw).not.toMatch(/hadiah/i);
  const phone = world.visitor();
  await phone.call(wire.postPass, { body: { token: tokenIn(letter?.text) } });
  expect((await phone.call(wire.getRegistration, { params: conference.slug })).own?.member).toBe(`j_${id}`);
  expect((await conference.operator.call(wire.getRegistrations, { params: conference.params }))[0]).toMatchObject({ mail: 'terkirim', confirmed: true });
});

test('the form says whether letters go out: where none do, the desk hands the link over', async () => {
  const { world, conference } = await pressOffice();
  const { world: silent, cast } = await castWorld();
  endings.push(silent.close);
  const { slug, params, operator } = await plannedConference(silent, cast, { state: 'registrasi' });
  expect((await world.visitor().call(wire.getRegistration, { params: conference.slug })).mails).toBe(true);
  expect((await silent.visitor().call(wire.getRegistration, { params: slug })).mails).toBe(false);
  expect((await conference.operator.call(getThanks, { params: conference.params })).mails).toBe(true);
  expect((await operator.call(getThanks, { params })).mails).toBe(false);
});

test('a known address gets its own link, whoever registered with it', async () => {
  const { world, conference, letters } = await pressOffice();
  const sari = await registers(world, conference, { name: 'Sari Pena', outlet: 'Radar Uji' });
  await sari.client.call(wire.postPass, { body: { token: tokenIn((await letters(sari.own.email))[0]?.text) } });
  await registers(world, conference, { name: 'Orang Lain', outlet: 'Media Lain', email: sari.own.email });
  const second = (await letters(sari.own.email))[1];
  const laptop = world.visitor();
  expect(await laptop.call(wire.postPass, { body: { token: tokenIn(second?.text) } })).toEqual({ name: 'Sari Pena', outlet: 'Radar Uji' });
});

test('accepted and refused are told, the reason with it, and no letter of it carries a link to the pass', async () => {
  const { world, conference, letters, decide } = await pressOffice();
  const sari = await registers(world, conference, { name: 'Sari Pena', outlet: 'Radar Uji' });
  const bayu = await registers(world, conference, { name: 'Bayu Kamera', outlet: 'Suara Kota' });
  await decide(sari.id, { act: 'diterima' });
  await decide(bayu.id, { act: 'ditolak', reason: 'Kartu pers tidak terbaca' });
  const [, accepted] = await letters(sari.own.email);
  const [, refused] = await letters(bayu.own.email);
  expect(accepted?.subject).toBe('Pendaftaran diterima: Penanganan banjir');
  expect(accepted?.text).toContain(`/siaran/${conference.slug.slug}`);
  expect(refused?.text).toContain('Kartu pers tidak terbaca');
  expect(`${accepted?.text}${refused?.text}`).not.toContain('#');
});

test('a decision that was changed before its letter left is told once, as it is now', async () => {
  const { world, conference, letters, decide } = await pressOffice();
  const sari = await registers(world, conference, { name: 'Sari Pena', outlet: 'Radar Uji' });
  await decide(sari.id, { act: 'ditolak', reason: 'Keliru' });
  await decide(sari.id, { act: 'diterima', from: 'ditolak' });
  expect((await letters(sari.own.email)).map(({ subject }) => subject)).toEqual([
    'Tautan pers Anda: Penanganan banjir',
    'Pendaftaran diterima: Penanganan banjir',
  ]);
});
