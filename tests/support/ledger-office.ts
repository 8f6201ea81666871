// An office whose ledger holds something of everything, written by the portal's own verbs over three days.
import { getSheet, getSheetCsv, postSheetFinal } from '../../shared/attendance.ts';
import { postCorrectionDecision } from '../../shared/corrections.ts';
import { getInvitations, postMeetingEnd, postMeetingNow } from '../../shared/meetings.ts';
import type { Anchor } from '../../server/platform/ledger-anchors.ts';
import type { Root } from '../../server/platform/ledger.ts';
import { signIn } from './cast.ts';
import { asks, heldMeeting, meetingClaim } from './correction.ts';
import { keepCopy } from './forger.ts';
import { mediaServerTells } from './meeting.ts';

const DAY_MS = 86_400_000;
const VISITS = 4;

/** `anchors`: what was written down outside the database. A copy of the first day is kept for whoever wants to restore it. */
export async function officeWithHistory() {
  const setting = await heldMeeting();
  const { world, cast, chair, id, meeting, sari } = setting;
  const { app, sql, clock } = world;
  const roots: Root[] = [];
  const root = async (): Promise<void> => void roots.push((await app.ledger.root()) as Root);

  const asked = await asks(sari, meetingClaim(meeting.id));
  await chair.call(postCorrectionDecision, { params: { id: asked.id }, body: { outcome: 'rejected', reason: 'Tidak ada saksi yang membenarkan.' } });
  await chair.call(postSheetFinal, { params: id });
  await root();
  await keepCopy(sql);
  for (let day = 1; day <= 2; day += 1) {
    clock.advance(DAY_MS);
    await codes();
    await meet(day);
    await root();
  }

  async function codes(): Promise<void> {
    const date = clock.now().toISOString().slice(0, 10);
    const people = [cast.kepala, cast.kabid, cast.staf, cast.stafKantor, cast.adminDinsos];
    await app.roster.setCodes(app.sql, null, cast.opds.dinsos.id, {
      date,
      basis: `SE 800/${date}`,
      codes: people.map((person, n) => ({ personId: person.id, code: n % 2 === 0 ? 'WFO' : 'WFH' })),
    });
  }

  async function meet(day: number): Promise<void> {
    const chair = await signIn(world, cast.kepala);
    const held = await chair.call(postMeetingNow, {
      body: { title: `Rapat hari ke-${day}`, sifat: 'biasa', invite: { people: [cast.staf.id, cast.kabid.id], positions: [], units: [], guests: [] } },
    });
    const params = { id: held.id };
    const [row] = await sql<{ name: string }[]>`select r.name from rooms.room r join meetings.meeting m on m.room_id = r.id where m.id = ${held.id}`;
    for (const { member } of await chair.call(getInvitations, { params })) {
      for (let visit = 0; visit < VISITS; visit += 1) {
        const sid = `PA_${day}${member.slice(2, 8)}${visit}`;
        const told = { room: row?.name ?? '', identity: `${member}:s${String(visit).repeat(16)}`, sid };
        await mediaServerTells(world, { event: 'participant_joined', ...told });
        clock.advance(60_000);
        await mediaServerTells(world, { event: 'participant_left', ...told, disconnectReason: 'CLIENT_INITIATED' });
      }
    }
    await chair.call(postMeetingEnd, { params });
    await chair.call(postSheetFinal, { params });
    await chair.call(getSheet, { params });
    await chair.call(getSheetCsv, { params });
  }

  const anchors: Anchor[] = roots.map(({ n, root }) => ({ n, root, from: 'file' }));
  return { ...setting, anchors, roots };
}
