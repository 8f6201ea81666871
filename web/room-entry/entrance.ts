// The way into a room as one machine: ask the portal, stand before the right door, warm up, enter, and say why one is out again.
import { Refused } from '../platform/call.ts';
import { h } from '../platform/dom.ts';
import { onLanguage } from '../platform/language.ts';
import { openLive, type LiveSocket } from '../platform/live-socket.ts';
import type { Stage } from '../room/media.ts';
import { loadMedia, mediaDownloaded, type Media } from '../room/load.ts';
import { loadLobby, loadRing, loadScreen } from './code.ts';
import type { ScreenHandle } from './room-screen.tsx';
import { earlyRoom } from './early-room.ts';
import { gate, languageButton, show } from '../ui/gate.ts';
import { asksAgain, gateOf, type Reason } from './gates.ts';
import { createOwnDevices, type DeviceStore } from '../room/own-devices.ts';
import type { Place } from './place.ts';
import { createMoving } from './moving.ts';
import * as portal from './portal.ts';
import { prejoin, type Prejoin } from './prejoin.ts';
import { keepPresent } from './present.ts';
import { reasonOf } from './reason-of.ts';
import { createTickets, type Tickets } from '../room/tickets.ts';
import { waiting } from './waiting.ts';
import { entry } from './words/entry.ts';

const POLL_MS = 20_000;
const MEDIA_POLL_MS = 5000;

/** What the room's screen is handed: who, which meeting, the portal's socket, and the stage. */
export type Visit = {
  join: portal.Join;
  live: LiveSocket;
  stage: Stage;
  onOver: (reason: Reason) => void;
};

