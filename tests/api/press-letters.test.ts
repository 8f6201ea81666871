// Letters of a conference to its journalists: called off, and thanks; as they arrive at a real mail server.
import { afterEach, expect, test } from 'vitest';
import { postKitItem, putKitEmbargo } from '../../shared/press-kit.ts';
import { getThanks, postThanks } from '../../shared/press-pages.ts';
import { postCancellation } from '../../shared/press.ts';
import { postPass, postRegistrationDecision } from '../../shared/press-desk.ts';
import { makeCast, PASSWORD } from '../support/cast.ts';
import { openMailbox } from '../support/mailbox.ts';
import { journalist, mailedToken, plannedConference, registers } from '../support/press.ts';
import { makeWorld } from '../support/world.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const SINTA = { name: 'Sinta Warta', outlet: 'Radar Uji', email: 'sinta@radar.example' };
const BIMA = { name: 'Bima Kabar', outlet: 'Kabar Uji', email: 'bima@kabar.example' };
const CITRA = { name: 'Citra Suara', outlet: 'Suara Uji', email: 'citra@suara.example' };

/** Sinta is accepted and has opened her link, Bima waits, Citra was refused. Their first letters are out. */
async function office() {
  const box = await openMailbox();
  endings.push(box.close);
  const world = await makeWorld({ mail: box.settings });
  endings.push(world.close);
  const cast = await makeCast(world);
  const conference = await plannedConference(world, cast, { state: 'registrasi' });
  const sinta = await journalist(world, conference, SINTA);
  await sinta.client.call(postPass, { body: { token: mailedToken(sinta.id) } });
  await registers(world, conference, BIMA);
  const citra = await registers(world, conference, CITRA);
  const body = { act: 'ditolak' as const, reason: 'Bukan wartawan', from: 'menunggu' as const };
  await conference.operator.call(postRegistrationDecision, { params: { ...conference.params, journalist: citra.id }, body });
  await world.app.jobs.runDue();
  box.arrived.length = 0;
  const letters = async (): Promise<string[]> => {
    await world.app.jobs.runDue();
    return box.arrived.map(({ envelope, subject }) => `${envelope.to.join()}: ${subject}`).toSorted();
  };
  return { world, cast, conference, box, letters };
}

test('who registered is told that it is called off, and why; who was refused is not', async () => {
  const { conference, box, letters } = await office();
  await conference.operator.call(postCancellation, { params: conference.params, body: { reason: 'Narasumber di lokasi bencana' } });
  expect(await letters()).toEqual(['bima@kabar.example: Dibatalkan: Penanganan banjir', 'sinta@radar.example: Dibatalkan: Penanganan banjir']);
  const [letter] = box.of(SINTA.email);
  expect(letter!.text).toContain('Yth. Sinta Warta');
  expect(letter!.text).toContain('Senin, 23 November 2026 pukul 10.00 WIB');
  expect(letter!.text).toContain('Alasan: Narasumber di lokasi bencana');
  expect(letter!.text).toContain('http://portal.test/pers');
});

test('a name that somebody typed reaches no address which nobody has opened a letter at', async () => {
  const { conference, box, letters } = await office();
  await conference.operator.call(postCancellation, { params: conference.params, body: { reason: 'Hujan' } });
  await letters();
  expect(box.of(BIMA.email)[0]!.raw).not.toContain('Bima');
  expect(box.of(BIMA.email)[0]!.text).toContain('Yth. Rekan media');
});

test('a draft that is called off is nobody’s news', async () => {
  const { world, cast, letters } = await office();
  const draft = await plannedConference(world, cast, { plan: { title: 'Rencana' } });
  await draft.operator.call(postCancellation, { params: draft.params, body: { reason: 'Batal' } }).catch(() => {});
  expect(await letters()).toEqual([]);
});

test('thanks go once to each, by hand after the end or by archiving, with links to what is there', async () => {
  const { world, conference, box, letters } = await office();
  const { operator, params, slug } = conference;
  expect(await operator.refusalOf(postThanks, { params })).toBe('thanks.not_over');
  for (const to of ['ruang_tunggu', 'tayang', 'selesai'] as const) await conference.goTo(to);
  await operator.call(postKitItem, {
    params,
    body: {
      kind: 'siaran',
      title: 'Bantuan',
      release: [{ kind: 'paragraph', runs: [{ text: 'Bantuan disalurkan.', bold: false, italic: false, link: null }] }],
    },
  });
  await operator.call(putKitEmbargo, { params, body: { embargoAt: world.clock.now().toISOString(), announced: false } });
  expect(await operator.call(getThanks, { params })).toEqual({ letters: 0, sentAt: null });
  const before = await letters();
  expect(await operator.call(postThanks, { params })).toMatchObject({ sentAt: world.clock.now().toISOString() });
  await operator.call(postThanks, { params });
  await conference.goTo('arsip');
  const thanks = (await letters()).filter((line) => !before.includes(line));
  expect(thanks).toEqual(['bima@kabar.example: Terima kasih: Penanganan banjir', 'sinta@radar.example: Terima kasih: Penanganan banjir']);
  const text = box.of(SINTA.email).find(({ subject }) => subject?.startsWith('Terima kasih'))!.text!;
  expect(text).toContain(`http://portal.test/pers/${slug.slug}#siaran`);
  expect(text).not.toContain('#rekaman');
});

test('thanks are the operator’s to send', async () => {
  const { world, cast, conference } = await office();
  const staf = await world.signIn(cast.staf.nip, PASSWORD);
  expect(await staf.refusalOf(postThanks, { params: conference.params })).toBe('role.missing');
  expect(await staf.refusalOf(getThanks, { params: conference.params })).toBe('role.missing');
  const nowhere = { id: '00000000-0000-4000-8000-000000000000' };
  expect(await conference.operator.refusalOf(postThanks, { params: nowhere })).toBe('not_found');
  expect(await conference.operator.refusalOf(getThanks, { params: nowhere })).toBe('not_found');
});
