// The lobby of a meeting, on the wire: who is not invited waits in the portal until a host says something.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { MeetingState } from './meetings.ts';
import { ById, Id, Instant, Zone } from './people.ts';

/** `menunggu`: waits. `masuk`: was admitted. `ditolak`: denied, may knock again some times. `diblokir`: may not. `pergi`: went away by themselves. */
export const KnockState = z.enum(['menunggu', 'masuk', 'ditolak', 'diblokir', 'pergi']);
export type KnockState = z.infer<typeof KnockState>;
const HostMessage = z.object({ text: z.string(), at: Instant });

/** How a meeting's lobby stands. */
export const LobbySetting = z.object({
  /** Signed-in staff who are not invited may knock. */
  staff: z.boolean(),
  /** Outsiders may, by the common link. */
  guests: z.boolean(),
  /** Outsiders read the title. */
  showTitle: z.boolean(),
  /** `pimpinan`: the chair opens the room; `jadwal`: it opens by itself. */
  opens: z.enum(['pimpinan', 'jadwal']),
  minutesBefore: z.number().int().min(0).max(60),
});
export type LobbySetting = z.infer<typeof LobbySetting>;

/** Which meeting: by its id (staff), or by the code of its common link. */
const Door = { meetingId: Id.optional(), code: z.string().max(64).optional() };

export const LobbyView = z.object({
  meeting: z.object({
    /** Null for outsiders, unless the preparer shows it. */
    title: z.string().nullable(),
    opdName: z.string(),
    state: MeetingState,
    startsAt: Instant,
    /** When the room opens by itself; null = the chair opens it. */
    opensAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    zone: Zone,
  }),
  /** Staff are known by name; an outsider says who they are. */
  you: z.object({ badge: z.enum(['Pegawai', 'Tamu']), name: z.string().nullable() }),
  knock: z
    .object({
      id: Id,
      state: KnockState,
      name: z.string(),
      institution: z.string().nullable(),
      since: Instant,
      /** Of those who wait now. */
      place: z.number().nullable(),
      /** What the host said to this one; of a denial, why. */
      message: HostMessage.nullable(),
      /** How often they may still knock. */
      left: z.number(),
    })
    .nullable(),
  /** To everybody who waits. */
  message: HostMessage.nullable(),
  /** Somebody who can admit is in the room. */
  hostInside: z.boolean(),
  /** Where to go in: they are invited, or were admitted. */
  way: z.string().nullable(),
  serverTime: Instant,
});
export type LobbyView = z.infer<typeof LobbyView>;

export const postLobbyView = endpoint('POST', '/api/lobby', {
  who: 'visitor',
  summary: 'The waiting room as this browser sees it. A meeting without a lobby for whoever asks is not found.',
  body: z.object(Door),
  reply: LobbyView,
  refusals: ['session.required', 'limit.reached'],
});
export const postKnock = endpoint('POST', '/api/lobby/knocks', {
  who: 'visitor',
  summary: 'Asks to be let in. An outsider gives name and institution; staff are known. Asking again while waiting changes nothing.',
  body: z.object({ ...Door, name: z.string().max(400).optional(), institution: z.string().max(400).optional() }),
  reply: LobbyView,
  refusals: ['session.required', 'limit.reached', 'lobby.blocked', 'lobby.denied', 'lobby.full', 'meeting.ended', 'meeting.cancelled'],
});
export const deleteKnock = endpoint('DELETE', '/api/lobby/knocks/:id', {
  who: 'visitor',
  summary: 'Goes away from the waiting room; only of the own browser or person.',
  params: ById,
});

