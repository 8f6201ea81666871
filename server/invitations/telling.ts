// The notice beside the letter: who has an account is told in the portal and over their channels that they are invited, that it moved, that it
// is off. Several meetings of one series that change together are one notice. By mail they hear from the letter itself.
import { clockText, dateText } from '../platform/local-time.ts';
import type { Tx } from '../platform/database.ts';
import type { Meeting, Meetings, PlanNews } from '../meetings/index.ts';
import type { Answering } from './answering.ts';
import type { Tell } from './sending.ts';

type World = { meetings: Pick<Meetings, 'onPlanned' | 'meetingsByIds' | 'invitationsOf'>; answering: Pick<Answering, 'zoneOf'>; notice: Tell };
/** Writes down what a letter is owed for. Answers whom it is new to, or null: nobody is written to. */
type Note = (tx: Tx, news: PlanNews) => Promise<string[] | null>;

export function tellsOfPlans({ meetings, answering, notice }: World, note: Note): void {
  meetings.onPlanned(async (tx, news) => {
    const fresh = await note(tx, news);
    const [meeting] = fresh === null ? [] : await meetings.meetingsByIds(tx, [news.meetingId]);
    if (fresh === null || !meeting) return;
    const invited = (await meetings.invitationsOf(tx, meeting.id)).filter((i) => fresh.includes(i.member));
    // Whom a disposisi invites reads of the disposisi.
    const personIds = invited.flatMap(({ personId, via }) =>
      personId && personId !== news.byId && !(news.kind === 'diundang' && via.startsWith('disposisi ')) ? [personId] : [],
    );
    const zone = await answering.zoneOf(tx, meeting);
    await notice(tx, {
      personIds,
      meeting,
      mailed: true,
      ...wordsOf(news, meeting, `${dateText(meeting.startsAt, zone)}, ${clockText(meeting.startsAt, zone)}`),
    });
  });
}

function wordsOf({ kind, reason }: PlanNews, { title, place }: Meeting, when: string): Pick<Parameters<Tell>[1], 'title' | 'id' | 'en'> {
  const why = reason === null ? '' : ` ${reason}`;
  if (kind === 'diubah')
    return {
      title: { id: `Rapat diubah: ${title}`, en: `Meeting changed: ${title}` },
      id: `Kini ${when}. ${place}.${why}`,
      en: `Now ${when}. ${place}.${why}`,
    };
  if (kind === 'dibatalkan')
    return {
      title: { id: `Rapat dibatalkan: ${title}`, en: `Meeting called off: ${title}` },
      id: `Semula ${when}.${why}`,
      en: `It was planned for ${when}.${why}`,
    };
  return {
    title: { id: `Undangan rapat: ${title}`, en: `Invitation: ${title}` },
    id: `${when}. ${place}. Mohon jawaban Anda.`,
    en: `${when}. ${place}. Please answer.`,
  };
}
