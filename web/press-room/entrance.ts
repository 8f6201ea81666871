// The way into a press room as one machine: ask the portal, stand before the right door, warm up, enter, and say why one is out again.
import { Refused } from '../platform/call.ts';
import { h } from '../platform/dom.ts';
import { onLanguage } from '../platform/language.ts';
import { openLive, type LiveSocket } from '../platform/live-socket.ts';
import { hearServerTime } from '../platform/server-time.ts';
import { loadMedia, mediaDownloaded, type Media } from '../room/load.ts';
import type { Stage } from '../room/media.ts';
import { createOwnDevices, type DeviceStore } from '../room/own-devices.ts';
import { createTickets } from '../room/tickets.ts';
import { gate, languageButton, show } from '../ui/gate.ts';
import { hall as words } from '../words/press-hall.ts';
import { loadScreen } from './code.ts';
import { asksAgain, gateOf, refusedAs, type Reason } from './gates.ts';
import { hall, onAir, type Hall } from './hall.ts';
import { keep } from './kept.ts';
import type { Place } from './place.ts';
import * as portal from './portal.ts';
import { prejoin } from './prejoin.ts';
import type { ScreenHandle } from './room-screen.tsx';
import { kindsOf } from './send.ts';
import { mayPlaySound } from './sound.ts';
import type { Floor, Join, Room, Visit } from './visit.ts';

const POLL_MS = 30_000;
const MEDIA_POLL_MS = 5000;
/** Everybody who waits enters within this time after the first picture, so that they do not all ask at once. */
const SPREAD_MS = 1500;
const CALM_MS = 2000;

const isCrew = ({ you }: Join): boolean => you.role !== null;
const isOpen = ({ conference: { state } }: Join): boolean => state === 'ruang_tunggu' || state === 'tayang' || state === 'tanya_jawab';
const isOver = ({ conference: { state } }: Join): boolean => state === 'selesai' || state === 'arsip' || state === 'dibatalkan';
/** A different screen stands for each of these. */
const doorOf = (join: Join): string =>
  JSON.stringify([join.you.kind, join.you.right, isCrew(join) && !isOpen(join), join.notice?.version, join.notice?.texts !== null]);

