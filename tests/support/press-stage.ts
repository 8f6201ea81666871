// A press conference for journeys: planned and run by the demonstration's operator through the portal's own verbs, and how a journey
// knows what is really published and really heard.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { RoomServiceClient, TrackSource } from 'livekit-server-sdk';
import type { Page } from 'playwright/test';
import { getMe, postSession } from '../../shared/people.ts';
import { postRegistrationDecision } from '../../shared/press-desk.ts';
import { postKitItem, putKitEmbargo } from '../../shared/press-kit.ts';
import { postConference, postConferenceState, postCrew, putCheck, type CheckName, type Conference } from '../../shared/press.ts';
import type { Person } from './browser.ts';
import { eventually } from './eventually.ts';
import { demoLogin, portalClient } from './portal-client.ts';
import type { Stage } from './stage.ts';

const CHECKS: readonly CheckName[] = ['media', 'moderator', 'narasumber', 'jbi', 'suara', 'rekaman', 'siaran'];

export async function pressStage({ portal, livekitUrl, person }: Stage) {
  const operator = portalClient(portal.url);
  await operator.call(postSession, { body: demoLogin(portal.said(), 'Operator DKIS') });
  const keys = JSON.parse(readFileSync(join(portal.dataFolder, 'media', 'keys.yaml'), 'utf8')) as Record<string, string>;
  const [[key, secret] = ['', '']] = Object.entries(keys);
  const media = new RoomServiceClient(livekitUrl().replace(/^ws/, 'http'), key, secret);

  /** Planned for in an hour; the head of Dinas Sosial speaks, a guest interprets. */
  async function plans(title: string, state: 'registrasi' | 'ruang_tunggu' | 'tayang'): Promise<Conference & { signerLink: string }> {
    const me = await operator.call(getMe, {});
    const head = portalClient(portal.url);
    await head.call(postSession, { body: demoLogin(portal.said(), 'Kepala Dinas Sosial') });
    const speaker = await head.call(getMe, {});
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await operator.call(postConference, {
      body: { title, summary: 'Untuk uji perjalanan.', opdId: me.opd?.id ?? '', startsAt, turnSeconds: 60 },
    });
    const params = { id };
    await operator.call(postCrew, { params, body: { role: 'narasumber', who: { kind: 'person', id: speaker.id } } });
    const guest = { kind: 'guest' as const, name: 'Ratna Isyarat', institution: 'Perkumpulan Juru Bahasa Isyarat Uji' };
    const { crew } = await operator.call(postCrew, { params, body: { role: 'jbi', who: guest } });
    const way = ['diumumkan', 'registrasi', 'ruang_tunggu', 'tayang'] as const;
    let conference: Conference | null = null;
    for (const to of way.slice(0, way.indexOf(state) + 1)) {
      if (to === 'tayang') for (const name of CHECKS) await operator.call(putCheck, { params: { id, name }, body: { waive: 'Uji perjalanan' } });
      conference = await operator.call(postConferenceState, { params, body: { to } });
    }
    if (!conference) throw new Error('the conference has no state');
    return { ...conference, signerLink: crew.find((one) => one.role === 'jbi')?.link ?? '' };
  }

  /** From this page's own browser; the desk accepts. Answers with the member. */
  async function registers(page: Page, { id, slug }: Conference, name: string, outlet: string): Promise<string> {
    const body = { name, outlet, outletKind: 'daring', email: `${outlet}@pers.example`.replaceAll(' ', '').toLowerCase(), key: randomUUID() };
    const own = await page.evaluate(
      async ([address, said]) => {
        const { notice } = (await (await fetch(address)).json()) as { notice: { version: number } };
        const given = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...said, notice: notice.version }) };
        return (await (await fetch(address, given)).json()) as { member: string; state: 'menunggu' | 'diterima' };
      },
      [`/api/press/${slug}/registration`, body] as const,
    );
    const params = { id, journalist: own.member.slice(2) };
    if (own.state === 'menunggu') await operator.call(postRegistrationDecision, { params, body: { act: 'diterima', from: 'menunggu' } });
    return own.member;
  }

  /** A journalist's own browser, registered and accepted, with the page in the hall. */
  async function journalist(
    conference: Conference,
    name: string,
    outlet: string,
    context?: Parameters<typeof person>[0],
  ): Promise<Person & { member: string }> {
    const someone = await person(context);
    await someone.page.addInitScript({ content: SOUND_SCRIPT });
    await someone.page.goto(`/siaran/${conference.slug}`);
    // The browser's own mark is settled: a pass is bound to it.
    await someone.page.locator('.siaran').waitFor();
    const member = await registers(someone.page, conference, name, outlet);
    await someone.page.reload();
    return { ...someone, member };
  }

  /** The microphone this member publishes, as the media server lists it; null when there is none. */
  async function microphoneOf(member: string): Promise<string | null> {
    for (const { name } of await media.listRooms())
      for (const { identity, tracks } of await media.listParticipants(name)) {
        const track = identity.startsWith(`${member}:`) ? tracks.find(({ source }) => source === TrackSource.MICROPHONE) : undefined;
        if (track) return track.sid;
      }
    return null;
  }
  /** A release that everybody sees in so many milliseconds, and whose minute everybody knows. */
  async function releases({ id }: Conference, title: string, ms: number): Promise<void> {
    const params = { id };
    const release = [{ kind: 'paragraph' as const, runs: [{ text: 'Untuk uji perjalanan.', bold: false, italic: false, link: null }] }];
    await operator.call(postKitItem, { params, body: { kind: 'siaran', title, release } });
    await operator.call(putKitEmbargo, { params, body: { embargoAt: new Date(Date.now() + ms).toISOString(), announced: true } });
  }
  return { operator, plans, registers, journalist, microphoneOf, releases };
}

/** Keeps every peer connection of a page where `soundOf` finds it; to be added before the page is opened. */
export const SOUND_SCRIPT = `
  window.peers = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...given) { super(...given); window.peers.push(this); }
  };`;

/** Longer than the pause between two beeps of the fake microphone. */
const SILENT_MS = 1500;

/** Sound energy this page has received so far, of everybody. Which track it is of, a browser does not tell: the others are muted. */
const soundOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    let energy = 0;
    for (const peer of (window as unknown as { peers: RTCPeerConnection[] }).peers)
      for (const one of (await peer.getStats()).values() as Iterable<{ type: string; kind?: string; totalAudioEnergy?: number }>)
        if (one.type === 'inbound-rtp' && one.kind === 'audio') energy += one.totalAudioEnergy ?? 0;
    return energy;
  });

export async function hears(page: Page, what: string): Promise<void> {
  const before = await soundOf(page);
  await eventually(what, async () => (await soundOf(page)) > before + 1e-4);
}

export async function hearsNothing(page: Page, what: string): Promise<void> {
  let last = { energy: -1, since: 0 };
  await eventually(what, async () => {
    const energy = await soundOf(page);
    if (Math.abs(energy - last.energy) > 1e-5) last = { energy, since: Date.now() };
    return Date.now() - last.since > SILENT_MS;
  });
}