export function openEntrance(root: HTMLElement, place: Place, first: Promise<portal.Join>): void {
  let join: portal.Join | null = null;
  let reason: Reason | null = null;
  let live: LiveSocket | null = null;
  let devices: DeviceStore | null = null;
  let tickets: Tickets | null = null;
  let front: Prejoin | null = null;
  let closeRoom: (() => void) | null = null;
  let stopPresent: (() => void) | null = null;
  let stage: Stage | null = null;
  let screen: { of: Stage; handle: ScreenHandle } | null = null;
  let timer = 0;
  let asking = false;
  let atOnce = place.atOnce;
  let ringable = false;
  /** In the room, or on the way into it. */
  let entering = false;

  const moving = createMoving({ changed: draw, allowed: again });
  onLanguage(draw);
  if (!('RTCPeerConnection' in window && 'AbortSignal' in window && 'any' in AbortSignal)) return stand({ kind: 'tooOld' });
  void take(first);

  async function take(answer: Promise<portal.Join>): Promise<void> {
    asking = true;
    try {
      arrive(await answer);
    } catch (error) {
      if (error instanceof Refused && error.code === 'not_found' && (await waitsOutside())) return;
      stand(error instanceof Refused ? { kind: 'refused', code: error.code, message: error.message } : { kind: 'refused', code: 'offline', message: '' });
    } finally {
      asking = false;
    }
  }

  /** Who is signed in and not invited waits in the lobby, where the meeting has one for them. */
  async function waitsOutside(): Promise<boolean> {
    if (place.meetingId === null || place.link !== null) return false;
    const { openWaitingRoom } = await loadLobby();
    if (!(await openWaitingRoom(root, { meetingId: place.meetingId }).catch(() => false))) return false;
    window.clearTimeout(timer);
    dispose();
    devices?.stop();
    join = null;
    reason = null;
    return true;
  }

  function again(): void {
    if (asking || entering) return;
    void take(portal.join(place.meetingId));
  }

  function arrive(next: portal.Join): void {
    // Another notice is another screen: what is acknowledged is what stands there.
    const wasPrejoin = reason === null && join?.meeting.state === 'berlangsung' && join.notice.version === next.notice.version;
    join = next;
    reason = null;
    tickets ??= createTickets((identity, notice) => portal.ticket(next.meeting.id, identity, notice));
    if (next.ticket) tickets.adopt(next.ticket);
    if (!live) {
      live = openLive({ link: place.link });
      live.watch(`meeting:${next.meeting.id}`);
      live.onMessage((message) => 'meetingId' in message && message.meetingId === next.meeting.id && soon(message.type === 'meeting.changed' ? 400 : 3000));
    }
    void ring(next);
    if (next.meeting.state === 'berakhir') return stand({ kind: 'ended' });
    if (next.meeting.state === 'dibatalkan') return stand({ kind: 'cancelled' });
    if (wasPrejoin && front) front.update(next);
    else draw();
    if (next.meeting.state === 'berlangsung') {
      if (atOnce && next.notice.acknowledgedAt !== null) return void enter();
      atOnce = false;
    }
    later(next.meeting.state === 'terjadwal' || next.media === 'ready' ? POLL_MS : MEDIA_POLL_MS);
  }

  /** Who is signed in can be called away from here, or into here. */
  async function ring({ you, meeting }: portal.Join): Promise<void> {
    if (!you.signedIn || ringable || !live) return;
    ringable = true;
    const socket = live;
    await mediaDownloaded();
    const { ringInRoom } = await loadRing();
    ringInRoom({ live: socket, meetingId: meeting.id, inside: () => entering, enter: enterAtOnce, leave: () => leave({ kind: 'left' }) });
  }

  /** The answer to a call into this very meeting. A notice that was not read yet stays, with its one button. */
  function enterAtOnce(): void {
    if (entering) return;
    atOnce = true;
    again();
  }

  /** Asks again within this time, at random, so that a whole meeting does not ask at once. */
  function soon(ms: number): void {
    if (!closeRoom && reason === null) later(Math.random() * ms);
  }

  function later(ms: number): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (document.visibilityState === 'hidden' ? later(ms) : again()), ms);
  }

  function stand(next: Reason): void {
    reason = next;
    window.clearTimeout(timer);
    tickets?.keep(false);
    if (next.kind !== 'refused' || asksAgain(next) === null) {
      dispose();
      devices?.stop();
      devices = null;
    }
    const wait = asksAgain(next);
    if (wait !== null) later(wait * (0.5 + Math.random()));
    draw();
  }

  function draw(): void {
    if (closeRoom) return;
    front?.close();
    front = null;
    if (reason === null && join === null) return;
    root.hidden = false;
    document.title = entry().page(join?.meeting.title ?? '…');
    // Nothing else is on its way before these: the type need not wait for the media code.
    if (reason !== null || join?.meeting.state === 'terjadwal') void import('../ui/fonts.css');
    show(root, h('div', { class: 'hall' }, languageButton(), inner()), reason?.kind ?? join?.meeting.state ?? '');
  }

  function inner(): HTMLElement {
    if (reason !== null || join === null) {
      const known = reason ?? { kind: 'refused', code: 'offline', message: '' };
      return gate(
        gateOf(known, {
          again,
          meeting: join?.meeting ?? null,
          meetingId: join?.meeting.id ?? place.meetingId,
          signedIn: join?.you.signedIn ?? false,
          atOnce: place.atOnce,
          moving: moving.state(),
          askToMove: moving.ask,
        }),
      );
    }
    if (join.meeting.state === 'terjadwal')
      return waiting({
        join,
        onStart: () => void portal.start(join?.meeting.id ?? '').then(again, again),
      });
    devices ??= createOwnDevices({ calm: place.atOnce });
    front = prejoin({ join, devices, onJoin: () => void enter() });
    // Before the notice is read there is no ticket to keep.
    tickets?.keep(join.notice.acknowledgedAt !== null);
    void warmUp();
    return front.element;
  }

  /** The stage first, then its screen, drawn out of sight; the font last. All of it while somebody looks at the mirror. */
  async function warmUp(): Promise<void> {
    void loadMedia(() => front?.trouble(entry().problems.codeMissing)).then(prepare);
    await mediaDownloaded();
    await loadScreen();
    if (stage && reason === null) await screenFor(stage);
    await import('../ui/fonts.css');
  }

  /** Warming up and entering may both want it at once: it is prepared once. */
  async function screenFor(wanted: Stage): Promise<ScreenHandle | null> {
    const { prepareRoomScreen } = await loadScreen();
    if (join && live && stage === wanted && !screenOf(wanted))
      screen = { of: wanted, handle: prepareRoomScreen({ join, live, stage: wanted, onOver: (why) => closeRoom && leave(why) }, root) };
    return screenOf(wanted);
  }

  function prepare(media: Media): Stage | null {
    if (reason !== null || !tickets) return null;
    stage ??= media.prepareStage({ newTicket: tickets.take });
    return stage;
  }

  const screenOf = (wanted: Stage): ScreenHandle | null => (screen?.of === wanted ? screen.handle : null);

  /** Connects at once; publishing, the screen's code and one's own devices follow beside it. */
  async function enter(): Promise<void> {
    if (!join || !devices || !tickets || !live || closeRoom || entering) return;
    const here = { join, live, tickets };
    entering = true;
    front?.joining(true);
    window.clearTimeout(timer);
    tickets.keep(false);
    // Pressing the button below the notice is the proof that it was read.
    tickets.acknowledge(join.notice.version);
    const own = devices;
    const captured = own.handOver();
    const { chosen, wanted: wished } = own.snapshot();
    const wanted = join.entryMuted ? { ...wished, microphone: false } : wished;
    const unseen = atOnce;
    atOnce = false;
    const media = await loadMedia(() => front?.trouble(entry().problems.codeMissing));
    const entered = prepare(media);
    if (!entered) return void (entering = false);
    const atHand = here.tickets.atHand();
    if (atHand) void here.tickets.take();
    const signalled = entered.enter({
      ticket: atHand,
      known: here.join.inside.length + 1,
      given: { wanted, chosen, captured, ...(unseen && { trouble: () => own.snapshot().trouble }) },
    });
    closeRoom = entered.leave;
    stopPresent = keepPresent({ meetingId: here.join.meeting.id, stage: entered, live: here.live });
    const early = screenOf(entered) ? null : showEarly(entered, media.showEarly);
    const handle = await screenFor(entered);
    await signalled;
    early?.();
    // Left, or turned away, before the screen was here.
    if (closeRoom !== entered.leave || !handle) return;
    front?.close();
    front = null;
    root.dataset['screen'] = 'room';
    handle.enter();
    root.replaceChildren();
    root.hidden = true;
  }

  function showEarly(stage: Stage, showPictures: Parameters<typeof earlyRoom>[0]['showEarly']): () => void {
    const early = earlyRoom({ title: join?.meeting.title ?? '', stage, showEarly: showPictures, onLeave: () => leave({ kind: 'left' }) });
    const stop = stage.connection.subscribe(() => {
      const connection = stage.connection.snapshot();
      if (connection.state === 'over') leave(reasonOf(connection.ending));
    });
    front?.close();
    front = null;
    show(root, early.element, 'early');
    return () => {
      stop();
      early.close();
    };
  }

  /** What was prepared for a room that is not entered, or is left. */
  function dispose(): void {
    stopPresent?.();
    stopPresent = null;
    stage?.leave();
    screen?.handle.close();
    stage = null;
    screen = null;
  }

  function leave(why: Reason): void {
    // Loading this page anew is not another answer to the call.
    if (place.atOnce) history.replaceState(null, '', location.pathname + location.hash);
    closeRoom = null;
    entering = false;
    dispose();
    devices?.stop();
    devices = null;
    reason = why;
    // Out for another browser of the same link, or really out: the portal knows.
    if (why.kind === 'removed')
      void portal.join(place.meetingId).catch((error: unknown) => {
        if (reason === why && error instanceof Refused && error.code === 'link.other_device')
          stand({ kind: 'refused', code: error.code, message: error.message });
      });
    // The portal knows when and by whom it was ended.
    if (why.kind === 'ended' && join)
      void portal.join(place.meetingId).then(
        ({ meeting }) => join && ((join = { ...join, meeting }), draw()),
        () => {},
      );
    draw();
  }
}
