// Somebody who is not invited: waits at the common link, is seen by the head wherever the head is in the portal, and comes in; another is declined and stays out.
import type { Page } from 'playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getLobbyDesk, postLobbyView, putLobbySetting } from '../../shared/lobby.ts';
import { postMeetingNow, postTicket } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { see } from '../support/see.ts';
import { joins, openStage, seesMovingPictureOf, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

const PHONE = { viewport: { width: 360, height: 740 } };

async function knocks(page: Page, link: string, name: string, institution: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Nama lengkap').fill(name);
  await page.getByLabel('Unit atau instansi').fill(institution);
  await page.getByRole('button', { name: 'Minta masuk' }).click();
  await see(page.getByRole('heading', { name: 'Menunggu izin masuk' })).toBeVisible();
}

test('a guest waits at the common link and is let in by the head, with sound; one who poses as an official is declined and stays out', async () => {
  const client = portalClient(stage.portal.url);
  await client.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const meeting = await client.call(postMeetingNow, {
    body: {
      title: 'Koordinasi posko',
      sifat: 'biasa',
      invite: { people: [], positions: [], units: [], guests: [{ name: 'Ibu Undangan', institution: 'Forum Warga' }] },
    },
  });
  const params = { id: meeting.id };
  const setting = { staff: true, guests: true, showTitle: true, opens: 'pimpinan' as const, minutesBefore: 0 };
  const { link } = await client.call(putLobbySetting, { params, body: setting });

  // The head is somewhere else in the portal.
  const head = await stage.signsIn('Kepala Dinas Sosial');
  await head.page.goto('/presensi');
  const guest = await stage.person(PHONE);
  await knocks(guest.page, link!, 'Rahmat Hidayat', 'Yayasan Peduli Sungai');
  await see(guest.page.getByText('Belum ada pengurus rapat di dalam ruang.')).toBeVisible();
  await see(head.page.getByText('Satu orang menunggu di luar “Koordinasi posko”')).toBeVisible();
  await see(head.page).toHaveTitle(/^\(1\) Menunggu · /);

  // Nothing of the room is there for who waits: no token, by no address.
  const refused = await guest.page.evaluate(
    async (id) => (await fetch(`/api/meetings/${id}/ticket`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status,
    meeting.id,
  );
  expect(refused).toBe(401);
  await expect(client.call(postTicket, { params: { id: '00000000-0000-4000-8000-000000000000' }, body: {} })).rejects.toMatchObject({ status: 404 });

  // A reload is the same person in the same place.
  await guest.page.reload();
  await see(guest.page.getByText(/^Anda menunggu sejak .* urutan pertama\.$/)).toBeVisible();
  expect((await client.call(getLobbyDesk, { params })).waiting).toHaveLength(1);

  const room = await head.context.newPage();
  await room.goto(`/r/${meeting.id}`);
  await joins(room);
  await see(room).toHaveTitle(/^\(1\) Menunggu · Koordinasi posko/);
  await room.getByRole('button', { name: 'Ruang tunggu: 1 menunggu' }).click();
  await see(room.getByText('mengaku: Yayasan Peduli Sungai')).toBeVisible();
  await room.getByRole('button', { name: 'Izinkan Rahmat Hidayat' }).click();

  await joins(guest.page);
  await seesMovingPictureOf(room, 'Rahmat Hidayat');
  await expect
    .poll(
      () =>
        room.evaluate(() =>
          [...document.querySelectorAll('audio')].some(
            ({ srcObject }) => srcObject instanceof MediaStream && srcObject.getAudioTracks().some(({ readyState }) => readyState === 'live'),
          ),
        ),
      {
        timeout: 20_000,
      },
    )
    .toBe(true);

  const poser = await stage.person(PHONE);
  await knocks(poser.page, link!, 'Ѕеkda Kota ✅', 'Sekretariat');
  await see(room.getByText('⚠ Memakai sebutan Sekda.')).toBeVisible();
  await room.getByRole('button', { name: 'Tolak Ѕеkda Kota' }).click();
  await room.getByLabel('Pesan kepada yang ditolak').fill('Silakan hubungi sekretariat.');
  await room.getByRole('button', { name: 'Tolak', exact: true }).click();
  await see(poser.page.getByRole('heading', { name: 'Permintaan Anda belum disetujui' })).toBeVisible();
  await see(poser.page.getByText('Silakan hubungi sekretariat.')).toBeVisible();
  const code = link!.split('/m/')[1]!;
  const told = await poser.page.evaluate(
    async (door) =>
      (await (await fetch('/api/lobby', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: door }) })).json()) as {
        way: string | null;
      },
    code,
  );
  expect(told.way).toBeNull();
  await expect(portalClient(stage.portal.url).call(postLobbyView, { body: { code: 'x'.repeat(28) } })).rejects.toMatchObject({ status: 404 });
  stage.expectCleanPages();
});
