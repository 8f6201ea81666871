import { afterEach, expect, test } from 'vitest';
import { asIntruder } from '../support/database.ts';
import { postSheetFinal } from '../../shared/attendance.ts';
import { getVerification } from '../../shared/letters.ts';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { calledMeeting, mediaServerTells } from '../support/meeting.ts';
import type { World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.close()))));

async function finalSheet() {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id] }));
  const { world, chair, id, room, cast, invitation } = setting;
  worlds.push(world);
  await mediaServerTells(world, {
    event: 'participant_joined',
    room: room.name,
    identity: `${invitation(cast.staf.name).member}:s${'a'.repeat(16)}`,
    sid: 'PA_1',
  });
  world.clock.advance(60_000);
  await chair.call(postMeetingEnd, { params: id });
  return { ...setting, sheet: await chair.call(postSheetFinal, { params: id }) };
}

test('anybody who holds the paper learns what the portal has on record, and no names but the chair’s', async () => {
  const { world, cast, sheet } = await finalSheet();
  const told = await world.visitor().call(getVerification, { params: { code: sheet.code ?? '' } });
  expect(told).toMatchObject({
    number: sheet.number,
    title: 'Penyaluran bantuan',
    opdName: 'Dinas Sosial',
    regionName: 'Pemerintah Kota Uji',
    chairName: cast.kepala.name,
    present: 1,
    invited: 2,
    zone: 'Asia/Jakarta',
  });
  expect(told.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(told)).not.toContain(cast.staf.name);
  expect(JSON.stringify(told)).not.toMatch(/\d{18}/);
});

test('a code read from paper with O for 0 is understood', async () => {
  const { world, sheet } = await finalSheet();
  await asIntruder(world.sql, (tx) => tx`update attendance.sheet set code = '0123-4567-89AB-CDEF' where code = ${sheet.code}`);
  expect((await world.visitor().call(getVerification, { params: { code: 'OI23-4567-89AB-CDEF' } })).number).toBe(sheet.number);
});

test('an unknown code is not found, and what is no code is refused', async () => {
  const { world } = await finalSheet();
  expect(await world.visitor().refusalOf(getVerification, { params: { code: 'AAAA-AAAA-AAAA-AAAA' } })).toBe('not_found');
  expect(await world.visitor().refusalOf(getVerification, { params: { code: "x' or 1=1" } })).toBe('input.invalid');
});
