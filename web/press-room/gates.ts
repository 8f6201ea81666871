// Which words stand before a closed door: one table from the reason to the screen.
import type { FailureCode } from '../platform/call.ts';
import type { Ending } from '../room/media.ts';
import type { Action, Gate } from '../ui/gate.ts';
import { hall } from '../words/press-hall.ts';
import type { Join } from './visit.ts';

/** Why somebody is not in the room. */
export type Reason =
  | { kind: 'refused'; code: FailureCode; message: string }
  | { kind: 'over' }
  | { kind: 'removed' }
  | { kind: 'elsewhere' }
  | { kind: 'left' }
  | { kind: 'tooOld' };

/** How the stage ended, as a reason to stand before the door. */
export function reasonOf(ending: Ending): Reason {
  if (ending.kind === 'ended') return { kind: 'over' };
  if (ending.kind !== 'refused') return { kind: ending.kind };
  return refusedAs(ending.code, ending.message);
}

export function refusedAs(code: FailureCode, message: string): Reason {
  if (code === 'meeting.removed') return { kind: 'removed' };
  return code === 'press.over' ? { kind: 'over' } : { kind: 'refused', code, message };
}

/** Reasons after which the page asks again by itself, in milliseconds. */
export function asksAgain(reason: Reason): number | null {
  if (reason.kind !== 'refused') return null;
  // Its text changed while this page stood open: the new one is shown.
  if (reason.code === 'notice.required') return 0;
  if (reason.code === 'offline' || reason.code === 'portal.unavailable' || reason.code === 'media.unavailable') return 4000;
  if (reason.code === 'press.not_live') return 2000;
  return reason.code === 'limit.reached' || reason.code === 'press.full' ? 15_000 : null;
}

type Ways = { again: () => void; slug: string; conference: Join['conference'] | null; watches: boolean };

export function gateOf(reason: Reason, { again, slug, conference, watches }: Ways): Gate {
  const { gates, actions, conferencePage } = hall();
  const press = (label: string): Action => ({ label, main: true, press: again });
  const schedule: Action = { label: actions.schedule, href: '/pers' };
  const page: Action = { label: conferencePage, href: `/pers/${slug}` };
  switch (reason.kind) {
    case 'over':
      if (conference?.state === 'dibatalkan')
        return { title: gates.cancelled.title, body: gates.cancelled.body(conference.cancelReason ?? '–'), tone: 'alarm', actions: [page, schedule] };
      return { ...gates.over, actions: [{ label: actions.release, main: true, href: `/pers/${slug}` }, schedule] };
    case 'removed':
      return { ...gates.removed, tone: 'alarm', actions: [press(actions.checkAgain), page] };
    case 'elsewhere':
      return { ...gates.elsewhere, tone: 'wait', actions: [press(actions.useHere), page] };
    case 'left':
      return {
        title: gates.left.title,
        body: gates.left.body(conference?.title ?? ''),
        actions: [press(watches ? actions.watchAgain : actions.enterAgain), page],
      };
    case 'tooOld':
      return { ...gates.tooOld, tone: 'wait', actions: [page] };
    case 'refused':
      break;
  }
  switch (reason.code) {
    case 'session.required':
      return { ...gates.signIn, actions: [{ label: actions.signIn, main: true, href: `/masuk?ke=${encodeURIComponent(`/siaran/${slug}`)}` }, page] };
    case 'link.revoked':
      return { ...gates.linkRevoked, tone: 'wait', actions: [press(actions.checkAgain), page] };
    case 'link.other_device':
      return { ...gates.linkOtherDevice, tone: 'wait', actions: [press(actions.checkAgain), page] };
    case 'notice.required':
      return { title: gates.notice, body: reason.message, tone: 'wait', actions: [press(actions.checkAgain)] };
    case 'not_found':
    case 'input.invalid':
      return { ...gates.notFound, actions: [schedule] };
    case 'press.full':
      return { ...gates.full, tone: 'wait', actions: [press(actions.tryAgain), page] };
    case 'limit.reached':
      return { ...gates.busy, tone: 'wait', actions: [press(actions.tryAgain)] };
    case 'offline':
    case 'portal.unavailable':
      return { ...gates.offline, tone: 'wait', actions: [press(actions.tryAgain)] };
    default:
      return { title: gates.broken.title, body: reason.message || gates.broken.body, tone: 'alarm', actions: [press(actions.tryAgain), page] };
  }
}
