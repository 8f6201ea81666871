// Letters and facilities of the demonstration city: a letterhead, what DKIS lends, and a request that is granted in part.
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addDays, dayIn } from './people/days.ts';

type Asker = { id: string; name: string };
export type LetterSetting = { opdId: string; asker: Asker; dkisId: string; operator: Asker };

export async function fillLetters({ clock, letters, facilities }: App, { opdId, asker, dkisId, operator }: LetterSetting): Promise<void> {
  const person = { ...asker, sessionId: '', roles: ['administrator' as const], opdId, managesOpds: [opdId] };
  const giver = { ...operator, sessionId: '', roles: ['operator_dkis' as const], opdId: dkisId, managesOpds: [] };
  await letters.saveLetterhead(person, opdId, {
    address: 'Jalan Contoh Nomor 1, Tirtamaya',
    contact: 'dinsos@tirtamaya.example',
    place: 'Tirtamaya',
    template: null,
  });
  const rooms = await facilities.addThing(giver, { kind: 'ruang', name: 'Ruang Kendali', detail: '40 kursi, lantai 2' });
  await facilities.addThing(giver, { kind: 'jbi', name: 'Juru bahasa isyarat 1', detail: 'Komunitas Tuli Tirtamaya' });
  const day = addDays(dayIn(ZONE, clock.now()), 3);
  const caller = { person, link: null, pass: null, device: () => '' };
  const asked = await facilities.ask(caller, person, {
    title: 'Sosialisasi bantuan sosial',
    startsAt: `${day}T09:00:00+07:00`,
    endsAt: `${day}T11:30:00+07:00`,
    note: 'Dua mikrofon genggam dan layar.',
    items: [
      { kind: 'ruang', count: 1 },
      { kind: 'operator', count: 1 },
      { kind: 'jbi', count: 1 },
    ],
  });
  const [room, helper] = asked.items;
  if (!room || !helper || !rooms[0]) throw new Error('the demonstration has no request');
  await facilities.decide(giver, asked.id, [
    { id: room.id, state: 'disetujui', given: rooms[0].id, note: null },
    { id: helper.id, state: 'disetujui', given: operator.id, note: null },
  ]);
}
