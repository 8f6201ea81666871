// A weak network between one page and the media server: every packet of that page's media passes a relay on this machine, which loses a part of
// them, either way. Nothing on the page is told.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';

export type WeakLink = {
  /** To be called before the page is opened. */
  between(page: Page): Promise<void>;
  /** Part of the packets that are lost from now on, 0 to 1. */
  loses(part: number): void;
  close(): void;
};

const HERE = '127.0.0.1';

export async function openWeakLink(mediaPort: number): Promise<WeakLink> {
  const front = createSocket('udp4');
  front.bind(0, HERE);
  await once(front, 'listening');
  const { port }: AddressInfo = front.address();
  const backs = new Map<number, Socket>();
  let [part, owed] = [0, 0];
  /** Evenly, not by chance: every run meets the same link. */
  function isLost(): boolean {
    owed += part;
    if (owed < 1) return false;
    owed -= 1;
    return true;
  }
  function backOf({ address, port: from }: RemoteInfo): Socket {
    const known = backs.get(from);
    if (known) return known;
    const back = createSocket('udp4');
    back.on('message', (packet) => !isLost() && front.send(packet, from, address));
    backs.set(from, back);
    return back;
  }
  front.on('message', (packet, from) => !isLost() && backOf(from).send(packet, mediaPort, HERE));
  return {
    async between(page) {
      await page.addInitScript({ content: onlyBy('udp', port) });
    },
    loses(next) {
      part = next;
    },
    close() {
      for (const socket of [front, ...backs.values()]) socket.close();
    },
  };
}

/** No UDP leaves this page, as in some offices; to be called before it is opened. */
export async function closeUdp(page: Page): Promise<void> {
  await page.addInitScript({ content: onlyBy('tcp') });
}

/** The page knows no other way to the media server than this protocol (and port), and tells it none to itself. */
const onlyBy = (protocol: 'udp' | 'tcp', port?: number): string => `
  const isWay = (line) => / ${protocol} .* typ host/i.test(line);
  const turned = (line) => ${port === undefined ? 'line' : `line.replace(/( udp \\d+ \\S+) \\d+/i, '$1 ${port}')`};
  const ways = ({ type, sdp }, keep) => ({ type, sdp: sdp.split('\\r\\n').flatMap((line) => (line.startsWith('a=candidate') ? keep(line) : [line])).join('\\r\\n') });
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(config) { super({ ...config, iceServers: [] }); }
    setConfiguration(config) { super.setConfiguration({ ...config, iceServers: [] }); }
    // An adapter turns onicecandidate into this.
    addEventListener(type, ...given) { if (type !== 'icecandidate') super.addEventListener(type, ...given); }
    set onicecandidate(hear) {}
    async addIceCandidate(given) {
      if (given?.candidate && isWay(given.candidate)) await super.addIceCandidate({ ...given, candidate: turned(given.candidate) });
    }
    async createOffer(...given) { return ways(await super.createOffer(...given), () => []); }
    async createAnswer(...given) { return ways(await super.createAnswer(...given), () => []); }
    async setRemoteDescription(given) { await super.setRemoteDescription(ways(given, (line) => (isWay(line) ? [turned(line)] : []))); }
  };`;
