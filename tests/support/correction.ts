// An objection in a test world: the record somebody objects to, and those who may and may not decide.
import type { z } from 'zod';
import { postCorrection, postCorrectionFile } from '../../shared/corrections.ts';
import { postMeetingEnd } from '../../shared/meetings.ts';
import { signIn, type Actor } from './cast.ts';
import { calledMeeting, mediaServerTells } from './meeting.ts';
import type { Client } from './world.ts';

export const MINUTE = 60_000;
export const REASON = 'Saya hadir lewat ponsel rekan, disaksikan kepala bidang.';
export const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('gambar')]);

/** A meeting from 09.00 to 10.00 WIB; the staff member at home was seen in it from 09.10 to 09.30 only. */
export async function heldMeeting() {
  const setting = await calledMeeting((c) => ({ people: [c.staf.id, c.kabid.id, c.adminDinsos.id, c.stafDinkes.id] }));
  const { world, room, invitation, cast, chair, id } = setting;
  const tells = (event: string, actor: Actor) =>
    mediaServerTells(world, { event, room: room.name, identity: `${invitation(actor.name).member}:s${'a'.repeat(16)}`, sid: `PA_${actor.nip}` });
  world.clock.advance(10 * MINUTE);
  await tells('participant_joined', cast.staf);
  world.clock.advance(20 * MINUTE);
  await tells('participant_left', cast.staf);
  world.clock.advance(30 * MINUTE);
  await chair.call(postMeetingEnd, { params: id });
  world.clock.advance(5 * MINUTE);
  const as = (actor: Actor): Promise<Client> => signIn(world, actor);
  return { ...setting, as, sari: await as(cast.staf), joko: await as(cast.stafKantor) };
}

type Asked = z.input<typeof postCorrection.body>;
/** Inside the meeting from 09.00 to 09.45. */
export const meetingClaim = (meetingId: string): Asked['about'] => ({ of: 'meeting', meetingId, from: '2026-11-23T02:00:00Z', to: '2026-11-23T02:45:00Z' });
export const dayClaim = (date = '2026-11-23'): Asked['about'] => ({ of: 'day', date, mark: 'hadir_wfh' });

export const asks = (client: Client, about: Asked['about'], more: Partial<Asked> = {}) =>
  client.call(postCorrection, { body: { about, reason: REASON, ...more } });
export const handsIn = (client: Client, content: Buffer = PNG, name = 'bukti.png') => client.call(postCorrectionFile, { query: { name }, body: content });
