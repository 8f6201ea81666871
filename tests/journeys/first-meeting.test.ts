// The first whole flow, by hand: a head of agency calls a meeting, staff at home come by their own link, and the list writes itself.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { textOfPdf } from '../support/pdf.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, seesPictureOf, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

test('a head calls a meeting now, a staff member at home joins by link, and the Daftar Hadir writes itself', async () => {
  const head = await stage.signsIn('Kepala Dinas Sosial');
  await head.page.getByRole('link', { name: 'Rapat sekarang' }).first().click();
  await head.page.getByLabel('Tentang apa').fill('Penyaluran bantuan banjir');
  await head.page.getByRole('button', { name: /^Seluruh / }).click();
  await head.page.getByRole('button', { name: /^Mulai rapat/ }).click();
  await see(head.page.getByRole('heading', { name: 'Rapat dimulai' })).toBeVisible();

  // The link of the one whose day is WFH, as the head copies it from the meeting's page.
  await head.page.getByRole('link', { name: 'Lihat daftar hadir' }).click();
  await head.page.waitForURL(/\/rapat\/[0-9a-f-]{36}$/);
  const meetingPage = head.page.url();
  const meetingId = meetingPage.split('/').at(-1) ?? '';
  const staff = await stage.signsIn('Staf Dinas Sosial, hari ini WFH');
  const me = await staff.page.evaluate(async () => ((await (await fetch('/api/me')).json()) as { name: string }).name);
  const link = await head.page.evaluate(
    async ([id, name]) =>
      ((await (await fetch(`/api/meetings/${id}/invitations`)).json()) as { name: string; link: string }[]).find((i) => i.name === name)?.link ?? '',
    [meetingId, me] as const,
  );
  expect(link).toMatch(/^\/r#[\w-]{20,}$/);
  const home = await stage.person({ viewport: { width: 360, height: 740 } });
  await home.page.goto(link);
  await see(home.page.getByRole('heading', { name: 'Kehadiran Anda dicatat' })).toBeVisible();
  await see(home.page.getByText('Dengan menekan Gabung, Anda menyatakan sudah membacanya.')).toBeVisible();
  await see(home.page.getByText(me).first()).toBeVisible();

  const room = await head.context.newPage();
  await room.goto(`/r/${meetingId}`);
  await joins(room);
  await joins(home.page);
  const chair = await room.evaluate(async () => ((await (await fetch('/api/me')).json()) as { name: string }).name);
  await seesPictureOf(room, me);
  await seesPictureOf(home.page, chair);

  // The head's other page shows it live: hadir, inside.
  const row = head.page.getByRole('row').filter({ hasText: me });
  await see(row.getByText('Hadir', { exact: true }).first()).toBeVisible({ timeout: 30_000 });

  await home.page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await see(home.page.getByRole('button', { name: 'Gabung lagi' })).toBeVisible();
  await room
    .getByRole('button', { name: /^Keluar/ })
    .first()
    .click();
  await head.page.bringToFront();
  await head.page.getByRole('button', { name: 'Akhiri rapat' }).click();
  await head.page.getByRole('button', { name: 'Ya, akhiri untuk semua' }).click();
  await head.page.getByRole('button', { name: 'Finalkan daftar hadir' }).click();
  await head.page.getByRole('button', { name: 'Ya, finalkan' }).click();
  await see(head.page.getByText(/\d{3}\/DH\//).first()).toBeVisible();

  const downloading = head.page.waitForEvent('download');
  await head.page
    .getByRole('link', { name: /PDF/ })
    .or(head.page.getByRole('button', { name: /PDF/ }))
    .first()
    .click();
  const text = await textOfPdf(await readFile(await (await downloading).path()));
  for (const words of ['DAFTAR HADIR', 'Penyaluran bantuan banjir', me, chair, 'hadir', 'Halaman 1 dari'])
    expect(text.toLowerCase()).toContain(words.toLowerCase());
  const code = /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/.exec(text)?.[0] ?? '';

  // Anybody who holds the paper can verify it.
  const reader = await stage.person({ viewport: { width: 360, height: 740 } });
  await reader.page.goto(`/v/${code}`);
  await see(reader.page.getByText('Penyaluran bantuan banjir').first()).toBeVisible();

  // The WFH day has marked itself, with the meeting as evidence.
  await head.page.goto('/presensi');
  const day = head.page.getByRole('row').filter({ hasText: me });
  await see(day.getByText(/hadir.*WFH/i).first()).toBeVisible();
  await see(day.getByText('Penyaluran bantuan banjir').first()).toBeVisible();
  stage.expectCleanPages();
});

test('an invited official without a session is sent to sign in, and comes back to the very meeting', async () => {
  const chair = portalClient(stage.portal.url);
  await chair.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const { id } = await chair.call(postMeetingNow, {
    body: { title: 'Rapat lewat alamat', sifat: 'biasa', invite: { guests: [{ name: 'Ibu Tamu', institution: 'Yayasan' }] } },
  });
  const { page } = await stage.person({ viewport: { width: 360, height: 740 } });
  await page.goto(`/r/${id}`);
  await page.getByRole('link', { name: /Masuk/ }).first().click();
  const { login, password } = demoLogin(stage.portal.said(), 'Kepala Dinas Sosial');
  await page.getByLabel('NIP atau surel').fill(login);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await see(page.getByRole('button', { name: 'Gabung', exact: true })).toBeVisible();
  await see(page.getByText('Rapat lewat alamat').first()).toBeVisible();
});
