// Planned meetings with all that stands on their papers: letters in force and void, facilities granted and refused, one called off, a link that asks to move.
import { randomUUID } from 'node:crypto';
import { postFacilities, postFacilityDecision } from '../../shared/facilities.ts';
import { postLinkAsk } from '../../shared/invitations.ts';
import { getInvitations, postTicket } from '../../shared/meetings.ts';
import { getPositions } from '../../shared/people.ts';
import { postCancellation, postMeeting } from '../../shared/planning.ts';
import { postLetter, postLetterWithdrawal } from '../../shared/undangan.ts';
import { addDays, dayIn } from '../../server/people/days.ts';
import { portalClient, type PortalClient } from './portal-client.ts';

type Desk = { chair: PortalClient; operator: PortalClient; staffId: string };

export async function arrangePlanned({ chair, operator, staffId }: Desk): Promise<{ lettered: string; calledOff: string }> {
  const day = addDays(dayIn('Asia/Jakarta', new Date()), 9);
  const own = (await chair.call(getPositions, { query: {} })).filter(({ title, level }) => title.includes('Sosial') && level !== 'kepala_opd');
  const invite = { people: [staffId], positions: own.map(({ id }) => id), guests: [{ name: 'Kenanga Lembahsari', institution: 'Karang Taruna Telagabiru' }] };
  const plan = async (title: string, from: string, to: string): Promise<string> => {
    const hours = { startsAt: `${day}T${from}:00+07:00`, endsAt: `${day}T${to}:00+07:00` };
    return (await chair.call(postMeeting, { body: { title, sifat: 'biasa', place: 'Daring; Ruang Kendali', ...hours, invite, key: randomUUID() } })).id;
  };
  const lettered = await plan('Kesiapan logistik menjelang puncak hujan', '09:00', '11:00');
  const params = { id: lettered };
  const { issued } = await chair.call(postLetter, { params, body: { kind: 'undangan' } });
  await chair.call(postLetterWithdrawal, { params: { id: lettered, letter: issued[0]!.id }, body: { reason: 'Salah mencantumkan tempat.' } });
  await chair.call(postLetter, { params, body: { kind: 'undangan' } });
  const items = [
    { kind: 'ruang' as const, count: 1 },
    { kind: 'siaran' as const, count: 1 },
  ];
  const asked = await chair.call(postFacilities, { body: { meetingId: lettered, note: 'Dua mikrofon genggam.', items } });
  const streamed = asked.items
    .filter(({ kind }) => kind === 'siaran')
    .map(({ id }) => ({ id, state: 'ditolak' as const, note: 'Kanal dipakai rapat paripurna.' }));
  await operator.call(postFacilityDecision, { params: { id: asked.id }, body: { items: streamed } });
  const calledOff = await plan('Sosialisasi kartu bantuan', '13:00', '14:30');
  await chair.call(postCancellation, { params: { id: calledOff }, body: { reason: 'Narasumber berhalangan; jadwal baru menyusul.', scope: 'ini' } });
  return { lettered, calledOff };
}

/** Opened in one browser, and then in another, which asks for it. */
export async function asksForLink(url: string, chair: PortalClient, meetingId: string, name: string): Promise<void> {
  const params = { id: meetingId };
  const invitations = await chair.call(getInvitations, { params });
  const token = invitations.find((one) => one.name === name)?.link.split('#')[1];
  await portalClient(url, token).call(postTicket, { params, body: {} });
  await portalClient(url, token).call(postLinkAsk, {});
}
