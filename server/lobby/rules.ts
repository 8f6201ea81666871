// Rules of the lobby. Pure; time is an argument.
import type { KnockState, LobbyAct, LobbySetting } from '../../shared/lobby.ts';

/** Of a meeting nobody has set anything for. */
export const UNSET: LobbySetting = { staff: true, guests: false, showTitle: false, opens: 'pimpinan', minutesBefore: 0 };

/** How often somebody may knock who was denied each time. */
export const MOST_DENIALS = 3;
/** A page says every twenty seconds that it is there; a hidden tab once a minute. */
export const AWAY_MS = 120_000;
/** Within this time after somebody was admitted, another host's denial was made without knowing of it: it wins. */
export const RACE_MS = 60_000;
/** Longest wait for a meeting without an end that was missed by a portal that stood still. */
const LATE_MS = 4 * 3_600_000;

export const isAway = (seenAt: Date, now: Date): boolean => now.getTime() - seenAt.getTime() > AWAY_MS;

export type Standing = { state: KnockState; round: number; decidedAt: Date | null };
/** `gives`: becomes that. `stands`: is so already. `otherwise`: was decided, and stays. `takesBack`: admitted a moment ago, and is not. */
export type Verdict = { kind: 'gives'; state: KnockState } | { kind: 'takesBack'; state: KnockState } | { kind: 'stands' } | { kind: 'otherwise' };

const STATE_OF = { izinkan: 'masuk', tolak: 'ditolak', blokir: 'diblokir', buka_blokir: 'ditolak' } as const satisfies Record<LobbyAct, KnockState>;

/** A host decides about one round of knocking. Of two at the same moment the one who says no is right, in whichever order they arrive. */
export function decide(knock: Standing, { act, round }: { act: LobbyAct; round: number }, now: Date): Verdict {
  const wanted = STATE_OF[act];
  if (act === 'buka_blokir') return knock.state === 'diblokir' ? { kind: 'gives', state: wanted } : { kind: 'stands' };
  if (knock.state === wanted) return { kind: 'stands' };
  // They knocked again since this host looked: that is to be decided anew.
  if (knock.round !== round) return { kind: 'otherwise' };
  if (act === 'blokir') {
    if (knock.state !== 'masuk') return { kind: 'gives', state: wanted };
  } else if (knock.state === 'menunggu') return { kind: 'gives', state: wanted };
  else if (knock.state === 'pergi') return act === 'tolak' ? { kind: 'gives', state: wanted } : { kind: 'otherwise' };
  const fresh = knock.state === 'masuk' && knock.decidedAt !== null && now.getTime() - knock.decidedAt.getTime() <= RACE_MS;
  return fresh ? { kind: 'takesBack', state: wanted } : { kind: 'otherwise' };
}

/** When the room opens by itself; null = it does not. */
export const opensAt = ({ opens, minutesBefore }: LobbySetting, startsAt: Date): Date | null =>
  opens === 'jadwal' ? new Date(startsAt.getTime() - minutesBefore * 60_000) : null;

/** A portal that stood still opens nothing whose time is over. */
export const isTooLate = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }, now: Date): boolean =>
  now.getTime() >= (endsAt?.getTime() ?? startsAt.getTime() + LATE_MS);
