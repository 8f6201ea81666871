// The check before a meeting, as a page: `/periksa`, and for a meeting `/r/<id>?periksa` or a personal link with `?periksa`. Plain DOM.
import type { MediaPath, postCheckBytes, getCheckBytes, postCheckTicket, putReadiness, ReadinessProblem } from '../../../shared/readiness.ts';
import { call, Refused, type FailureCode } from '../../platform/call.ts';
import { h, say } from '../../platform/dom.ts';
import { onLanguage } from '../../platform/language.ts';
import { openLive } from '../../platform/live-socket.ts';
import { deviceCheck } from '../../room/device-check.ts';
import { languageButton, show } from '../../ui/gate.ts';
import { checkWords } from '../../words/check.ts';

const SOCKET_MS = 8_000;
const UP_BYTES = 192 * 1024;
/** Slower than this there is no room for a picture beside the sound; further than this people talk over each other. */
const ENOUGH_KBIT = 300;
const FAR_MS = 350;
type Net = {
  portal: boolean;
  path: MediaPath | null;
  /** `later`: the portal could not be asked for the way. */
  asked: 'yes' | 'away' | 'later' | 'unknown';
  roundTripMs: number | null;
  upKbit: number | null;
  downKbit: number | null;
};
type Fact = { text: string; tone: 'good' | 'wrong' | 'note' };
const REASONS: Partial<Record<FailureCode, 'away' | 'unknown'>> = { 'media.unavailable': 'away', 'session.required': 'unknown' };
/** `meetingId` null: nothing is kept. */
export type CheckPlace = { link: string | null; meetingId: string | null; back: string | null };

export function openCheck(root: HTMLElement, place: CheckPlace): void {
  void import('../../ui/fonts.css');
  let stop = (): void => {};
  const draw = (): void => {
    stop();
    const page = checkPage(place);
    ({ stop } = page);
    document.title = checkWords().title;
    show(root, h('div', { class: 'hall' }, languageButton(), page.element), 'check');
  };
  onLanguage(draw);
  draw();
}

function checkPage({ link, meetingId, back }: CheckPlace): { element: HTMLElement; stop: () => void } {
  const w = checkWords();
  const devices = deviceCheck();
  const network = h('ul', { class: 'check-facts', role: 'status' });
  const again = h('button', { class: 'button', type: 'button', on: { click: () => void measure() } }, w.again);
  const result = h('p', { role: 'status', class: 'check-result' });
  const done = h('button', { class: 'button button-main', type: 'button', on: { click: () => void finish() } }, meetingId === null ? w.finish : w.done);
  let net: Net | null = null;
  let measuring: Promise<void> | null = null;

  function measure(): Promise<void> {
    again.disabled = true;
    network.replaceChildren(...list([{ text: w.running, tone: 'note' }]));
    measuring = measureNetwork(link)
      .then((found) => {
        net = found;
        network.replaceChildren(...list(networkFacts(found)));
      })
      .finally(() => (again.disabled = false));
    return measuring;
  }

  async function finish(): Promise<void> {
    done.disabled = true;
    await measuring;
    const problems: ReadinessProblem[] = [
      ...devices.problems(),
      ...(net && isBad(net) ? (['jaringan'] as const) : []),
      ...(canMeet() ? [] : (['peramban'] as const)),
    ];
    const text = problems.length === 0 ? w.ready : w.problems(problems.map((one) => w.names[one]).join(', '));
    const { path = null, roundTripMs = null, upKbit = null, downKbit = null } = net ?? {};
    const kept =
      meetingId === null
        ? null
        : await call<typeof putReadiness>('PUT', '/api/meetings/:id/readiness/me', {
            params: { id: meetingId },
            body: { problems, path, roundTripMs, upKbit, downKbit },
          }).then(
            () => w.kept,
            (error: unknown) => (error instanceof Refused && error.code !== 'offline' ? error.message : w.notKept),
          );
    say(result, kept === null ? text : `${text} ${kept}`);
    done.disabled = false;
  }

  void measure();
  const element = h(
    'section',
    { class: 'check-page' },
    h('h1', {}, w.title),
    h('p', { class: 'quiet' }, w.lead),
    devices.element,
    h('section', {}, h('h2', {}, w.network), network, again),
    h('section', {}, h('h2', {}, w.browser), h('ul', { class: 'check-facts' }, ...list(browserFacts()))),
    result,
    h('div', { class: 'gate-actions' }, done, back !== null && h('a', { class: 'button', href: back }, w.toMeeting)),
  );
  return { element, stop: devices.stop };
}

