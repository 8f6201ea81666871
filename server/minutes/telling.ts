// Who is told of the minutes, each once: those who were inside, that they may correct them; who proposed, what became of it; the chair, that
// nothing stands before the approval any more; the invited, that they are approved.
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs.ts';
import { boundsOf, dayIn } from '../platform/local-time.ts';
import type { Zone } from '../../shared/people.ts';
import type { Dossier, Meetings } from '../meetings/index.ts';
import type { NoticeInput, Notifications } from '../notifications/index.ts';
import { dayWords } from './paper.ts';
import * as store from './store.ts';

export type World = {
  sql: Sql;
  clock: Clock;
  jobs: Pick<Jobs, 'add' | 'handle'>;
  meetings: Pick<Meetings, 'dossier'>;
  notifications: Pick<Notifications, 'notify'>;
};
export type Telling = ReturnType<typeof createTelling>;
type Of = Pick<Dossier, 'id' | 'title'>;
type Words = { title: string; text: string };

const READY = 'notulen.siap';

export function createTelling({ sql, clock, jobs, meetings, notifications }: World) {
  const notice = async (
    tx: Tx,
    { id }: Of,
    personIds: readonly string[],
    words: { id: Words; en: Words },
    until: Pick<NoticeInput, 'until'> = {},
  ): Promise<unknown> => notifications.notify(tx, { kind: 'notulen', personIds, ref: id, words, path: `/rapat/${id}/notulen`, ...until });

  /** `inside`: who was, and may propose until the end of that day. */
  async function opened(tx: Tx, of: Of, inside: readonly string[], until: string, zone: Zone): Promise<void> {
    await notice(
      tx,
      of,
      inside,
      {
        id: { title: `Periksa notulen: ${of.title}`, text: `Usulkan koreksi paling lambat ${dayWords(until)}.` },
        en: { title: `Check the minutes: ${of.title}`, text: `Propose corrections until ${dayWords(until)}.` },
      },
      { until: boundsOf(until, zone).to },
    );
    await waits(tx, of.id, until, zone);
  }

  /** When that day is over the chair is told; a later day moves it. */
  const waits = (tx: Tx, meetingId: string, until: string, zone: Zone): Promise<void> =>
    jobs.add(tx, READY, [{ meetingId, until, zone }], { afterMs: Math.max(0, boundsOf(until, zone).to.getTime() - clock.now().getTime()) });

  jobs.handle(READY, async ({ meetingId, until, zone }) =>
    sql.begin(async (tx) => {
      const draft = await store.lockDraft(tx, meetingId ?? '');
      const dossier = await meetings.dossier(tx, meetingId ?? '');
      if (draft?.state !== 'koreksi' || draft.correction.until !== until || !dossier || dayIn(clock.now(), (zone ?? 'Asia/Jakarta') as Zone) <= until) return;
      if (await store.hasAct(tx, dossier.id, 'siap', until)) return;
      await store.noteAct(tx, dossier.id, 'siap', null, clock.now(), until);
      await notice(tx, dossier, [dossier.chairId], {
        id: { title: `Notulen siap disahkan: ${dossier.title}`, text: `Masa koreksi berakhir ${dayWords(until)}. Putuskan usulan yang tersisa, lalu sahkan.` },
        en: { title: `Minutes ready to approve: ${dossier.title}`, text: `Corrections closed on ${dayWords(until)}. Decide what is left, then approve.` },
      });
    }),
  );

  const ruled = (
    tx: Tx,
    of: Of,
    proposerId: string | null,
    { outcome, reason }: { outcome: 'diterima' | 'ditolak'; reason: string | null },
  ): Promise<unknown> =>
    notice(tx, of, proposerId === null ? [] : [proposerId], {
      id: { title: `Usulan koreksi Anda ${outcome}`, text: `Notulen ${of.title}.${reason === null ? '' : ` ${reason}`}` },
      en: {
        title: outcome === 'diterima' ? 'Your correction was accepted' : 'Your correction was refused',
        text: `Minutes of ${of.title}.${reason === null ? '' : ` ${reason}`}`,
      },
    });

  const approved = (tx: Tx, of: Of, personIds: readonly string[], number: string): Promise<unknown> =>
    notice(tx, of, personIds, {
      id: { title: `Notulen disahkan: ${of.title}`, text: `Nomor ${number}. Notulen lengkap dapat diunduh.` },
      en: { title: `Minutes approved: ${of.title}`, text: `Number ${number}. They can be downloaded.` },
    });

  return { opened, waits, ruled, approved };
}
