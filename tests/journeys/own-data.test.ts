// A person is told before being recorded, and finds afterwards what was recorded and who looked at it.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSheet } from '../../shared/attendance.ts';
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

test('the notice is read once, then a line opens it; Data saya names the meeting and who looked', async () => {
  const { portal } = stage;
  const staff = await stage.signsIn('Staf Dinas Sosial, hari ini WFH', { viewport: { width: 360, height: 740 } });
  const client = portalClient(portal.url);
  const me = await client.call(postSession, { body: demoLogin(portal.said(), 'Staf Dinas Sosial, hari ini WFH') });
  const head = portalClient(portal.url);
  const { name } = await head.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const meeting = await head.call(postMeetingNow, { body: { title: 'Rapat data pribadi', sifat: 'biasa', invite: { people: [me.id] } } });

  await staff.page.goto(`/r/${meeting.id}`);
  await see(staff.page.getByRole('heading', { name: 'Kehadiran Anda dicatat' })).toBeVisible();
  await staff.page.getByText('Dasar, masa simpan, dan hak Anda').click();
  await see(staff.page.getByText(/bukan persetujuan Anda/)).toBeVisible();
  await joins(staff.page);
  // The media server tells a leave in whole seconds: a visit shorter than that is none.
  const since = async (): Promise<number> => {
    const { rows } = await head.call(getSheet, { params: { id: meeting.id } });
    const { firstIn } = rows.find((row) => row.name === me.name) ?? { firstIn: null };
    return firstIn === null ? 0 : Date.now() - Date.parse(firstIn);
  };
  await expect.poll(since, { timeout: 30_000 }).toBeGreaterThan(2000);
  await staff.page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await staff.page.getByRole('button', { name: 'Gabung lagi' }).click();
  const line = staff.page.getByRole('button', { name: /^Kehadiran dicatat\. Pemberitahuan v1, dibaca/ });
  await line.click();
  await see(staff.page.getByText('Daftar hadir rapat dan presensi harian pegawai.')).toBeVisible();

  await head.call(getInvitations, { params: { id: meeting.id } });
  await staff.page.goto('/lainnya');
  await staff.page.getByRole('link', { name: 'Data saya' }).first().click();
  await see(staff.page.getByRole('region', { name: 'Kehadiran rapat' }).getByText('Rapat data pribadi')).toBeVisible();
  await see(staff.page.getByRole('region', { name: 'Siapa yang melihat dan mengunduh' }).getByText(name).first()).toBeVisible();
  await see(staff.page.getByRole('region', { name: 'Pemberitahuan yang Anda baca' }).getByText('v1 (id)')).toBeVisible();
  const download = staff.page.waitForEvent('download');
  await staff.page.getByRole('button', { name: 'Unduh data saya sebagai JSON' }).click();
  const file = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { meetings: { title: string }[]; person: { name: string } };
  expect(file.person.name).toBe((await client.call(getMe, {})).name);
  expect(file.meetings.map((m) => m.title)).toContain('Rapat data pribadi');

  // Whoever signs out leaves nothing written for who sits down next; the language stays.
  await staff.page.evaluate(() => localStorage.setItem('notulen:rapat:orang', 'belum tersimpan'));
  await staff.page.goto('/akun');
  await staff.page.getByRole('main').getByRole('button', { name: 'Keluar', exact: true }).click();
  await see(staff.page.getByRole('textbox', { name: /NIP/ })).toBeVisible();
  expect(await staff.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('notulen:')))).toEqual([]);
  stage.expectCleanPages();
});
