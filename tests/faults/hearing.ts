// A meeting that suffers a fault: its visitors, its truth, and what the portal makes of it in the end.
import { getSheet, postSheetFinal, type SheetRow } from '../../shared/attendance.ts';
import { getInvitations, getMeetings, postMeetingEnd, postJoin, postMeetingNow, postTicket } from '../../shared/meetings.ts';
import type { OutageKind, OutageWindow } from '../../shared/outages.ts';
import { eventually } from '../support/eventually.ts';
import type { City } from './city.ts';
import { compare, type Verdict, type Written } from './compare.ts';
import { openTruth, overlap, type Span } from './truth.ts';
import type { Visitor, VisitorProcess } from './visitors.ts';

export type Hearing = Awaited<ReturnType<typeof callHearing>>;
/** Where it happens: a whole city, or a portal whose media server is somebody else's. */
export type Place = Pick<City, 'origin' | 'proxy' | 'chair' | 'staff' | 'clockMs' | 'visitors'> & { portal: Pick<City['portal'], 'state'> };

/** What no webhook told: two polls; a client that vanished: LiveKit's time-out; an event tried again: a quarter of a minute. */
const SETTLED_WITHIN_MS = 120_000;

/** Of one person there is one link; who comes on several devices is signed in. */
export async function callHearing(city: Place, title: string, guests: number) {
  const meeting = await city.chair.call(postMeetingNow, {
    body: {
      title,
      sifat: 'segera',
      invite: {
        people: [city.staff.id],
        positions: [],
        units: [],
        guests: Array.from({ length: guests }, (_, n) => ({ name: `Tamu ${n + 1}`, institution: 'Uji' })),
      },
    },
  });
  const id = { id: meeting.id };
  const invitations = await city.chair.call(getInvitations, { params: id });
  const links = invitations.filter((i) => i.badge === 'Tamu').map((i) => ({ person: i.name, link: i.link.split('#')[1] ?? '' }));
  const truth = openTruth();
  const blind: Span[] = [];
  /** Every report names it. */
  const away: (Span & { what: OutageKind })[] = [];
  const room = await roomOf(city, meeting.id);
  let next = 0;

  /** Another guest. */
  function guest(process: VisitorProcess): Visitor {
    const free = links[next++];
    if (!free) throw new Error(`only ${guests} guests were invited`);
    return process.visitor(truth, free.person, { origin: city.origin, meetingId: meeting.id, link: free.link });
  }

  /** The same signed-in person, on another device. */
  const staff = (process: VisitorProcess, nth: number): Visitor =>
    process.visitor(truth, city.staff.name, { origin: city.origin, meetingId: meeting.id, account: city.staff.account }, nth);

  async function judge(): Promise<Verdict> {
    const problems: string[] = [];
    const asLive = async (): Promise<number> => (await city.chair.call(getSheet, { params: id })).counts.inside;
    await eventually(
      'the sheet knows that nobody is inside',
      async () => {
        const inside = await asLive().catch(() => null);
        if (inside !== null && inside < 0) problems.push(`${inside} people inside`);
        return inside === 0;
      },
      SETTLED_WITHIN_MS,
    ).catch(() => void problems.push('somebody stays inside for ever'));
    await city.chair.call(postMeetingEnd, { params: id });
    const final = await city.chair.call(postSheetFinal, { params: id });
    const again = await city.chair.call(postSheetFinal, { params: id });
    if (again.number !== final.number || again.code !== final.code) problems.push('two reports of one meeting');
    const cards = (await city.chair.call(getMeetings, {})).filter((card) => card.title === title);
    if (cards.length !== 1) problems.push(`${cards.length} meetings instead of one`);
    for (const window of away)
      if (!final.outages.some((told) => told.what === window.what && overlap(window, spanOf(told, city.clockMs)) >= (window.to - window.from) / 2))
        problems.push(`the report does not name that the ${window.what} was away`);
    const refused = city.proxy.answers.filter(({ status }) => status >= 400 && status < 500);
    if (refused.length > 0) problems.push(`the receiver answered ${refused.map(({ status }) => status).join(', ')}: the media server takes it for delivered`);
    const state = await city.portal.state();
    if (state !== 'well') problems.push(state);
    const verdict = compare(truth.visits(), writtenOf(final.rows), { blind, clockMs: city.clockMs });
    return { ...verdict, problems: [...verdict.problems, ...problems] };
  }

  /** Guests, in the order in which they are taken. */
  const people = links.map(({ person }) => person);

  return { id: meeting.id, title, room, truth, blind, away, people, guest, staff, judge };
}

const spanOf = ({ from, to }: OutageWindow, clockMs: number): Span => ({
  from: Date.parse(from) - clockMs,
  to: (to === null ? Date.now() : Date.parse(to)) - clockMs,
});

const writtenOf = (rows: readonly SheetRow[]): Map<string, Written[]> =>
  new Map(
    rows
      .filter((row) => row.intervals.length > 0)
      .map((row) => [row.name, row.intervals.map(({ from, to }) => ({ from: Date.parse(from), to: to === null ? null : Date.parse(to) }))]),
  );

/** The room's name at the media server stands in every ticket. */
async function roomOf({ chair }: Place, meetingId: string): Promise<string> {
  const { notice } = await chair.call(postJoin, { body: { meetingId } });
  const { token } = await chair.call(postTicket, { params: { id: meetingId }, body: { notice: notice.version } });
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { video: { room: string } };
  return claims.video.room;
}