export function openEntrance(root: HTMLElement, place: Place, first: Promise<Join>): void {
  let join: Join | null = null;
  let reason: Reason | null = null;
  let live: LiveSocket | null = null;
  let devices: DeviceStore | null = null;
  let front: Hall | null = null;
  let inside: typeof screen = null;
  let stage: Stage | null = null;
  let screen: { of: Stage; handle: ScreenHandle; visit: Visit; close: () => void } | null = null;
  let timer = 0;
  let asking = false;
  let entering = false;
  /** Left by hand: nobody is pulled in again. */
  let stayOut = false;
  const tickets = createTickets((identity, notice) => portal.ticket(place.slug, identity, notice));

  onLanguage(draw);
  if (!('RTCPeerConnection' in window && 'AbortSignal' in window && 'any' in AbortSignal)) return stand({ kind: 'tooOld' });
  void take(first);

  async function take(answer: Promise<Join>): Promise<void> {
    asking = true;
    try {
      arrive(await answer);
    } catch (error) {
      stand(error instanceof Refused ? refusedAs(error.code, error.message) : { kind: 'refused', code: 'offline', message: '' });
    } finally {
      asking = false;
    }
  }

  function again(): void {
    stayOut = false;
    if (!asking && !entering) void take(portal.join(place.slug));
  }

  function arrive(next: Join): void {
    hearServerTime(Date.parse(next.conference.serverTime));
    const before = reason === null && join ? doorOf(join) : null;
    join = next;
    reason = null;
    if (next.ticket) tickets.adopt(next.ticket);
    if (!live) {
      live = openLive({ link: place.link });
      live.watch(`press:${next.conference.id}`);
      live.onMessage((message) => message.type === 'press.changed' && message.conferenceId === next.conference.id && soon());
    }
    if (isOver(next)) return stand({ kind: 'over' });
    if (front && before === doorOf(next)) front.update(next);
    else draw();
    if (!isCrew(next) && onAir(next)) void enterByItself();
    later(next.media === 'ready' ? POLL_MS : MEDIA_POLL_MS);
  }

  /** Asks again: crew at once, who watches within two seconds, at random. */
  function soon(): void {
    if (!inside && !entering && (reason === null || reason.kind === 'refused')) later(join && isCrew(join) ? 100 : Math.random() * CALM_MS, true);
  }

  function later(ms: number, hiddenToo = false): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(
      () => (document.visibilityState === 'hidden' && !hiddenToo ? later(ms) : void (entering || asking || take(portal.join(place.slug)))),
      ms,
    );
  }

  function stand(next: Reason): void {
    reason = next;
    window.clearTimeout(timer);
    const wait = asksAgain(next);
    if (wait === null) {
      dispose();
      releaseDevices();
    } else later(wait * (0.5 + Math.random()));
    draw();
  }

  function draw(): void {
    if (inside) return;
    front?.close();
    front = null;
    if (reason === null && join === null) return;
    root.hidden = false;
    document.title = words().page(join?.conference.title ?? '…');
    show(root, h('div', { class: 'hall' }, languageButton(), inner()), reason?.kind ?? (join && isCrew(join) ? 'crew' : 'hall'));
  }

  function inner(): HTMLElement {
    if (reason !== null || join === null) {
      const known = reason ?? { kind: 'refused', code: 'offline', message: '' };
      return gate(gateOf(known, { again, slug: place.slug, conference: join?.conference ?? null, watches: !join || !isCrew(join) }));
    }
    if (isCrew(join) && !isOpen(join)) return crewWaits(join);
    if (isCrew(join)) {
      devices ??= createOwnDevices({ kinds: kindsOf(join.you) });
      front = prejoin({ join, devices, onJoin: () => void enter() });
    } else front = hall({ join, onWatch: () => void enter(), onLive: () => window.setTimeout(() => void enterByItself(), Math.random() * SPREAD_MS) });
    void warmUp();
    return front.element;
  }

  function crewWaits({ conference, you }: Join): HTMLElement {
    const { title, body, plan } = words().crewWaiting;
    const operates = you.role === 'operator' || you.role === 'moderator';
    return gate({
      title,
      body: `${conference.title}. ${body}`,
      tone: 'wait',
      actions: operates ? [{ label: plan, href: `/konferensi/${conference.id}` }] : [],
    });
  }

  /** Sound is allowed already, or the notice was read and the button pressed: nobody presses twice. */
  async function enterByItself(): Promise<void> {
    if (!join || entering || stayOut || reason !== null || join.notice?.texts || !onAir(join)) return;
    if (await mayPlaySound()) void enter();
  }

  /** The stage first, then its screen, drawn out of sight; the font last. All of it while somebody reads what is going on. */
  async function warmUp(): Promise<void> {
    void loadMedia(() => front?.trouble(words().problems.codeMissing)).then(prepare);
    await mediaDownloaded();
    await loadScreen();
    if (stage && reason === null) await screenFor(stage);
    await import('../ui/fonts.css');
  }

  function prepare(media: Media): Stage | null {
    if (reason !== null || !join) return null;
    stage ??= media.prepareStage({
      newTicket: tickets.take,
      byTurns: !isCrew(join),
      unseen: () => screen?.visit.room.snapshot()?.viewers ?? join?.viewers ?? 0,
    });
    return stage;
  }

  async function screenFor(wanted: Stage): Promise<void> {
    const { prepareRoomScreen } = await loadScreen();
    if (!join || !live || stage !== wanted || screen?.of === wanted) return;
    const { conference } = join;
    const refused = (code: Parameters<typeof refusedAs>[0]): void => {
      if (['session.required', 'link.revoked', 'link.other_device', 'not_found', 'meeting.removed', 'press.over'].includes(code)) leave(refusedAs(code, ''));
    };
    const rules = { live, conferenceId: conference.id, watchesOnly: () => join?.you.kind === 'penonton', onRefused: refused };
    const room = keep<Room>({ ...rules, ask: () => portal.room(place.slug), hears: ['press.changed'] });
    const floor = keep<Floor>({ ...rules, ask: () => portal.floor(place.slug), hears: ['press.changed', 'floor.changed'] });
    room.subscribe(() => ['selesai', 'arsip', 'dibatalkan'].includes(room.snapshot()?.conference.state ?? '') && inside && leave({ kind: 'over' }));
    const visit: Visit = { slug: place.slug, join, live, stage: wanted, room, floor, again: comeAgain };
    const handle = prepareRoomScreen(visit, root, (why) => inside && leave(why));
    screen = {
      of: wanted,
      visit,
      handle,
      close() {
        handle.close();
        room.close();
        floor.close();
      },
    };
  }

  /** Connects at once; the screen's code and one's own devices follow beside it. */
  async function enter(): Promise<void> {
    if (!join || !live || inside || entering) return;
    const here = join;
    entering = true;
    front?.joining(true);
    window.clearTimeout(timer);
    tickets.keep(false);
    // Pressing the button below the notice is the proof that it was read.
    if (here.notice) tickets.acknowledge(here.notice.version);
    const own = isCrew(here) ? devices : null;
    const captured = own ? own.handOver() : Promise.resolve({ camera: null, microphone: null });
    const { wanted, chosen } = own?.snapshot() ?? { wanted: { camera: false, microphone: false }, chosen: {} };
    const entered = prepare(await loadMedia(() => front?.trouble(words().problems.codeMissing)));
    if (!entered) return void (entering = false);
    const atHand = tickets.atHand();
    if (atHand) void tickets.take();
    const signalled = entered.enter({ ticket: atHand, known: 2, given: { wanted, chosen, captured } });
    await screenFor(entered);
    await signalled;
    if (stage !== entered || !screen) return void (entering = false);
    screen.visit.join = here;
    inside = screen;
    entering = false;
    front?.close();
    front = null;
    root.dataset['screen'] = 'room';
    screen.visit.room.refresh();
    screen.visit.floor.refresh();
    screen.handle.enter();
    root.replaceChildren();
    root.hidden = true;
  }

  function releaseDevices(): void {
    devices?.stop();
    devices = null;
  }

  /** What was prepared for a room that is not entered, or is left. */
  function dispose(): void {
    stage?.leave();
    screen?.close();
    stage = null;
    screen = null;
  }

  /** Out and in again within the same press: through the hall only where there is something to read first. */
  function comeAgain(): void {
    if (!inside) return;
    const session = stage?.session();
    if (session) void portal.leave(place.slug, session.identity).catch(() => {});
    inside = null;
    dispose();
    again();
  }

  function leave(why: Reason): void {
    const session = stage?.session();
    if (why.kind === 'left' && session) void portal.leave(place.slug, session.identity).catch(() => {});
    stayOut = why.kind === 'left';
    inside = null;
    entering = false;
    dispose();
    releaseDevices();
    stand(why);
  }
}
