// What `floor` and `audience` share: a real portal with a press conference on air, made through its own endpoints.
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { getOpds, postSession } from '../../shared/people.ts';
import { postConference, postConferenceState, postCrew, putCheck, type CheckName } from '../../shared/press.ts';
import { getRegistration, postRegistration, postRegistrationDecision } from '../../shared/press-desk.ts';
import { postPressJoin, postPressTicket } from '../../shared/press-room.ts';
import { connectLiveKit, type LiveKit } from '../../server/rooms/livekit.ts';
import { readSecrets } from '../../server/platform/secrets.ts';
import { temporaryFolder } from '../support/database.ts';
import { demoLogin, portalClient, type PortalClient } from '../support/portal-client.ts';
import { mediaReady, startPortal, type Portal } from '../support/portal.ts';

export type PressStage = {
  portal: Portal;
  /** Operator of the conference: moderates too. */
  operator: PortalClient;
  id: string;
  slug: string;
  ticketOf(client: PortalClient): Promise<{ url: string; token: string; identity: string }>;
  speaker: PortalClient;
  journalist(name: string, outlet: string): Promise<PortalClient>;
  viewer(): Promise<PortalClient>;
  /** The media server itself, without the portal. */
  bare: { url: string; livekit: LiveKit; service: RoomServiceClient };
  close(): Promise<void>;
};

const NEEDED: readonly CheckName[] = ['media', 'moderator', 'narasumber', 'jbi', 'suara', 'rekaman', 'siaran'];
/** Between the press and the first picture for viewers. */
const COUNTDOWN_MS = 5_000;

export async function openPressStage({ viewerLimit = 300 }: { viewerLimit?: number } = {}): Promise<PressStage> {
  const dataFolder = temporaryFolder();
  const portal = await startPortal({ dataFolder });
  const close = async (): Promise<void> => {
    await portal.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    return { ...(await conferenceAt(portal, viewerLimit)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function conferenceAt(portal: Portal, viewerLimit: number): Promise<Omit<PressStage, 'close'>> {
  await mediaReady(portal);
  const { dataFolder } = portal;
  const operator = portalClient(portal.url);
  await operator.call(postSession, { body: demoLogin(portal.said(), 'Operator DKIS') });
  const opdId = (await operator.call(getOpds, {})).find((unit) => unit.parentId === null)?.id ?? '';
  const { id, slug } = await operator.call(postConference, {
    body: { title: 'Ukur giliran bicara', summary: 'Ukur.', opdId, startsAt: new Date().toISOString(), viewerLimit },
  });
  const guest = { kind: 'guest', name: 'Ibu Pembicara', institution: 'Ukur' } as const;
  const { crew } = await operator.call(postCrew, { params: { id }, body: { role: 'narasumber', who: guest } });
  const goTo = (to: 'diumumkan' | 'registrasi' | 'ruang_tunggu' | 'tayang' | 'tanya_jawab') =>
    operator.call(postConferenceState, { params: { id }, body: { to } });
  for (const to of ['diumumkan', 'registrasi', 'ruang_tunggu'] as const) await goTo(to);
  for (const name of NEEDED) await operator.call(putCheck, { params: { id, name }, body: { waive: 'Ukur' } });
  await goTo('tayang');
  await goTo('tanya_jawab');
  await sleep(COUNTDOWN_MS + 200);

  const url = `ws://127.0.0.1:${/"port": (\d+)/.exec(readFileSync(join(dataFolder, 'media', 'livekit.yaml'), 'utf8'))?.[1]}`;
  const { livekitToken, livekitWebhook } = readSecrets(dataFolder, () => {});
  return {
    portal,
    operator,
    id,
    slug,
    ticketOf: (client) => client.call(postPressTicket, { params: { slug }, body: { notice: 1 } }),
    speaker: portalClient(portal.url, crew.find((one) => one.guest)?.link?.split('#')[1]),
    async journalist(name, outlet) {
      const client = portalClient(portal.url);
      const { notice } = await client.call(getRegistration, { params: { slug } });
      const email = `${name.replaceAll(' ', '.')}@media.example`.toLowerCase();
      const { member } = await client.call(postRegistration, {
        params: { slug },
        body: { name, outlet, outletKind: 'daring', email, notice: notice.version, key: randomUUID() },
      });
      await operator.call(postRegistrationDecision, { params: { id, journalist: member.slice(2) }, body: { act: 'diterima', from: 'menunggu' } });
      return client;
    },
    async viewer() {
      const client = portalClient(portal.url);
      await client.call(postPressJoin, { params: { slug } });
      return client;
    },
    bare: {
      url,
      livekit: connectLiveKit({ url: url.replace(/^ws/, 'http'), tokenKey: livekitToken, webhookKey: livekitWebhook }),
      service: new RoomServiceClient(url.replace(/^ws/, 'http'), livekitToken.key, livekitToken.secret),
    },
  };
}
