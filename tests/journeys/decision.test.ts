// A decision in the room, by hand: drafted, read back on everybody's screen, objected to, confirmed, and on record word for word; and the roll-call.
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { afterAll, beforeAll, test } from 'vitest';
import { getInvitations, postMeetingNow } from '../../shared/meetings.ts';
import { getMe, postSession } from '../../shared/people.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { joins, openStage, type Stage } from '../support/stage.ts';

/** Three pages and a media server on one machine. */
const see = expect.configure({ timeout: 30_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

const WORDS = 'Bantuan beras disalurkan mulai hari ini ke tiga kelurahan terdampak.';
const OBJECTION = 'Data kelurahan ketiga belum diverifikasi.';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** The head has called two people of the staff and a guest; the staff member and the guest come, the guest on a phone. */
async function threeInside() {
  const api = portalClient(stage.portal.url);
  await api.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const staffApi = portalClient(stage.portal.url);
  await staffApi.call(postSession, { body: demoLogin(stage.portal.said(), 'Staf Dinas Sosial, hari ini WFH') });
  const me = await api.call(getMe, {});
  const staffMe = await staffApi.call(getMe, {});
  const meeting = await api.call(postMeetingNow, {
    body: {
      title: 'Penyaluran bantuan banjir',
      sifat: 'segera',
      invite: { people: [staffMe.id], guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] },
    },
  });
  const link = (await api.call(getInvitations, { params: { id: meeting.id } })).find((i) => i.name === 'Ibu Tamu')?.link ?? '';
  const head = await stage.signsIn('Kepala Dinas Sosial');
  const staff = await stage.signsIn('Staf Dinas Sosial, hari ini WFH');
  const guest = await stage.person({ viewport: { width: 360, height: 740 } });
  await head.page.goto(`/r/${meeting.id}`);
  await staff.page.goto(`/r/${meeting.id}`);
  await guest.page.goto(link);
  for (const { page } of [head, staff, guest]) await joins(page);
  return { meeting, head: head.page, staff: staff.page, guest: guest.page, names: { head: me.name, staff: staffMe.name } };
}

test('what the chair reads back stands on every screen; one objects, the chair confirms, and the record says it word for word', async () => {
  const { meeting, head, staff, guest, names } = await threeInside();

  await see(button(guest, /^Kuorum tercapai/)).toBeVisible();
  await button(head, 'Keputusan').click();
  await button(head, 'Tulis rancangan').click();
  await head.getByLabel('Isi keputusan').fill(WORDS);
  await head.getByLabel('Dasar').fill('SE 460/12/2026');
  await head.getByLabel('Penanggung jawab').selectOption({ index: 1 });
  await button(head, 'Simpan').click();
  await button(head, 'Bacakan kepada semua').click();

  for (const page of [head, staff, guest]) {
    const read = page.getByRole('region', { name: 'Pembacaan rancangan keputusan' });
    await see(read.getByText(WORDS)).toBeVisible();
  }
  await button(guest, 'Setuju').click();
  await see(guest.getByText('Jawaban Anda: Setuju.')).toBeVisible();
  await button(staff, 'Keberatan').click();
  await staff.getByLabel('Apa keberatan Anda?').fill(OBJECTION);
  await button(staff, 'Sampaikan keberatan').click();
  await see(staff.getByText('Jawaban Anda: Keberatan.')).toBeVisible();

  const reading = head.getByRole('region', { name: 'Pembacaan rancangan keputusan' });
  await see(reading.getByText('1 setuju, 1 keberatan, 1 belum menjawab')).toBeVisible();
  await see(reading.getByText(OBJECTION)).toBeVisible();
  await reading.getByRole('button', { name: 'Tetapkan', exact: true }).click();
  await see(reading).toHaveCount(0);
  await see(guest.getByRole('region', { name: 'Pembacaan rancangan keputusan' })).toHaveCount(0);
  await see(head.getByText('Keputusan 1', { exact: true })).toBeVisible();
  await see(head.getByText(/^Ditetapkan /)).toBeVisible();

  // Panggil nama: one key, and one press, for each person.
  await head.getByRole('radio', { name: 'Panggil nama' }).check();
  await button(head, 'Mulai panggil nama').click();
  await see(head.getByText(/^Putaran 1, mulai/)).toBeVisible();
  const person = (name: string) => head.getByRole('listitem', { name: new RegExp(`^${name}`) });
  await person(names.head).focus();
  await head.keyboard.press('h');
  await see(person(names.head).getByRole('button', { name: 'hadir', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await person(names.staff).getByRole('button', { name: 'hadir', exact: true }).click();
  await person('Ibu Tamu').getByRole('button', { name: 'tidak menjawab', exact: true }).click();
  await see(head.getByText('2 hadir, 1 tidak menjawab, 0 belum dipanggil.')).toBeVisible();
  await person('Ibu Tamu').getByRole('button', { name: 'tidak menjawab', exact: true }).click();
  await see(head.getByText('2 hadir, 0 tidak menjawab, 1 belum dipanggil.')).toBeVisible();

  // The office page says the same, to whoever belongs to the meeting.
  await staff.goto(`/rapat/${meeting.id}`);
  const decisions = staff.getByRole('region', { name: 'Keputusan' });
  await see(decisions.getByText(WORDS, { exact: true })).toBeVisible();
  await see(decisions.getByText(OBJECTION)).toBeVisible();
  await see(staff.getByRole('region', { name: 'Panggil nama' }).getByText(names.head)).toBeVisible();
  stage.expectCleanPages();
});

test('the chair sets the agenda on the meeting page, and the room shows it in that order', async () => {
  const api = portalClient(stage.portal.url);
  await api.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const meeting = await api.call(postMeetingNow, {
    body: { title: 'Evaluasi posko', sifat: 'biasa', invite: { guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }] } },
  });
  const { page } = await stage.signsIn('Kepala Dinas Sosial');
  await page.goto(`/rapat/${meeting.id}`);
  const agenda = page.getByRole('region', { name: 'Agenda' });
  await see(agenda.getByText('Evaluasi posko')).toBeVisible();
  await agenda.getByRole('button', { name: 'Susun agenda' }).click();
  await agenda.getByRole('button', { name: 'Tambah butir' }).click();
  const lines = agenda.getByRole('textbox');
  await lines.last().fill('Kebutuhan dapur umum');
  // Above the subject, whatever open tasks stand between.
  for (let n = await lines.count(); n > 1; n -= 1) await agenda.getByRole('button', { name: `Naikkan butir ${n}`, exact: true }).click();
  await agenda.getByRole('button', { name: 'Simpan' }).click();
  await see(agenda.getByRole('listitem').first()).toHaveText(/^Kebutuhan dapur umum/);
  await page.goto(`/r/${meeting.id}`);
  await joins(page);
  // The keys of the room are there when its controls are.
  await see(button(page, 'Keputusan')).toBeVisible();
  await page.keyboard.press('k');
  await page.getByRole('radio', { name: 'Agenda' }).check();
  await see(page.locator('.agenda-items li').first()).toHaveText(/^Kebutuhan dapur umum/);
});
