// How the room is held, as the portal last told it, and what this person may do about it: an action one may not take is undefined.
import { useEffect, useRef, useState } from 'react';
import type { Lock, MeetingRole, Moderation, Spot } from '../../../shared/moderation.ts';
import type { OwnSnapshot } from '../../room/stage-room.tsx';
import type { Room } from '../portal.ts';
import * as portal from './portal.ts';

type Given = { meetingId: string; you: string; view: Room | null; own: OwnSnapshot; refresh: () => void };
export type ModerationSnapshot = {
  meetingId: string;
  held: Moderation | null;
  serverTime: string;
  you: string;
  nameOf: (member: string) => string;
  rolesOf: (member: string) => MeetingRole[];
  /** Said of the last press: what came of it, or why not. */
  notice: string | null;
  busy: boolean;
  /** Chair, co-host. */
  lock?: (what: Lock, on: boolean) => void;
  rules?: (rules: portal.Rules) => void;
  giveTurn?: (member: string | null) => void;
  /** Also who has it. */
  endTurn?: () => void;
  /** Chair, co-host, operator. */
  muteAll?: () => void;
  muteOne?: (member: string) => void;
  spot?: (spot: Spot) => void;
  unspot?: (member?: string) => void;
  lowerHands?: () => void;
  /** Chair. */
  appoint?: (member: string, role: 'ko_host' | 'operator' | null) => void;
  takeOver?: (reason: string) => void;
};

/** Read with what is shown of them after the join: they would weigh on every one. */
const moderationText = async () => (await import('./words.ts')).moderationText();
const AGAIN_MS = 2000;
export const MOST_SPOTS = 2;
/** The newest stays: a third takes the place of the first. */
export const withSpot = (spots: readonly Spot[], spot: Spot): Spot[] => [...spots.filter((one) => one.member !== spot.member), spot].slice(-MOST_SPOTS);

export function useModeration({ meetingId, you, view, own, refresh }: Given): ModerationSnapshot {
  const [notice, setNotice] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const held = view?.moderation ?? null;
  useOpenAtTurn(held, you, own);
  useVoice(meetingId, held, own);

  const run = (act: Promise<unknown>, said?: (answer: never) => Promise<string>): void => {
    setNotice(null);
    setBusy(true);
    void act
      .then(
        async (answer) => {
          refresh();
          if (said) setNotice(await said(answer as never));
        },
        (error: unknown) => setNotice(error instanceof Error ? error.message : String(error)),
      )
      .finally(() => setBusy(false));
  };
  const people = new Map(view?.people.map((person) => [person.member, person.name]));
  const seen = {
    meetingId,
    held,
    serverTime: view?.serverTime ?? '',
    you,
    notice,
    busy,
    nameOf: (member: string) => people.get(member) ?? '',
    rolesOf: (member: string) => held?.roles.flatMap((one) => (one.member === member ? [one.role] : [])) ?? [],
  };
  if (!held) return seen;
  const { moderates, serves, appoints, mayTakeOver } = held.you;
  const { turn } = held;
  return {
    ...seen,
    ...(moderates && {
      lock: (what, on) => run(portal.lock(meetingId, what, on)),
      rules: (rules) => run(portal.rules(meetingId, rules)),
      giveTurn: (member) => run(portal.giveTurn(meetingId, member)),
    }),
    ...(turn && (moderates || turn.member === you) && { endTurn: () => run(portal.endTurn(meetingId, turn.id)) }),
    ...(serves && {
      muteAll: () => run(portal.mute(meetingId, null), async ({ muted }: { muted: string[] }) => (await moderationText()).muted(muted.length)),
      muteOne: (member) => run(portal.mute(meetingId, member)),
      spot: (spot) => run(portal.spotlight(meetingId, withSpot(held.spotlight, spot))),
      unspot: (member) => run(portal.spotlight(meetingId, member === undefined ? [] : held.spotlight.filter((one) => one.member !== member))),
      lowerHands: () => run(portal.lowerHands(meetingId)),
    }),
    ...(appoints && { appoint: (member, role) => run(portal.appoint(meetingId, member, role)) }),
    ...(mayTakeOver && { takeOver: (reason) => run(portal.takeOver(meetingId, reason)) }),
  };
}

/** Who came in muted is heard from their first press on: their microphone is on, and the media server does not take it before the portal says so. */
function useVoice(meetingId: string, held: Moderation | null, own: OwnSnapshot): void {
  const asks = held !== null && own.on.microphone && !own.may.microphone && !held.you.locks.includes('mikrofon');
  useEffect(() => {
    if (!asks) return undefined;
    let timer = 0;
    const ask = (): void => void portal.openMicrophone(meetingId).catch(() => (timer = window.setTimeout(ask, AGAIN_MS)));
    ask();
    return () => window.clearTimeout(timer);
  }, [asks, meetingId]);
}

/** Whoever asked to speak is heard as soon as the media server takes their microphone; once each turn, so that it can be switched off again. */
function useOpenAtTurn(held: Moderation | null, you: string, own: OwnSnapshot): void {
  const opened = useRef<string | null>(null);
  const mine = held?.turn?.member === you ? held.turn.id : null;
  const open = own.toggleMicrophone;
  const ready = mine !== null && own.may.microphone && !own.on.microphone && open !== undefined;
  useEffect(() => {
    if (mine === null || opened.current === mine) return;
    if (own.on.microphone) opened.current = mine;
    if (!ready || !open) return;
    opened.current = mine;
    open();
  }, [mine, ready, open, own.on.microphone]);
}
