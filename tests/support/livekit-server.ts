// A real LiveKit for tests: the portal's own supervisor, with a folder of its own.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedMedia, type EmbeddedMedia } from '../../server/platform/embedded-media.ts';
import { findLiveKit, type Found } from '../../server/platform/livekit-binary.ts';
import { openChildren } from '../../server/platform/processes.ts';
import { probeLiveKit } from '../../server/rooms/livekit.ts';
import { temporaryFolder } from './database.ts';

export type TestMedia = EmbeddedMedia & { /** Ends it and removes what it left. */ remove(): Promise<void> };

const keyPair = () => ({ key: `API${randomBytes(6).toString('hex')}`, secret: randomBytes(32).toString('base64url') });

export const foundLiveKit = (): Found =>
  findLiveKit({ livekitBin: process.env['LIVEKIT_BIN'] ?? null, cacheFolder: process.env['PORTAL_CACHE'] ?? join(homedir(), '.cache', 'portal-rapat') });

/** Not started: `makeWorld({ media })`, then `media.start(`${await world.listen()}/api/livekit/webhook`)`. */
export async function makeTestMedia(): Promise<TestMedia> {
  const found = foundLiveKit();
  const dataFolder = temporaryFolder();
  const children = openChildren(dataFolder);
  const free = { nodeIp: null, udp: null, tcp: null, turn: null };
  const media = await createEmbeddedMedia({
    found,
    dataFolder,
    ports: free,
    secrets: { livekitToken: keyPair(), livekitWebhook: keyPair() },
    children,
    probe: probeLiveKit,
    say: () => {},
  });
  return {
    ...media,
    async remove() {
      await media.stop();
      children.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
