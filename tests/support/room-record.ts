// The record of a room in a test world: who enters, files sent in parts, and papers made by code.
import { randomUUID } from 'node:crypto';
import type { BodyOf } from '../../shared/endpoint.ts';
import { postChat, postRoomUpload, putRoomPart, type UploadPurpose } from '../../shared/chat.ts';
import { postTicket } from '../../shared/meetings.ts';
import { signIn, type Actor, type Cast } from './cast.ts';
import { calledMeeting, mediaServerTells, opensLink } from './meeting.ts';
import { pdf } from './press-kit.ts';
import type { Client } from './world.ts';

export type Sent = { name: string; type: string; bytes: Uint8Array };
export const PAPER: Sent = { name: 'Rincian bantuan.pdf', type: 'application/pdf', bytes: pdf() };

/** Dinas Sosial has called its bidang, Dinas Kesehatan and a guest. Nobody is inside yet. */
export async function recordedMeeting(options: Parameters<typeof calledMeeting>[1] = {}) {
  const invited = (cast: Cast) => ({
    people: [cast.kabid.id, cast.staf.id, cast.kepalaDinkes.id, cast.stafDinkes.id],
    guests: [{ name: 'Ibu Tamu', institution: 'Yayasan Contoh' }],
  });
  const setting = await calledMeeting(invited, options);
  const { world, id, room } = setting;
  let sid = 0;
  async function enters(client: Client): Promise<void> {
    const { identity } = await client.call(postTicket, { params: id, body: {} });
    await mediaServerTells(world, {
      event: 'participant_joined',
      room: room.name,
      identity,
      sid: `PA_${(sid += 1)}`,
      joinedAtMs: world.clock.now().getTime() - 1000,
    });
  }
  const as = (person: Actor): Promise<Client> => signIn(world, person);
  const guest = opensLink(world, setting.invitation('Ibu Tamu').link);
  const say = (client: Client, text: string, more: Partial<BodyOf<typeof postChat>> = {}) =>
    client.call(postChat, { params: id, body: { text, key: randomUUID(), ...more } });
  async function uploads(client: Client, { name, type, bytes }: Sent, purpose: UploadPurpose = 'obrolan'): Promise<string> {
    const { upload, parts, partBytes } = await client.call(postRoomUpload, { params: id, body: { purpose, name, type, size: bytes.byteLength } });
    for (let n = 0; n < parts; n += 1)
      await client.call(putRoomPart, { params: { ...id, upload, part: String(n) }, body: new Uint8Array(bytes.subarray(n * partBytes, (n + 1) * partBytes)) });
    return upload;
  }
  const kept = async (table: 'file' | 'part'): Promise<number> =>
    (await world.sql<{ n: number }[]>`select count(*)::int as n from files.${world.sql(table)}`)[0]!.n;
  return { ...setting, enters, as, guest, say, uploads, kept, member: (person: Actor) => `p_${person.id}` };
}
