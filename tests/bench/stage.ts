// What `join` and `weak` share: a real portal with a meeting in which somebody shows a moving picture, the portal's own way
// in, and beside it the floor: a bare page that connects to the same LiveKit room.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright';
import { getInvitations, postMeetingNow, postNewLink, postTicket } from '../../shared/meetings.ts';
import { postSession } from '../../shared/people.ts';
import { newPerson, openChromium } from '../support/browser.ts';
import { temporaryFolder } from '../support/database.ts';
import { demoLogin, portalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal } from '../support/portal.ts';
import { endVisitors, enterRoom } from '../support/visitor.ts';
import { firstFrameScript } from './first-frame.ts';
import { serveFloorPage } from './floor/page-server.ts';

export type Way = 'ours' | 'bare';
export type Visit = { page: Page; session: CDPSession; address: string; close(): Promise<void> };
export type Stage = { visit(way: Way, pressAtOnce: boolean): Promise<Visit>; close(): Promise<void> };

export async function openStage(): Promise<Stage> {
  const dataFolder = temporaryFolder();
  const portal = await startPortal({ dataFolder });
  await mediaReady(portal);
  const chair = portalClient(portal.url);
  await chair.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
  const guests = ['Penampil', 'Pengukur', 'Pembanding'].map((name) => ({ name, institution: 'Ukur' }));
  const { id } = await chair.call(postMeetingNow, { body: { title: 'Ukur masuk', sifat: 'biasa', invite: { guests } } });
  const invitations = await chair.call(getInvitations, { params: { id } });
  const freshLink = async (name: string): Promise<string> => {
    const invitation = invitations.find((i) => i.name === name);
    if (!invitation) throw new Error(`${name} is not invited`);
    return (await chair.call(postNewLink, { params: { id, invitation: invitation.id } })).link;
  };
  const ticketOf = async (name: string) => portalClient(portal.url, (await freshLink(name)).split('#')[1]).call(postTicket, { params: { id }, body: {} });

  const performer = await enterRoom(portal.url.replace(/^http/, 'ws'), (await ticketOf('Penampil')).token);
  await performer.publishPicture();
  // The floor reaches LiveKit itself; its ticket is ready before anybody asks.
  const livekitUrl = `ws://127.0.0.1:${/"port": (\d+)/.exec(readFileSync(join(dataFolder, 'media', 'livekit.yaml'), 'utf8'))?.[1]}`;
  let ready = { url: livekitUrl, token: '' };
  const floor = await serveFloorPage(async () => ready);
  const browser: Browser = await openChromium({ fps: 20 });

  return {
    async visit(way, pressAtOnce) {
      if (way === 'bare') ready = { url: livekitUrl, token: (await ticketOf('Pembanding')).token };
      const address = way === 'ours' ? `${portal.url}${await freshLink('Pengukur')}` : floor.url;
      const { context, page, close } = await newPerson(browser, portal.url);
      await context.grantPermissions(['camera', 'microphone']);
      await page.addInitScript({ content: firstFrameScript(pressAtOnce) });
      return { page, session: await context.newCDPSession(page), address, close };
    },
    async close() {
      await browser.close();
      await performer.leave();
      await endVisitors();
      await floor.close();
      await portal.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Both ways in turn, the same number of times; the first round of each only warms the machine. */
export async function interleaved<T>(rounds: number, run: (way: Way) => Promise<T>): Promise<Record<Way, T[]>> {
  const results: Record<Way, T[]> = { ours: [], bare: [] };
  for (let round = 0; round <= rounds; round += 1)
    for (const way of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      const result = await run(way);
      if (round > 0) results[way].push(result);
    }
  return results;
}
