// What the portal pushes to browsers over its own socket (`/api/live`): a type and ids; the browser refetches.
import type { CaptionLine, CaptionsOf } from './captions.ts';

export type LiveMessage =
  | { type: 'meeting.invited'; meetingId: string }
  | { type: 'meeting.changed'; meetingId: string }
  | { type: 'attendance.changed'; meetingId: string }
  /** Somebody answered an invitation, sent somebody in their place, or is sent. */
  | { type: 'answers.changed'; meetingId: string }
  /** This member's personal link was opened in another browser, which asks to move there; or that was decided. */
  | { type: 'link.asked'; meetingId: string; member: string }
  | { type: 'room.changed'; meetingId: string }
  /** Somebody checked their devices and network; to the hosts of the meeting. */
  | { type: 'readiness.changed'; meetingId: string }
  /** Who waits outside this meeting, or what was decided about them; to its hosts, wherever they are in the portal. */
  | { type: 'lobby.changed'; meetingId: string }
  /** Something was said to, or decided about, this one who waits. Topic `knock:<id>`, of the own browser. */
  | { type: 'knock.changed' }
  /** Said, or taken back. */
  | { type: 'chat.posted'; meetingId: string; id: string }
  | { type: 'polls.changed'; meetingId: string }
  /** What is put up, or who may show it. */
  | { type: 'materials.changed'; meetingId: string }
  /** The page everybody is shown, whole, so that nobody has to ask; an older `step` that comes late is none. Null: nothing any more. */
  | { type: 'showing.changed'; meetingId: string; material: string | null; page: number; by: string; byName: string; step: number }
  /** A caption, whole, new or changed: nobody has to ask. Topics `meeting:<id>` (`of` rapat) and `press:<id>` (pers, on air only). */
  | { type: 'caption.said'; of: CaptionsOf; id: string; line: CaptionLine }
  /** What is being typed; `n` counts up, an older one that comes late is none. Empty: nothing any more. */
  | { type: 'caption.draft'; of: CaptionsOf; id: string; key: string; n: number; speaker: string | null; text: string }
  /** Several lines, who captions, or whether the transcript is public. */
  | { type: 'captions.changed'; of: CaptionsOf; id: string }
  /** This member's right changed, or the member was removed: ask the portal again. */
  | { type: 'right.changed'; meetingId: string; member: string }
  | { type: 'day.changed'; opdId: string }
  /** A roster is being drawn up for a plan of this OPD, or that is over. */
  | { type: 'generator.changed'; opdId: string; planId: string }
  /** A plan of a month was changed, or its state. Topic `opd:<id>`. */
  | { type: 'rota.changed'; opdId: string; planId: string; month: string; version: number }
  /** A swap was asked, agreed or decided. */
  | { type: 'swaps.changed' }
  /** An objection was filed, decided or withdrawn; or days of this OPD were confirmed. */
  | { type: 'correction.changed'; opdId: string }
  | { type: 'confirmation.changed'; opdId: string }
  /** Rings this person: everything the ringing screen shows at once. `round` grows with every re-ring; `at` is the server's. */
  | {
      type: 'call.ringing';
      callId: string;
      meetingId: string;
      subject: string;
      sifat: 'biasa' | 'segera' | 'sangat_segera';
      callerName: string;
      callerAs: string;
      at: string;
      round: number;
    }
  /** Fall silent: answered on one of the devices, or over. */
  | { type: 'call.quiet'; callId: string; why: 'menjawab' | 'menolak' | 'menyusul' | 'bergabung' | 'dibatalkan' | 'berakhir' }
  /** The board moved. Topic `call:<id>`. */
  | { type: 'call.changed'; callId: string }
  /** Agenda, quorum, a decision or the roll-call of a meeting changed. Topic `meeting:<id>`. */
  | { type: 'proceedings.changed'; meetingId: string; what: 'agenda' | 'quorum' | 'decision' | 'rollcall' }
  /** The state of the notulen, or its corrections; its text travels over a socket of its own. */
  | { type: 'minutes.changed'; meetingId: string }
  | { type: 'tasks.changed' }
  /** A facility request of this person, or for operators any. */
  | { type: 'facilities.changed' }
  /** A notice more, or read. */
  | { type: 'notices.changed' }
  /** State, crew or who is there changed at a press conference. Topic `press:<id>`, open to anybody once it is announced. */
  | { type: 'press.changed'; conferenceId: string }
  /** Questions, queue or floor. Topic `press:<id>`. */
  | { type: 'floor.changed'; conferenceId: string }
  /** The published kit may have changed (never a word at the embargo itself: pages know the time). Topic `press:<id>`. */
  | { type: 'kit.changed'; conferenceId: string }
  /** Registrations or checks, for operators and crew. Topic `pressdesk:<id>`. */
  | { type: 'pressdesk.changed'; conferenceId: string }
  | { type: 'session.ended' }
  /** Roles were given or taken: the socket is closed, and comes back with those of now. */
  | { type: 'rights.changed' }
  /** The portal is stopping for a moment: media goes on, reconnect with a random delay. */
  | { type: 'portal.closing' };

/**
 * What a browser sends. The session cookie has told who it is; a link holder says so first. `watch` asks for a topic:
 * `meeting:<id>` (members), `host:<id>` (who may see its attendance), `opd:<id>` (who may see its day board). A topic
 * that is not this browser's to watch is answered `{type:'refused'}` and nothing else. `beat` keeps the socket alive. `present`: this page is in the room, under
 * this LiveKit session; a witness of attendance beside LiveKit itself, and never answered.
 */
export type LiveRequest =
  | { type: 'hello'; link: string }
  | { type: 'watch'; topic: string }
  | { type: 'unwatch'; topic: string }
  | { type: 'beat' }
  | { type: 'present'; meetingId: string; identity: string; sid: string }
  /** This tab shows (`sounding` false) or sounds a call: one hop of the ring is acknowledged. Never answered. */
  | { type: 'ringing'; callId: string; round: number; sounding: boolean };
/** Answers to requests. `ready` follows the opening (and a `hello`). */
export type LiveAnswer = { type: 'ready' } | { type: 'watching'; topic: string } | { type: 'refused'; topic: string };
