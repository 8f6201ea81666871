import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { postRoomUpload } from '../../shared/chat.ts';
import { deleteMaterial, getMaterialFile, getMaterials, postMaterial, putPresenter, putShowing } from '../../shared/materials.ts';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { refusalIn } from '../support/cast.ts';
import { liveSocket } from '../support/live-socket.ts';
import { pagedPdf } from '../support/paged-pdf.ts';
import { photoWithPlace } from '../support/press-kit.ts';
import { PAPER, recordedMeeting } from '../support/room-record.ts';
import type { Client, World } from '../support/world.ts';

const MIB = 1024 * 1024;
const worlds: World[] = [];
afterAll(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

let s: Awaited<ReturnType<typeof recordedMeeting>>;
beforeEach(async () => {
  s ??= await recordedMeeting();
  if (!worlds.includes(s.world)) worlds.push(s.world);
});

async function putsUp(client: Client, file = PAPER, title = 'Rincian bantuan'): Promise<string> {
  const upload = await s.uploads(client, file, 'materi');
  await client.call(postMaterial, { params: s.id, body: { upload, title } });
  return upload;
}
const sees = (client: Client) => client.call(getMaterials, { params: s.id });
const shows = (client: Client, material: string | null, page = 1) => client.call(putShowing, { params: s.id, body: { material, page } });

test('who leads or prepares puts up materials; somebody invited only when named a presenter', async () => {
  const { chair, as, cast, guest, member } = s;
  const kabid = await as(cast.kabid);
  const announce = (client: Client) => client.refusalOf(postRoomUpload, { params: s.id, body: { purpose: 'materi', name: 'a.pdf', type: '', size: 100 } });
  expect(await announce(kabid)).toBe('material.not_presenter');
  expect(await announce(guest)).toBe('material.not_presenter');
  expect(await announce(await as(cast.operator))).toBe('not_found');
  // The OPD's admin prepares the meeting and was not invited.
  const admin = await as(cast.adminDinsos);
  const own = await putsUp(admin, PAPER, 'Bahan sekretariat');
  expect(await kabid.refusalOf(putPresenter, { params: { ...s.id, member: member(cast.kabid) }, body: { presents: true } })).toBe('proceedings.not_writer');
  expect(await chair.refusalOf(putPresenter, { params: { ...s.id, member: `p_${randomUUID()}` }, body: { presents: true } })).toBe('proceedings.not_invited');
  await chair.call(putPresenter, { params: { ...s.id, member: member(cast.kabid) }, body: { presents: true } });
  s.world.clock.advance(1000);
  const mine = await putsUp(kabid);
  const { materials, presenters, you } = await sees(kabid);
  expect(materials.map(({ title, byName, removable }) => [title, byName, removable])).toEqual([
    ['Bahan sekretariat', cast.adminDinsos.name, false],
    ['Rincian bantuan', cast.kabid.name, true],
  ]);
  expect([presenters[0]?.name, you.mayPresent]).toEqual([cast.kabid.name, true]);
  expect(await kabid.refusalOf(deleteMaterial, { params: { ...s.id, material: own } })).toBe('material.not_yours');
  await kabid.call(deleteMaterial, { params: { ...s.id, material: mine } });
  await kabid.call(deleteMaterial, { params: { ...s.id, material: mine } });
  await chair.call(putPresenter, { params: { ...s.id, member: member(cast.kabid) }, body: { presents: false } });
  expect(await announce(kabid)).toBe('material.not_presenter');
});

test('a page turned reaches everybody whole, and whoever comes late gets the page of now', async () => {
  const { chair, guest, as, cast, world } = s;
  const staf = await as(cast.staf);
  const material = await putsUp(chair, { ...PAPER, name: 'Slide.pdf' }, 'Paparan');
  expect(await guest.refusalOf(putShowing, { params: s.id, body: { material, page: 2 } })).toBe('material.not_presenter');
  expect(await chair.refusalOf(putShowing, { params: s.id, body: { material: randomUUID(), page: 1 } })).toBe('not_found');
  const socket = await liveSocket(world, staf);
  socket.say({ type: 'watch', topic: `meeting:${s.id.id}` });
  await socket.next('watching');
  const { step } = await sees(staf);
  await shows(chair, material, 2);
  await shows(chair, material, 2);
  await shows(chair, material, 3);
  const turns = [await socket.next('showing.changed'), await socket.next('showing.changed')];
  expect(turns).toMatchObject([
    { material, page: 2, step: step + 1, byName: cast.kepala.name },
    { material, page: 3, step: step + 2 },
  ]);
  expect((await sees(guest)).showing).toMatchObject({ material, page: 3, step: step + 2 });
  await shows(chair, null);
  expect((await sees(guest)).showing).toBeNull();
  await shows(chair, material, 4);
  await chair.call(deleteMaterial, { params: { ...s.id, material } });
  expect((await sees(guest)).showing).toBeNull();
  socket.ws.close();
});

test('no page is shown that the material does not have', async () => {
  const { chair } = s;
  const three = await putsUp(chair, { name: 'Tiga.pdf', type: 'application/pdf', bytes: pagedPdf(3, 100) }, 'Tiga halaman');
  await shows(chair, three, 3);
  const refused = await refusalIn(shows(chair, three, 4));
  expect([refused.code, refused.values, refused.fields?.[0]?.path]).toEqual(['material.no_page', { pages: 3 }, 'page']);
  const picture = await putsUp(chair, { name: 'lokasi.jpg', type: 'image/jpeg', bytes: await photoWithPlace() }, 'Lokasi');
  expect((await refusalIn(shows(chair, picture, 2))).code).toBe('material.no_page');
  expect((await sees(chair)).showing).toMatchObject({ material: three, page: 3 });
});

test('the file is read in pieces, by those who belong to the meeting; a photo without its position', async () => {
  const { chair, guest, as, cast } = s;
  const bytes = Buffer.concat([Buffer.from(PAPER.bytes), Buffer.alloc(3 * MIB, 7)]);
  const material = await putsUp(chair, { name: 'Besar.pdf', type: 'application/pdf', bytes }, 'Besar');
  const params = { ...s.id, material };
  const piece = await guest.send(getMaterialFile, { params }, { range: `bytes=${MIB - 5}-${MIB + 4}` });
  expect(piece.status).toBe(206);
  expect(piece.headers).toMatchObject({
    'content-range': `bytes ${MIB - 5}-${MIB + 4}/${bytes.length}`,
    'accept-ranges': 'bytes',
    'content-type': 'application/pdf',
  });
  expect(piece.headers['content-disposition']).toBeUndefined();
  expect(piece.payload.equals(bytes.subarray(MIB - 5, MIB + 5))).toBe(true);
  expect((await guest.send(getMaterialFile, { params, query: { save: '1' } })).headers['content-disposition']).toContain('Besar.pdf');
  expect(await (await as(cast.operator)).refusalOf(getMaterialFile, { params })).toBe('not_found');
  const photo = await photoWithPlace();
  const picture = await putsUp(chair, { name: 'lokasi.jpg', type: 'image/jpeg', bytes: photo }, 'Lokasi');
  const clean = await guest.send(getMaterialFile, { params: { ...s.id, material: picture } });
  expect(clean.payload.includes(Buffer.from('GPS'))).toBe(false);
  expect(clean.payload.equals(photo)).toBe(false);
});

test('what is no PDF or picture, or too large, is refused; taken down, nothing of it stays', async () => {
  const { chair, kept } = s;
  const before = await kept('file');
  const announce = (name: string, size: number) => chair.refusalOf(postRoomUpload, { params: s.id, body: { purpose: 'materi', name, type: '', size } });
  expect(await announce('paparan.pptx', 100)).toBe('kit.file_type');
  expect(await announce('paparan.pdf', 50 * MIB + 1)).toBe('kit.file_large');
  const upload = await s.uploads(chair, { name: 'bukan.pdf', type: '', bytes: Buffer.from('MZ this is a program'.padEnd(100)) }, 'materi');
  expect(await chair.refusalOf(postMaterial, { params: s.id, body: { upload, title: 'Bukan' } })).toBe('kit.not_what_it_says');
  const material = await putsUp(chair);
  // Putting the same upload up again is putting it up once.
  await chair.call(postMaterial, { params: s.id, body: { upload: material, title: 'Rincian bantuan' } });
  expect((await sees(chair)).materials.filter(({ id }) => id === material)).toHaveLength(1);
  await chair.call(deleteMaterial, { params: { ...s.id, material } });
  expect(await kept('file')).toBe(before);
});

test('after the end materials are read, and nothing is shown, put up or taken down', async () => {
  const { chair, guest } = s;
  const material = await putsUp(chair, PAPER, 'Terakhir');
  await shows(chair, material, 1);
  await chair.call(postMeetingEnd, { params: s.id });
  const after = await sees(guest);
  expect(after.showing).toBeNull();
  expect(after.materials.some(({ title }) => title === 'Terakhir')).toBe(true);
  expect(await chair.refusalOf(putShowing, { params: s.id, body: { material, page: 2 } })).toBe('meeting.ended');
  expect(await chair.refusalOf(deleteMaterial, { params: { ...s.id, material } })).toBe('meeting.ended');
  expect(await chair.refusalOf(postRoomUpload, { params: s.id, body: { purpose: 'materi', name: 'a.pdf', type: '', size: 100 } })).toBe('meeting.ended');
});
