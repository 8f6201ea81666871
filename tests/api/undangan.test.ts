import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getNumberBook, getVerification, putLetterhead } from '../../shared/letters.ts';
import { getInvitations } from '../../shared/meetings.ts';
import {
  getLetterDraftPdf,
  getLetterPdf,
  getMeetingLetters,
  postLetter,
  postLetterWithdrawal,
  putLetterDraft,
  type LetterDraft,
  type MeetingLetters,
} from '../../shared/undangan.ts';
import { portalItself } from '../../server/people/index.ts';
import { verifyLedger } from '../../server/platform/ledger-verify.ts';
import { castWorld, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { opensLink } from '../support/meeting.ts';
import { textOfPdf } from '../support/pdf.ts';
import type { Client, World } from '../support/world.ts';

const NOBODY = { people: [], positions: [], units: [], guests: [] };
let world: World;
let cast: Cast;
let head: Client;
let admin: Client;
beforeAll(async () => {
  ({ world, cast } = await castWorld());
  [head, admin] = [await signIn(world, cast.kepala), await signIn(world, cast.adminDinsos)];
  const body = { address: 'Jalan Uji Nomor 1, Uji 45111', contact: 'Telepon (0231) 000000', place: 'Uji', template: null };
  await admin.call(putLetterhead, { params: { opd: cast.opds.dinsos.id }, body });
});
afterAll(() => world.close());

const plan = (invite: object = {}, more: object = {}): Promise<string> =>
  world.app.sql.begin((tx) =>
    world.app.meetings.plan(tx, cast.kepala.id, {
      title: 'Rapat koordinasi banjir',
      sifat: 'segera',
      place: 'Aula Dinas Sosial',
      startsAt: new Date('2026-11-25T02:00:00Z'),
      endsAt: new Date('2026-11-25T04:00:00Z'),
      invite: { ...NOBODY, positions: [cast.kepalaDinkes.positionId!, cast.kabid.positionId!], ...invite },
      ...more,
    }),
  );
const chair = () => {
  const person = cast.kepala;
  return { id: person.id, name: person.name, sessionId: '', roles: [], opdId: cast.opds.dinsos.id, managesOpds: [cast.opds.dinsos.id] };
};
const moves = async (id: string, to: object): Promise<void> => {
  const person = chair();
  await world.app.sql.begin((tx) => world.app.meetings.change(tx, person, id, to, { reason: null }));
};
const callsOff = async (id: string, reason: string): Promise<void> => {
  const person = chair();
  await world.app.sql.begin((tx) => world.app.meetings.cancel(tx, person, id, reason));
};
const letters = (id: string, client: Client = head): Promise<MeetingLetters> => client.call(getMeetingLetters, { params: { id } });
const issues = (id: string, kind: 'undangan' | 'ralat' | 'pembatalan' = 'undangan', client: Client = head): Promise<MeetingLetters> =>
  client.call(postLetter, { params: { id }, body: { kind } });
const paper = async (id: string, letter: string, client: Client = head): Promise<string> =>
  textOfPdf(new Uint8Array(await (await client.call(getLetterPdf, { params: { id, letter } })).arrayBuffer()));
const bytesOf = async (blob: Promise<Blob>): Promise<Uint8Array> => new Uint8Array(await (await blob).arrayBuffer());

test('the portal draws the letter up from the plan; issued it has a number, stays as it was printed, and can be verified', async () => {
  const id = await plan({ guests: [{ name: 'Andi Relawan', institution: 'PMI Uji' }] });
  const before = await letters(id);
  expect(before.desk).toMatchObject({ due: 'undangan', bareHead: false, listed: false, draft: { classification: '005', subject: 'Undangan' } });
  expect(before.desk?.recipients).toEqual(['Kepala Dinas Kesehatan', 'Kepala Bidang Rehabilitasi Sosial', 'Andi Relawan, PMI Uji']);
  const draft = await textOfPdf(await bytesOf(head.call(getLetterDraftPdf, { params: { id } })));
  expect(draft).toContain('KONSEP');

  const after = await issues(id);
  const [letter] = after.issued;
  expect(letter).toMatchObject({ kind: 'undangan', number: '005/001/DINSOS/XI/2026', state: 'terbit', signer: 'KEPALA DINAS SOSIAL' });
  expect(after.desk?.due).toBeNull();
  const text = await paper(id, letter!.id);
  for (const words of [
    'PEMERINTAH KOTA UJI',
    'DINAS SOSIAL',
    'Jalan Uji Nomor 1, Uji 45111',
    '005/001/DINSOS/XI/2026',
    'Uji, 23 November 2026',
    'Segera',
    'Kepala Dinas Kesehatan',
    'Rabu, 25 November 2026',
    '09.00 s.d. 11.00 WIB',
    'Aula Dinas Sosial',
    'KEPALA DINAS SOSIAL,',
    'Hartini Kepaladinas',
    `NIP ${cast.kepala.nip}`,
    letter!.code,
    'Halaman 1 dari 1',
  ])
    expect(text).toContain(words);
  const verified = await world.visitor().call(getVerification, { params: { code: letter!.code } });
  expect(verified).toMatchObject({
    paper: 'undangan',
    number: letter!.number,
    invited: 3,
    letter: { state: 'terbit', replacedBy: null, place: 'Aula Dinas Sosial', startsAt: '2026-11-25T02:00:00.000Z' },
  });
  const again = await bytesOf(head.call(getLetterPdf, { params: { id, letter: letter!.id } }));
  await admin.call(putLetterhead, { params: { opd: cast.opds.dinsos.id }, body: { address: 'Jalan Baru 2', contact: null, place: 'Uji', template: null } });
  expect(Buffer.from(await bytesOf(head.call(getLetterPdf, { params: { id, letter: letter!.id } }))).equals(Buffer.from(again))).toBe(true);
  expect(Buffer.from(again).toString('latin1')).toMatch(/pdfaid:part>2</);
});

test('two who press at the same time issue one letter', async () => {
  const id = await plan();
  const [one, two] = await Promise.all([issues(id), issues(id, 'undangan', admin)]);
  expect(one.issued).toHaveLength(1);
  expect(two.issued.map((l) => l.number)).toEqual(one.issued.map((l) => l.number));
});

test('a changed hour makes a ralat due, which says what was and what is; the meeting as it was before owes nothing', async () => {
  const id = await plan();
  const [first] = (await issues(id)).issued;
  await moves(id, { startsAt: new Date('2026-11-25T06:00:00Z'), endsAt: new Date('2026-11-25T08:00:00Z') });
  const owed = await letters(id);
  expect(owed.desk).toMatchObject({ due: 'ralat', changes: [{ label: 'Pukul', from: '09.00 s.d. 11.00 WIB', to: '13.00 s.d. 15.00 WIB' }] });
  const told = await world.sql<{ title: string }[]>`select words->'id'->>'title' as title from notifications.notice where person_id = ${cast.kepala.id}`;
  expect(told.map((n) => n.title)).toContain('Surat ralat perlu diterbitkan');

  await moves(id, { startsAt: new Date('2026-11-25T02:00:00Z'), endsAt: new Date('2026-11-25T04:00:00Z') });
  expect((await letters(id)).desk?.due).toBeNull();
  expect((await refusalIn(issues(id, 'ralat'))).code).toBe('letter.not_due');

  await moves(id, { startsAt: new Date('2026-11-26T06:00:00Z'), endsAt: new Date('2026-11-26T08:00:00Z'), place: 'Balai Kota' });
  const [ralat, undangan] = (await issues(id, 'ralat', admin)).issued;
  expect(ralat).toMatchObject({ kind: 'ralat', state: 'terbit' });
  expect(ralat!.number).toMatch(/^005\/\d{3}-RLT\/DINSOS\/XI\/2026$/);
  expect(undangan).toMatchObject({ id: first!.id, state: 'digantikan' });
  const text = await paper(id, ralat!.id);
  for (const words of [
    first!.number,
    'Semula',
    'Menjadi',
    'Rabu, 25 November 2026',
    'Kamis, 26 November 2026',
    '13.00 s.d. 15.00 WIB',
    'Aula Dinas Sosial',
    'Balai Kota',
  ])
    expect(text).toContain(words);
  const old = await world.visitor().call(getVerification, { params: { code: first!.code } });
  expect(old.letter).toMatchObject({ state: 'digantikan', replacedBy: ralat!.number });
});

test('a meeting that is called off owes a pembatalan, once it was invited to by letter', async () => {
  const silent = await plan();
  await callsOff(silent, 'Pimpinan dinas luar');
  expect((await letters(silent)).desk?.due).toBeNull();
  expect((await refusalIn(issues(silent))).code).toBe('meeting.cancelled');

  const id = await plan();
  await issues(id);
  await callsOff(id, 'Pimpinan dinas luar');
  expect((await letters(id)).desk?.due).toBe('pembatalan');
  const [letter] = (await issues(id, 'pembatalan')).issued;
  expect(letter?.number).toMatch(/-BTL\//);
  const text = await paper(id, letter!.id);
  expect(text).toContain('dibatalkan');
  expect(text).toContain('Alasan pembatalan: Pimpinan dinas luar');
  expect((await letters(id)).desk?.due).toBeNull();
});

test('a letter that is withdrawn is void in the book, the one before it holds again, and a new one gets a new number', async () => {
  const id = await plan();
  const [first] = (await issues(id)).issued;
  await moves(id, { place: 'Aula lain' });
  const [ralat] = (await issues(id, 'ralat')).issued;
  const withdraw = (letter: string, client: Client = head) => client.call(postLetterWithdrawal, { params: { id, letter }, body: { reason: 'Tempat keliru' } });
  expect((await refusalIn(withdraw(first!.id))).code).toBe('letter.replaced');
  const after = await withdraw(ralat!.id);
  expect(after.issued.map((l) => l.state)).toEqual(['batal', 'terbit']);
  expect(after.desk?.due).toBe('ralat');
  await withdraw(ralat!.id);
  const book = await admin.call(getNumberBook, { params: { opd: cast.opds.dinsos.id } });
  expect(book.rows.find((row) => row.number === ralat!.number)?.voided?.reason).toBe('Tempat keliru');
  const [next] = (await issues(id, 'ralat')).issued;
  expect(next!.number).not.toBe(ralat!.number);
  expect((await refusalIn(withdraw(randomUUID()))).code).toBe('not_found');
});

test('more than eight are printed on a list of their own, with a head on every page', async () => {
  const guests = Array.from({ length: 60 }, (_, n) => ({ name: `Tamu Nomor ${n + 1}`, institution: 'Forum Uji' }));
  const id = await plan({ guests });
  const [letter] = (await issues(id)).issued;
  const text = await paper(id, letter!.id);
  expect(text).toContain('Daftar undangan terlampir');
  expect(text).toContain('2 (dua) lembar');
  expect(text).toContain('DAFTAR UNDANGAN');
  expect(text).toContain('Tamu Nomor 60, Forum Uji');
  expect(text).toMatch(/Halaman 3 dari 3/);
});

test('who acts in the post signs: a Plh as Plh, another post in the name of the head, nobody as nobody', async () => {
  const id = await plan();
  const { desk } = await letters(id);
  const kabid = desk!.signers.find((s) => s.name === cast.kabid.name);
  expect(kabid?.lines).toEqual(['a.n. KEPALA DINAS SOSIAL', 'Kepala Bidang Rehabilitasi Sosial,']);
  const body: LetterDraft = {
    ...desk!.draft,
    subject: 'Undangan rapat koordinasi',
    notes: 'Mohon membawa data terbaru.',
    copies: ['Wali Kota (sebagai laporan)'],
    signerPositionId: kabid!.positionId,
    signerGrade: 'Pembina (IV/a)',
  };
  await head.call(putLetterDraft, { params: { id }, body });
  const officer = await signIn(world, cast.kabid);
  const [letter] = (await issues(id, 'undangan', officer)).issued;
  const text = await paper(id, letter!.id);
  for (const words of [
    'a.n. KEPALA DINAS SOSIAL',
    'Budi Kabidrehsos',
    'Pembina (IV/a)',
    'Tembusan:',
    'Wali Kota (sebagai laporan)',
    'Mohon membawa data terbaru.',
  ])
    expect(text).toContain(words);

  const second = await plan();
  await world.app.people.appoint(portalItself, cast.kepala.positionId!, {
    personId: cast.stafKantor.id,
    kind: 'plh',
    from: '2026-11-23',
    until: '2026-11-23',
    basis: 'SPT 1/2026',
  });
  const signer = (await letters(second)).desk!.signers[0];
  expect(signer).toMatchObject({ label: 'Plh. Kepala Dinas Sosial', lines: ['Plh. KEPALA DINAS SOSIAL,'], name: cast.stafKantor.name });
  const no = await refusalIn(head.call(putLetterDraft, { params: { id: second }, body: { ...body, signerPositionId: cast.kepalaDinkes.positionId } }));
  expect(no).toMatchObject({ code: 'letter.signer', fields: [{ path: 'signerPositionId' }] });
});

test('the invited read what was issued, by session or by their own link; strangers find nothing', async () => {
  const id = await plan({ guests: [{ name: 'Andi Relawan', institution: 'PMI' }] });
  const [letter] = (await issues(id)).issued;
  const wahyu = await signIn(world, cast.kepalaDinkes);
  const seen = await letters(id, wahyu);
  expect(seen.desk).toBeNull();
  expect(seen.issued).toHaveLength(1);
  expect(await paper(id, letter!.id, wahyu)).toContain(letter!.number);
  const guest = (await head.call(getInvitations, { params: { id } })).find((i) => i.badge === 'Tamu');
  expect(await paper(id, letter!.id, opensLink(world, guest!.link))).toContain(letter!.number);

  const body = { ...(await letters(id)).desk!.draft };
  for (const call of [
    () => wahyu.call(putLetterDraft, { params: { id }, body }),
    () => issues(id, 'undangan', wahyu),
    () => wahyu.call(postLetterWithdrawal, { params: { id, letter: letter!.id }, body: { reason: 'Tidak' } }),
    () => wahyu.call(getLetterDraftPdf, { params: { id } }),
  ])
    expect((await refusalIn(call())).code).toBe('meeting.not_preparer');
  const stranger = await signIn(world, cast.stafDinkes);
  for (const call of [() => letters(id, stranger), () => issues(id, 'undangan', stranger), () => paper(id, letter!.id, stranger)])
    expect((await refusalIn(call())).code).toBe('not_found');
  expect((await refusalIn(letters(id, world.visitor()))).code).toBe('session.required');
});

test('the newest letter in force is what the mail carries; whoever waits for it is told in the same transaction', async () => {
  const heard: string[] = [];
  world.app.undangan.onIssued(async (_tx, { kind, number }) => void heard.push(`${kind} ${number}`));
  const id = await plan();
  const file = () => world.app.sql.begin((tx) => world.app.undangan.fileOf(tx, id));
  expect(await file()).toBeNull();
  const [letter] = (await issues(id)).issued;
  expect(heard).toEqual([`undangan ${letter!.number}`]);
  const first = await file();
  expect(first).toMatchObject({ type: 'application/pdf', name: expect.stringMatching(/^undangan-005-\d{3}-DINSOS-XI-2026\.pdf$/) as string });
  await moves(id, { place: 'Aula lain' });
  expect(await file()).toBeNull();
  await issues(id, 'ralat');
  expect((await file())?.name).toMatch(/^ralat-undangan-/);
});

test('nobody but the chair is invited: no letter, and no number is lost by trying', async () => {
  const [before] = await world.sql<{ n: number }[]>`select count(*)::int as n from letters.number`;
  const id = await plan({ positions: [], people: [cast.kepala.id] });
  expect((await refusalIn(issues(id))).code).toBe('letter.nobody');
  const [after] = await world.sql<{ n: number }[]>`select count(*)::int as n from letters.number`;
  expect(after).toEqual(before);
});

test('numbers and letters stand in the ledger', async () => {
  expect((await verifyLedger(world.sql)).findings).toEqual([]);
  await expect(world.sql`update undangan.letter set number = 'x'`).rejects.toThrow();
  await expect(world.sql`delete from letters.number`).rejects.toThrow();
});
