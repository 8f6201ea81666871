// Which words stand before a closed door: one table from the reason to the screen.
import type { FailureCode } from '../platform/call.ts';
import type { Gate, Action } from '../ui/gate.ts';
import type { Moving } from './moving.ts';
import type { Join } from './portal.ts';
import { clockZone } from '../platform/time.ts';
import { entry } from './words/entry.ts';

/** Why somebody is not in the room. */
export type Reason =
  | { kind: 'refused'; code: FailureCode; message: string }
  | { kind: 'ended' }
  | { kind: 'cancelled' }
  | { kind: 'removed' }
  | { kind: 'elsewhere' }
  | { kind: 'left' }
  | { kind: 'tooOld' };

export type Ways = {
  again: () => void;
  meeting: Join['meeting'] | null;
  meetingId: string | null;
  signedIn: boolean;
  /** Comes by an urgent call. */
  atOnce: boolean;
  /** The link is another browser's: what became of asking that it moves here. */
  moving: Moving;
  askToMove: () => void;
};

/** Reasons after which the page asks again by itself, in milliseconds. */
export const asksAgain = (reason: Reason): number | null => {
  if (reason.kind !== 'refused') return null;
  // Its text changed while this page stood open: the new one is shown.
  if (reason.code === 'notice.required') return 0;
  if (reason.code === 'offline' || reason.code === 'portal.unavailable') return 4000;
  return reason.code === 'limit.reached' ? 15_000 : null;
};

export function gateOf(reason: Reason, ways: Ways): Gate {
  const { gates, actions } = entry();
  const back = ways.meetingId === null ? null : `/r/${ways.meetingId}${ways.atOnce ? '?langsung' : ''}`;
  const signIn: Action = {
    label: actions.signIn,
    main: true,
    href: back === null ? '/masuk' : `/masuk?ke=${encodeURIComponent(back)}`,
  };
  const again = (label: string): Action => ({ label, main: true, press: ways.again });
  const office: Action[] = !ways.signedIn || ways.meetingId === null ? [] : [{ label: actions.meetingPage, href: `/rapat/${ways.meetingId}` }];
  switch (reason.kind) {
    case 'ended': {
      const { meeting } = ways;
      const body = meeting?.endedAt ? gates.ended.body(meeting.chairName, clockZone(meeting.endedAt, meeting.zone)) : gates.endedPlain.body;
      return { title: gates.ended.title, body, actions: office };
    }
    case 'cancelled':
      return { title: gates.cancelled.title, body: gates.cancelled.body(ways.meeting?.cancelReason ?? ''), tone: 'alarm', actions: office };
    case 'removed':
      return { ...gates.removed, tone: 'alarm', actions: [again(actions.checkAgain)] };
    case 'elsewhere':
      return { ...gates.elsewhere, tone: 'wait', actions: [again(actions.useHere), ...office] };
    case 'left':
      return {
        title: gates.left.title,
        body: gates.left.body(ways.meeting?.title ?? ''),
        actions: [again(actions.rejoin), ...office],
      };
    case 'tooOld':
      return { ...gates.tooOld, tone: 'wait', actions: [again(actions.tryAgain)] };
    case 'refused':
      break;
  }
  switch (reason.code) {
    case 'session.required':
      return { ...gates.signIn, actions: [signIn] };
    case 'link.revoked':
      return { ...gates.linkRevoked, tone: 'wait', actions: [again(actions.checkAgain)] };
    case 'link.other_device':
      return {
        ...(ways.moving === null ? gates.linkOtherDevice : gates.moving[ways.moving]),
        tone: 'wait',
        actions: [...(ways.moving === 'menunggu' ? [] : [{ label: actions.askToMove, main: true, press: ways.askToMove }]), { ...signIn, main: false }],
      };
    case 'meeting.removed':
      return { ...gates.removed, tone: 'alarm', actions: [again(actions.checkAgain)] };
    case 'notice.required':
      return { title: gates.notice, body: reason.message, tone: 'wait', actions: [again(actions.checkAgain)] };
    case 'meeting.ended':
      return { title: gates.ended.title, body: reason.message, actions: office };
    case 'not_found':
    case 'input.invalid':
      return { ...gates.notFound, actions: [{ label: actions.home, href: '/' }] };
    case 'limit.reached':
      return { ...gates.full, tone: 'wait', actions: [again(actions.tryAgain)] };
    case 'offline':
    case 'portal.unavailable':
      return { ...gates.offline, tone: 'wait', actions: [again(actions.tryAgain)] };
    default:
      return {
        title: gates.broken.title,
        body: reason.message || gates.broken.body,
        tone: 'alarm',
        actions: [again(actions.tryAgain)],
      };
  }
}
