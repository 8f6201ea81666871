// Live messages in the office: one socket while somebody is signed in, one table from message to the questions it makes old.
import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CaptionsOf } from '../../shared/captions.ts';
import type { LiveMessage } from '../../shared/live.ts';
import { readKey } from './api.ts';
import { openLive, type LiveSocket, type LiveState } from './live-socket.ts';

type Key = readonly unknown[];
const of = (path: string, id: string): Key => readKey(path, { params: { id } });

const captions = ({ of: kind, id }: { of: CaptionsOf; id: string }): Key[] =>
  ['', '/desk', '/transcript', '/captioners'].map((what) => [`/api/captions/:of/:id${what}`, { params: { of: kind, id } }]);

/** The one table: what a message makes old. */
const old: { [T in LiveMessage['type']]: (message: Extract<LiveMessage, { type: T }>) => Key[] } = {
  'meeting.invited': () => [['/api/meetings'], ['/api/calendar']],
  'meeting.changed': ({ meetingId: id }) => [
    ['/api/meetings'],
    ['/api/calendar'],
    of('/api/meetings/:id/letters', id),
    of('/api/meetings/:id', id),
    of('/api/meetings/:id/invitations', id),
    of('/api/meetings/:id/answers', id),
    ['/api/me/answers'],
    ['/api/invitation'],
    of('/api/meetings/:id/attendance', id),
    of('/api/meetings/:id/minutes', id),
  ],
  'answers.changed': ({ meetingId: id }) => [['/api/me/answers'], ['/api/invitation'], of('/api/meetings/:id/answers', id)],
  'link.asked': ({ meetingId: id }) => [of('/api/meetings/:id/answers', id), of('/api/meetings/:id/link-asks', id)],
  'attendance.changed': ({ meetingId: id }) => [of('/api/meetings/:id/attendance', id), ['/api/me/day']],
  'room.changed': ({ meetingId: id }) => [['/api/meetings'], of('/api/meetings/:id', id), of('/api/meetings/:id/invitations', id)],
  'chat.posted': ({ meetingId: id }) => [['/api/meetings/:id/chat', { params: { id } }]],
  'polls.changed': ({ meetingId: id }) => [of('/api/meetings/:id/polls', id)],
  'materials.changed': ({ meetingId: id }) => [of('/api/meetings/:id/materials', id)],
  'showing.changed': () => [],
  'lobby.changed': ({ meetingId: id }) => [of('/api/meetings/:id/lobby', id), of('/api/meetings/:id/lobby/setting', id), ['/api/me/lobbies']],
  'readiness.changed': ({ meetingId: id }) => [of('/api/meetings/:id/readiness', id)],
  'knock.changed': () => [],
  'caption.said': (message) => captions(message),
  'caption.draft': () => [],
  'captions.changed': (message) => captions(message),
  'right.changed': ({ meetingId: id }) => [of('/api/meetings/:id/invitations', id)],
  'day.changed': ({ opdId }) => [
    of('/api/opds/:id/day', opdId),
    ['/api/me/day'],
    ['/api/me/home'],
    ['/api/duty'],
    ['/api/corrections/about'],
    ['/api/opds/:id/confirmations'],
    of('/api/opds/:id/machine/cases', opdId),
  ],
  'generator.changed': ({ planId: id }) => [of('/api/rota/plans/:id/generation', id)],
  // The grid itself brings the cells that changed (web/rota): a whole plan is too large to be read again at each of them.
  'rota.changed': ({ opdId, planId }) => [
    of('/api/opds/:id/rota/plans', opdId),
    ['/api/rota/plans/:id/cells', { params: { id: planId } }],
    ['/api/me/rota'],
    ['/api/opds/:id/absences'],
    ['/api/opds/:id/rota/recap'],
    ['/api/opds/:id/assignments'],
  ],
  'swaps.changed': () => [['/api/rota/swaps'], ['/api/me/rota']],
  'correction.changed': () => [['/api/corrections'], ['/api/corrections/about'], ['/api/opds/:id/confirmations']],
  'confirmation.changed': () => [['/api/opds/:id/confirmations']],
  'call.ringing': () => [['/api/me/calls']],
  'call.quiet': () => [['/api/me/calls']],
  'call.changed': ({ callId: id }) => [['/api/calls'], of('/api/calls/:id', id)],
  'proceedings.changed': ({ meetingId: id }) => [
    of('/api/meetings/:id/proceedings', id),
    of('/api/meetings/:id/minutes', id),
    of('/api/meetings/:id/attendance', id),
  ],
  'minutes.changed': ({ meetingId: id }) => [of('/api/meetings/:id/minutes', id)],
  'tasks.changed': () => [['/api/me/tasks'], ['/api/me/tasks/reminders']],
  'facilities.changed': () => [['/api/facilities'], ['/api/facilities/week']],
  'notices.changed': () => [['/api/me/notices'], ['/api/me/notices/unread']],
  'press.changed': ({ conferenceId: id }) => [
    ['/api/conferences'],
    ['/api/calendar'],
    of('/api/conferences/:id', id),
    of('/api/conferences/:id/checks', id),
    ['/api/press/:slug/registration'],
    ['/api/press/:slug'],
  ],
  'floor.changed': ({ conferenceId: id }) => [of('/api/conferences/:id/questions', id), ['/api/press-answers/owed']],
  'kit.changed': ({ conferenceId: id }) => [of('/api/conferences/:id/kit', id)],
  'pressdesk.changed': ({ conferenceId: id }) => [
    ['/api/conferences'],
    of('/api/conferences/:id/registrations', id),
    of('/api/conferences/:id/kit', id),
    of('/api/conferences/:id/checks', id),
    ['/api/journalists'],
    ['/api/outlets'],
  ],
  'session.ended': () => [['/api/me']],
  'rights.changed': () => [['/api/me']],
  'portal.closing': () => [],
};

