// Which media server this portal has: one it was told, a child of its own, or none.
import type { Config } from './config.ts';
import { createEmbeddedMedia, type EmbeddedMedia } from './platform/embedded-media.ts';
import { findLiveKit, LIVEKIT_VERSION, threeWays } from './platform/livekit-binary.ts';
import { connectOutsideMedia, type OutsideMedia, type Probe } from './platform/outside-media.ts';
import type { Children } from './platform/processes.ts';
import type { Secrets } from './platform/secrets.ts';
import { line } from './say.mjs';

export type PortalMedia =
  | { kind: 'outside'; server: OutsideMedia }
  | { kind: 'embedded'; server: EmbeddedMedia }
  | { kind: 'absent'; server: null; reason: string };

/** LiveKit's SDK is read when there is a server to ask. */
const probe: Probe = async (...asked) => (await import('./rooms/livekit.ts')).probeLiveKit(...asked);

export async function choosePortalMedia(config: Config, secrets: Secrets, children: Children): Promise<PortalMedia> {
  if (config.livekit) return { kind: 'outside', server: await connectOutsideMedia(config.livekit, probe, line) };
  const found = findLiveKit(config);
  if (found.kind === 'absent') return { kind: 'absent', server: null, reason: found.reason };
  const server = await createEmbeddedMedia({ found, dataFolder: config.dataFolder, ports: config.media, secrets, children, probe, say: line });
  return { kind: 'embedded', server };
}

/** For the person at the terminal. */
export function mediaWords(media: PortalMedia): string {
  if (media.kind === 'absent') return `tidak ada (${media.reason}). Tiga jalan: ${threeWays}.`;
  const reason = media.server.reason();
  const what = media.kind === 'embedded' ? `bawaan, LiveKit ${LIVEKIT_VERSION}` : `LiveKit di ${media.server.url}`;
  return reason === null ? `siap (${what})` : `${reason} (${what})`;
}