export const Waiting = z.object({
  id: Id,
  /** Counts up each time they knock: a decision names the one it is about. */
  round: z.number(),
  name: z.string(),
  /** Unit or institution: of staff by the directory, of outsiders as they claim. */
  unit: z.string().nullable(),
  /** Said by the server, never by who knocks. */
  badge: z.enum(['Pegawai', 'Tamu']),
  since: Instant,
  /** Their page has not been heard for two minutes. */
  away: z.boolean(),
  flag: z
    .discriminatedUnion('kind', [
      /** Like the name of who holds this post. */
      z.object({ kind: z.literal('nama'), of: z.string() }),
      /** Like a post, or a role in the room. */
      z.object({ kind: z.literal('jabatan'), of: z.string() }),
      /** Letters of another script, or signs that cannot be seen. */
      z.object({ kind: z.literal('aksara') }),
    ])
    .nullable(),
  message: HostMessage.nullable(),
  denials: z.number(),
});
export type Waiting = z.infer<typeof Waiting>;
export const LobbyDesk = z.object({
  waiting: z.array(Waiting),
  /** Denied or blocked, the newest first. */
  turnedAway: z.array(
    z.object({
      id: Id,
      round: z.number(),
      name: z.string(),
      unit: z.string().nullable(),
      state: z.enum(['ditolak', 'diblokir']),
      at: Instant,
      byName: z.string(),
    }),
  ),
  message: HostMessage.nullable(),
  serverTime: Instant,
});
export type LobbyDesk = z.infer<typeof LobbyDesk>;

export const getLobbyDesk = endpoint('GET', '/api/meetings/:id/lobby', {
  who: 'signedIn',
  summary: 'Who waits, for who may admit.',
  params: ById,
  reply: LobbyDesk,
  refusals: ['meeting.removed', 'lobby.not_host'],
});
export const getMyLobbies = endpoint('GET', '/api/me/lobbies', {
  who: 'signedIn',
  summary: 'Meetings of which one may admit and where somebody waits now.',
  reply: z.array(z.object({ meetingId: Id, title: z.string(), waiting: z.number(), running: z.boolean() })),
});
export const LobbyAct = z.enum(['izinkan', 'tolak', 'blokir', 'buka_blokir']);
export type LobbyAct = z.infer<typeof LobbyAct>;
export const postLobbyDecision = endpoint('POST', '/api/meetings/:id/lobby/decisions', {
  who: 'signedIn',
  summary:
    'Admits, denies or blocks one, some or all of those seen. A denial of the same moment wins; repeating changes nothing. `already`: those who were decided otherwise.',
  params: ById,
  body: z.object({
    act: LobbyAct,
    knocks: z
      .array(z.object({ id: Id, round: z.number().int().min(1).max(1000) }))
      .min(1)
      .max(300),
    message: z.string().max(1000).optional(),
  }),
  reply: z.object({ desk: LobbyDesk, already: z.array(z.object({ id: Id, name: z.string(), state: KnockState, byName: z.string().nullable() })) }),
  refusals: ['meeting.removed', 'lobby.not_host', 'lobby.banned', 'meeting.ended', 'meeting.cancelled'],
});
export const putLobbyMessage = endpoint('PUT', '/api/meetings/:id/lobby/message', {
  who: 'signedIn',
  summary: 'What all who wait read, or one of them; null takes it away.',
  params: ById,
  body: z.object({ text: z.string().max(1000).nullable(), knock: Id.optional() }),
  reply: LobbyDesk,
  refusals: ['meeting.removed', 'lobby.not_host'],
});

const SettingView = LobbySetting.extend({
  /** `/m/<code>`; null while outsiders may not knock. */
  link: z.string().nullable(),
  opensAt: Instant.nullable(),
});
export const getLobbySetting = endpoint('GET', '/api/meetings/:id/lobby/setting', {
  who: 'signedIn',
  summary: 'How the lobby is set, with its common link; for who prepares the meeting.',
  params: ById,
  reply: SettingView,
  refusals: ['meeting.removed', 'meeting.not_preparer'],
});
export const putLobbySetting = endpoint('PUT', '/api/meetings/:id/lobby/setting', {
  who: 'signedIn',
  summary: 'Who may knock, what outsiders read, and who opens the room.',
  params: ById,
  body: LobbySetting,
  reply: SettingView,
  refusals: ['meeting.removed', 'meeting.not_preparer', 'meeting.ended', 'meeting.cancelled'],
});
export const postLobbyLink = endpoint('POST', '/api/meetings/:id/lobby/link', {
  who: 'signedIn',
  summary: 'A new common link; the former one is dead at once. Who waits already goes on waiting.',
  params: ById,
  reply: SettingView,
  refusals: ['meeting.removed', 'meeting.not_preparer', 'meeting.ended', 'meeting.cancelled'],
});
