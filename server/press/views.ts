// What browsers are told of a conference: plain values of the wire.
import type { z } from 'zod';
import type { Conference, ConferenceCard, CrewMember, CrewRow, PublicConference } from '../../shared/press.ts';
import type { Crew } from './crew.ts';
import { isRegistrationOpen, nextStates, type Authority } from './states.ts';
import type { Conf } from './store.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export type Place = { opdName: string; regionName: string };

export const crewFace = (one: Crew) => ({
  id: one.id,
  role: one.role,
  name: one.name,
  label: one.label,
  opdName: one.opdName,
  guest: one.guest,
  order: one.order,
});
export const crewMember = (one: Crew, inside: ReadonlySet<string>): CrewMember => ({
  ...crewFace(one),
  member: one.member,
  inside: one.member !== null && inside.has(one.member),
});

export const publicConference = (
  conf: Conf,
  { crew, withoutSigner, now, ...place }: Place & { crew: readonly Crew[]; withoutSigner: string | null; now: Date },
): z.input<typeof PublicConference> => ({
  id: conf.id,
  slug: conf.slug,
  title: conf.title,
  summary: conf.summary,
  state: conf.state,
  ...place,
  zone: conf.zone,
  place: conf.place,
  startsAt: conf.startsAt.toISOString(),
  endsAt: iso(conf.endsAt),
  liveAt: iso(conf.liveAt),
  endedAt: iso(conf.endedAt),
  cancelReason: conf.cancelReason,
  withoutSigner,
  registrationOpen: isRegistrationOpen(conf, now),
  registrationUntil: iso(conf.registrationUntil),
  crew: crew.map(crewFace),
  serverTime: now.toISOString(),
});

type Told = {
  crew: readonly Crew[];
  inside: ReadonlySet<string>;
  linkTo: (one: Crew) => string | null;
  mailOf: (one: Crew) => CrewRow['mail'];
  by: Authority & { oversees: boolean };
};
export const conference = (conf: Conf, common: z.input<typeof PublicConference>, { crew, inside, linkTo, mailOf, by }: Told): z.input<typeof Conference> => ({
  ...common,
  opdId: conf.opdId,
  floorLimit: conf.floorLimit,
  turnSeconds: conf.turnSeconds,
  followUpSeconds: conf.followUpSeconds,
  floorCamera: conf.floorCamera,
  viewerLimit: conf.viewerLimit,
  crew: crew.map((one) => ({ ...crewMember(one, inside), link: by.operates ? linkTo(one) : null, mail: mailOf(one) })),
  next: nextStates(conf.state, by),
  youOperate: by.operates,
  youModerate: by.moderates,
  youOversee: by.oversees,
  version: conf.version,
});

export const card = (conf: Conf, more: { opdName: string; crew: readonly Crew[]; waiting: number | null }): z.input<typeof ConferenceCard> => ({
  id: conf.id,
  slug: conf.slug,
  title: conf.title,
  state: conf.state,
  opdName: more.opdName,
  zone: conf.zone,
  startsAt: conf.startsAt.toISOString(),
  endsAt: iso(conf.endsAt),
  speakers: more.crew.filter((one) => one.role === 'narasumber').map((one) => one.name),
  waiting: more.waiting,
});
