// A room of many that is held: the chair locks, somebody asks, gets one turn, is heard, and loses it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getInvitations, postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { getActs, putMeetingRole } from '../../shared/moderation.ts';
import { postSession } from '../../shared/people.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, seesPictureOf, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

test('the chair locks microphones; a guest asks, speaks for one turn, gives it back, and is silent again', async () => {
  const chair = portalClient(stage.portal.url);
  await chair.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const guests = [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }];
  const { id } = await chair.call(postMeetingNow, { body: { title: 'Rapat dengan kunci', sifat: 'segera', invite: { guests } } });
  const params = { id };
  const link = (await chair.call(getInvitations, { params })).find((one) => one.name === 'Ibu Tamu')?.link ?? '';
  const head = await stage.signsIn('Kepala Dinas Sosial');
  const guest = await stage.person({ viewport: { width: 360, height: 740 } });
  await head.page.goto(`/r/${id}`);
  await guest.page.goto(link);
  await joins(head.page);
  await joins(guest.page);
  await seesPictureOf(head.page, 'Ibu Tamu');

  await head.page.getByRole('button', { name: 'Kendali', exact: true }).click();
  await head.page.getByRole('switch', { name: 'Mikrofon' }).click();
  const microphone = guest.page.getByRole('button', { name: 'Mikrofon dikunci pimpinan. Minta bicara.' });
  const muted = head.page.locator('.tile', { hasText: 'Ibu Tamu' }).getByText('Mikrofon mati');
  await see(microphone).toBeVisible();
  await see(muted).toHaveCount(1);
  await microphone.click();
  await head.page.getByRole('button', { name: 'Beri giliran: Ibu Tamu' }).click();
  await see(guest.page.getByText('Giliran Anda bicara. Mikrofon menyala.')).toBeVisible();
  await see(guest.page.getByRole('timer')).toContainText('Sisa');
  await see(head.page.getByText('Ibu Tamu mendapat giliran bicara').first()).toBeVisible();
  await see(muted).toHaveCount(0);
  await guest.page.getByRole('button', { name: 'Selesai bicara' }).click();
  await see(muted).toHaveCount(1);
  await see(microphone).toBeVisible();
  await see(head.page.getByText('giliran selesai', { exact: false }).first()).toBeVisible();

  expect((await chair.call(getActs, { params })).map(({ act }) => act).toReversed()).toEqual([
    'dimulai',
    'mikrofon dikunci',
    'giliran diberikan',
    'giliran selesai',
  ]);
  await expect(
    chair.call(putMeetingRole, { params: { id, member: (await chair.call(getInvitations, { params }))[1]?.member ?? '' }, body: { role: 'ko_host' } }),
  ).rejects.toThrow('role.only_staff');
  await chair.call(postMeetingEnd, { params });
});