const Live = createContext<LiveSocket | null>(null);

export function LiveProvider({ on, children }: { on: boolean; children: ReactNode }) {
  const [socket, setSocket] = useState<LiveSocket | null>(null);
  const client = useQueryClient();
  useEffect(() => {
    if (!on) return;
    const live = openLive();
    let missed = false;
    const offMessage = live.onMessage((message) => {
      for (const queryKey of (old[message.type] as (message: LiveMessage) => Key[])(message)) void client.invalidateQueries({ queryKey });
    });
    const offState = live.onState((state) => {
      if (state === 'open' && missed) void client.invalidateQueries();
      missed = state === 'lost';
    });
    setSocket(live);
    return () => {
      offMessage();
      offState();
      live.close();
      setSocket(null);
    };
  }, [on, client]);
  return <Live value={socket}>{children}</Live>;
}

/** The socket itself, for what must also speak over it; null until it is there. */
export const useLive = (): LiveSocket | null => useContext(Live);

/** Hears about a topic while the screen is open. `watching`: what was asked for before this may be old. */
export function useWatch(topic: string | undefined, watching?: () => void): void {
  const live = useContext(Live);
  const begun = useEffectEvent(() => watching?.());
  useEffect(() => (live && topic !== undefined ? live.watch(topic, () => begun()) : undefined), [live, topic]);
}

export function useLiveMessage(hear: (message: LiveMessage) => void): void {
  const live = useContext(Live);
  const heard = useEffectEvent(hear);
  useEffect(() => live?.onMessage((message) => heard(message)), [live]);
}

/** `lost` only after the connection has been away for a moment: a blink is not worth a word. */
export function useLiveState(): LiveState {
  const live = useContext(Live);
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!live) return setState('connecting');
    let timer = 0;
    const off = live.onState((next) => {
      // A try that failed is the same loss: it does not begin anew.
      if (next === 'lost') return void (timer ||= window.setTimeout(() => setState('lost'), 2_500));
      window.clearTimeout(timer);
      timer = 0;
      setState(next);
    });
    return () => {
      window.clearTimeout(timer);
      off();
    };
  }, [live]);
  return state;
}