const list = (facts: readonly Fact[]): HTMLElement[] => facts.map(({ text, tone }) => h('li', { 'data-tone': tone }, text));
const canMeet = (): boolean => 'RTCPeerConnection' in window && window.isSecureContext;
const isBad = ({ portal, path, asked, downKbit, upKbit }: Net): boolean =>
  !portal || (asked === 'yes' && path === null) || Math.min(downKbit ?? Infinity, upKbit ?? Infinity) < ENOUGH_KBIT;

async function measureNetwork(link: string | null): Promise<Net> {
  const portal = await reachesPortal(link);
  const ticket = await call<typeof postCheckTicket>('POST', '/api/readiness/ticket').catch((error: unknown) => (error instanceof Refused ? error : null));
  const asked = ticket instanceof Refused ? (REASONS[ticket.code] ?? 'later') : ticket === null ? 'later' : 'yes';
  const way = ticket === null || ticket instanceof Refused ? null : await import('../../room/probe.ts').then(({ probePath }) => probePath(ticket));
  const measured = asked === 'yes' || asked === 'away';
  const downKbit = !measured ? null : await speed(async () => (await call<typeof getCheckBytes>('GET', '/api/readiness/bytes')).size);
  const upKbit = !measured ? null : await speed(sendBytes);
  return { portal, asked, path: way?.path ?? null, roundTripMs: way?.roundTripMs ?? null, upKbit, downKbit };
}

function reachesPortal(link: string | null): Promise<boolean> {
  return new Promise((done) => {
    const socket = openLive({ link });
    const end = (there: boolean): void => {
      window.clearTimeout(timer);
      socket.close();
      done(there);
    };
    const timer = window.setTimeout(() => end(false), SOCKET_MS);
    socket.onState((state) => state === 'open' && end(true));
  });
}

async function sendBytes(): Promise<number> {
  const bytes = new Uint8Array(UP_BYTES);
  for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  await call<typeof postCheckBytes>('POST', '/api/readiness/bytes', { body: new Blob([bytes]) as never });
  return bytes.length;
}

/** Thousands of bits a second; null: it did not pass. */
async function speed(move: () => Promise<number>): Promise<number | null> {
  const from = performance.now();
  const bytes = await move().catch(() => null);
  return bytes === null ? null : Math.min(10_000_000, Math.round((bytes * 8) / Math.max(1, performance.now() - from)));
}

function networkFacts({ portal, path, asked, roundTripMs, upKbit, downKbit }: Net): Fact[] {
  const w = checkWords();
  const amount = (kbit: number): string => (kbit >= 1000 ? `${(kbit / 1000).toFixed(1)} Mbit/s` : `${kbit} kbit/s`);
  const slow = Math.min(downKbit ?? Infinity, upKbit ?? Infinity) < ENOUGH_KBIT;
  return [
    { text: portal ? w.portal.ok : w.portal.no, tone: portal ? 'good' : 'wrong' },
    asked === 'yes'
      ? { text: w.path[path ?? 'none'], tone: path === null ? 'wrong' : path === 'tcp' ? 'note' : 'good' }
      : { text: w.path[asked], tone: 'note' },
    ...(roundTripMs === null
      ? []
      : [
          { text: `${w.trip(roundTripMs)}${roundTripMs > FAR_MS ? ` ${w.tripSlow}` : ''}`, tone: roundTripMs > FAR_MS ? ('note' as const) : ('good' as const) },
        ]),
    ...(downKbit === null || upKbit === null
      ? []
      : [{ text: `${w.speed(amount(downKbit), amount(upKbit))}${slow ? ` ${w.speedLow}` : ''}`, tone: slow ? ('wrong' as const) : ('good' as const) }]),
  ];
}

function browserFacts(): Fact[] {
  const { facts } = checkWords();
  const inApp = /; wv\)|FBAN|FBAV|Instagram|Line\//.test(navigator.userAgent);
  const found: (Fact | false)[] = [
    !('RTCPeerConnection' in window) && { text: facts.noRtc, tone: 'wrong' },
    !window.isSecureContext && { text: facts.insecure, tone: 'wrong' },
    canMeet() && { text: facts.fine, tone: 'good' },
    inApp && { text: facts.inApp, tone: 'wrong' },
    !('getDisplayMedia' in (navigator.mediaDevices ?? {})) && { text: facts.noShare, tone: 'note' },
    !('setSinkId' in HTMLMediaElement.prototype) && { text: facts.noSpeaker, tone: 'note' },
  ];
  return found.filter((one) => one !== false);
}
