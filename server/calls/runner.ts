// The ladder at work: every second, by the portal's clock. What is due in a meeting is done and stamped in one transaction, so that a
// portal that dies between two steps neither forgets nor repeats one, and of several processes one does it.
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Meetings } from '../meetings/index.ts';
import { overOf, type Call } from './call.ts';
import type { Climbing } from './climbing.ts';
import { climb, isOfCall, outcomes, spread, type Step } from './ladder.ts';
import { meetingsWithDueSteps, stampSteps, takeDueSteps } from './steps-store.ts';
import * as store from './store.ts';

const MOST_MEETINGS = 100;
type World = { sql: Sql; clock: Clock; log: FastifyBaseLogger; meetings: Pick<Meetings, 'holdMeeting'>; climbing: Climbing };

export function createRunner({ sql, clock, log, meetings, climbing }: World) {
  /** Everything that is due. Answers how many steps were taken. A meeting that fails does not hold up the others. */
  async function runLadder(): Promise<number> {
    let taken = 0;
    for (const meetingId of await meetingsWithDueSteps(sql, clock.now(), MOST_MEETINGS))
      taken += await sql
        .begin(async (tx) => runMeeting(tx, meetingId))
        .catch((error: unknown) => {
          log.error({ err: error, meetingId }, 'ladder of a call not climbed; it is tried again');
          return 0;
        });
    return taken;
  }

  async function runMeeting(tx: Tx, meetingId: string): Promise<number> {
    const meeting = await meetings.holdMeeting(tx, meetingId);
    const calls = await store.lockCalls(tx, [meetingId]);
    const now = clock.now();
    const steps = await takeDueSteps(
      tx,
      calls.map((c) => c.id),
      now,
    );
    for (const call of calls) {
      const due = steps.filter((s) => s.callId === call.id);
      if (due.length === 0) continue;
      if (overOf(call, meeting?.endedAt ?? null)) await stampSteps(tx, due.map(stops), now);
      else await runSteps(tx, call, due, now);
    }
    return steps.length;
  }

  async function runSteps(tx: Tx, call: Call, due: readonly Step[], now: Date): Promise<void> {
    const scene = await climbing.sceneOf(tx, call, due.some(asksForMore) ? 'open' : []);
    const happenings = climb(spread(due, [...scene.seats.keys()]), scene);
    // Stamped first: what makes people ring may stop steps of their own.
    await stampSteps(tx, outcomes(due, happenings), now);
    await climbing.happen(tx, scene, happenings, null);
  }

  return { runLadder };
}

/** Somebody may be rung who was not yet. */
const asksForMore = (step: Step): boolean => isOfCall(step) && (step.act === 'pengganti' || step.act === 'piket');
const stops = ({ id }: Step) => ({ id, outcome: 'berhenti' });
