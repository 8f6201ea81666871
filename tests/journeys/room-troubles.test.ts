// What goes wrong in a room and is mended: a cut network, a removed person with an old token, a media server that dies.
import { setTimeout as stay } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getInvitations, postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { getSheet } from '../../shared/attendance.ts';
import { eventually } from '../support/eventually.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { newPerson } from '../support/browser.ts';
import { openCuttableBrowser } from '../support/cut-network.ts';
import { see } from '../support/see.ts';
import { joins, openStage, seesMovingPictureOf, seesPictureOf, seesStillPictureOf, type Stage } from '../support/stage.ts';
import { enterRoom } from '../support/visitor.ts';

/** How long the network is away: the fault itself, not a wait for something. */
const CUT_MS = 10_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage.close());

/** A meeting of two guests, in two browsers, that see each other. */
async function twoInside(browserOfBapak?: Browser) {
  const chair = portalClient(stage.portal.url);
  await chair.call(postSession, { body: demoLogin(stage.portal.said(), 'Kepala Dinas Sosial') });
  const guests = ['Ibu Tamu', 'Bapak Tamu'].map((name) => ({ name, institution: 'Yayasan Contoh' }));
  const meeting = await chair.call(postMeetingNow, { body: { title: 'Rapat dengan gangguan', sifat: 'segera', invite: { guests } } });
  const id = { id: meeting.id };
  const invitations = await chair.call(getInvitations, { params: id });
  const linkOf = (name: string): string => invitations.find((i) => i.name === name)?.link ?? '';
  const phone = { viewport: { width: 360, height: 740 } };
  const [ibu, bapak] = [await stage.person(), browserOfBapak ? await newPerson(browserOfBapak, stage.portal.url, phone) : await stage.person(phone)];
  // Every token this page is ever given, by the portal or by the media server.
  const tokens: string[] = [];
  ibu.page.on('websocket', (socket) => tokens.push(new URL(socket.url()).searchParams.get('access_token') ?? ''));
  await ibu.page.goto(linkOf('Ibu Tamu'));
  await bapak.page.goto(linkOf('Bapak Tamu'));
  await joins(ibu.page);
  await joins(bapak.page);
  await seesPictureOf(ibu.page, 'Bapak Tamu');
  await seesPictureOf(bapak.page, 'Ibu Tamu');
  return { chair, id, ibu, bapak, tokens: () => tokens.filter((t) => t !== '') };
}

test('a network that is cut for ten seconds and comes back is one visit, with everybody in the picture again', async () => {
  const apart = await openCuttableBrowser();
  try {
    const { chair, id, ibu, bapak } = await twoInside(apart.browser);
    apart.cut();
    await seesStillPictureOf(ibu.page, 'Bapak Tamu');
    await stay(CUT_MS);
    apart.mend();
    await seesMovingPictureOf(ibu.page, 'Bapak Tamu');
    await seesMovingPictureOf(bapak.page, 'Ibu Tamu');
    await chair.call(postMeetingEnd, { params: id });
    await see(bapak.page.getByText('Rapat sudah berakhir').first()).toBeVisible();
    const sheet = await chair.call(getSheet, { params: id });
    expect(sheet.rows.find((r) => r.name === 'Bapak Tamu')?.intervals).toHaveLength(1);
  } finally {
    apart.mend();
    await apart.close();
  }
});

test('the page in the room says so over the portal’s own socket, under the session LiveKit gave it, again after a reload', async () => {
  const { chair, id, ibu } = await twoInside();
  const told: { meetingId: string; identity: string; sid: string }[] = [];
  ibu.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const said = typeof payload === 'string' && payload.startsWith('{') ? (JSON.parse(payload) as { type: string } & (typeof told)[number]) : null;
      if (said?.type === 'present') told.push(said);
    }),
  );
  await ibu.page.reload();
  await joins(ibu.page);
  const [beat] = await eventually('the page says that it is there', () => told.length > 0 && told);
  expect(beat).toMatchObject({ meetingId: id.id, identity: expect.stringMatching(/^g_[\da-f-]{36}:l/), sid: expect.stringMatching(/^PA_/) });
  await chair.call(postMeetingEnd, { params: id });
});

test('a browser that says it is offline tells the person so, and takes it back when it is not', async () => {
  const { chair, id, ibu, bapak } = await twoInside();
  await bapak.context.setOffline(true);
  await see(bapak.page.getByText(/terputus|luring|Menyambung lagi/i).first()).toBeVisible();
  await bapak.context.setOffline(false);
  await see(bapak.page.getByText(/Anda luring|Sambungan ke portal terputus/i)).toHaveCount(0, { timeout: 30_000 });
  await seesPictureOf(ibu.page, 'Bapak Tamu');
  await seesPictureOf(bapak.page, 'Ibu Tamu');
  await chair.call(postMeetingEnd, { params: id });
  const sheet = await chair.call(getSheet, { params: id });
  expect(sheet.rows.find((r) => r.name === 'Bapak Tamu')?.intervals).toHaveLength(1);
});

test('a removed person is told so, and neither the page nor any old token brings them back', async () => {
  const { ibu, bapak, tokens, id, chair } = await twoInside();
  const member = (await chair.call(getInvitations, { params: id })).find((i) => i.name === 'Ibu Tamu')?.member ?? '';
  const head = await stage.signsIn('Kepala Dinas Sosial');
  await head.page.goto(`/r/${id.id}`);
  await joins(head.page);
  await head.page
    .getByRole('button', { name: /^Peserta/ })
    .first()
    .click();
  await head.page
    .getByRole('button', { name: /Tindakan untuk Ibu Tamu/ })
    .or(head.page.getByLabel(/Tindakan untuk Ibu Tamu/))
    .first()
    .click();
  await head.page
    .getByRole('button', { name: 'Keluarkan', exact: true })
    .or(head.page.getByRole('menuitem', { name: 'Keluarkan', exact: true }))
    .first()
    .click();
  const sure = head.page.getByRole('dialog').getByRole('button', { name: 'Keluarkan', exact: true });
  await sure.click();
  await see(ibu.page.getByText('Anda dikeluarkan dari rapat')).toBeVisible();
  await eventually('the others do not see them any more', async () => !(await bapak.page.locator(`[data-member="${member}"]`).count()));

  expect(tokens().length).toBeGreaterThan(0);
  for (const token of tokens()) await expect(enterRoom(stage.portal.url.replace(/^http/, 'ws'), token)).rejects.toThrow();
  await ibu.page.reload();
  await see(ibu.page.getByText('Anda dikeluarkan dari rapat')).toBeVisible();
  await chair.call(postMeetingEnd, { params: id });
  await see(bapak.page.getByText('Rapat sudah berakhir').first()).toBeVisible();
});

test('a media server that dies brings everybody back by themselves, in the same meeting and one report', async () => {
  const { chair, id, ibu, bapak } = await twoInside();
  process.kill(stage.livekitPid(), 'SIGKILL');
  await see(ibu.page.getByText(/terputus|terganggu/i).first()).toBeVisible();
  await see(ibu.page.getByText(/terputus|terganggu/i)).toHaveCount(0, { timeout: 30_000 });
  await seesPictureOf(ibu.page, 'Bapak Tamu');
  await seesPictureOf(bapak.page, 'Ibu Tamu');
  await chair.call(postMeetingEnd, { params: id });
  const sheet = await chair.call(getSheet, { params: id });
  for (const name of ['Ibu Tamu', 'Bapak Tamu']) expect(sheet.rows.filter((r) => r.name === name)).toMatchObject([{ status: 'hadir', intervals: [{}] }]);
  stage.expectCleanPages();
});
