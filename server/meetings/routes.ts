// Endpoint → verb.
import * as wire from '../../shared/meetings.ts';
import type { MeetingCard } from '../../shared/meetings.ts';
import { serve, signallingUrl, type Caller, type Route } from '../platform/serve.ts';
import type { createCalling } from './calling.ts';
import type { createInside } from './inside.ts';

type Verbs = ReturnType<typeof createCalling> & ReturnType<typeof createInside> & { open(caller: Caller, id: string): Promise<MeetingCard> };

export const meetingRoutes = (meetings: Verbs, origin: string | null): Route[] => [
  serve(wire.postMeetingNow, ({ person, body }) => meetings.startNow(person, body)),
  serve(wire.getMeetings, ({ person }) => meetings.list(person)),
  serve(wire.getMeeting, ({ caller, params }) => meetings.open(caller, params.id)),
  serve(wire.postMeetingStart, ({ person, params }) => meetings.start(person, params.id)),
  serve(wire.postMeetingEnd, ({ person, params }) => meetings.end(person, params.id)),
  serve(wire.getInvitations, ({ person, params }) => meetings.listInvitations(person, params.id)),
  serve(wire.postInvitations, ({ person, params, body }) => meetings.inviteMore(person, params.id, body)),
  serve(wire.postNewLink, ({ person, params }) => meetings.renewLink(person, params.id, params.invitation)),
  serve(wire.postJoin, ({ caller, body, request }) => meetings.join(caller, body.meetingId, signallingUrl(request, origin))),
  serve(wire.postTicket, ({ caller, params, body, language, request }) =>
    meetings.ticket(caller, params.id, { ...body, language }, signallingUrl(request, origin)),
  ),
  serve(wire.getRoom, ({ caller, params }) => meetings.room(caller, params.id)),
  serve(wire.putHand, ({ caller, params, body }) => meetings.hand(caller, params.id, body.raised)),
  serve(wire.deleteHand, ({ person, params }) => meetings.lowerHandOf(person, params.id, params.member)),
  serve(wire.postRemoval, ({ person, params, body }) => meetings.remove(person, params.id, params.member, body.ban)),
  serve(wire.deleteRemoval, ({ person, params }) => meetings.readmit(person, params.id, params.member)),
];
