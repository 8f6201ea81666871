// A day at the office that is over: somebody seen at home, corrected, confirmed; as recap and export read it.
import { getConfirmations, postConfirmation, postConfirmations } from '../../shared/confirmations.ts';
import { signIn, type Actor } from './cast.ts';
import { heldMeeting } from './correction.ts';
import type { Client } from './world.ts';

/** The morning after a meeting in which Sari was seen at home from 09.10 to 09.30; the admin had WFH and no evidence. */
export async function theMorningAfter() {
  const setting = await heldMeeting();
  const { world, cast } = setting;
  await world.app.roster.setCodes(world.sql, null, cast.opds.dinsos.id, {
    date: cast.today,
    basis: 'SE 2',
    codes: [{ personId: cast.adminDinsos.id, code: 'WFH' }],
  });
  world.clock.set('2026-11-24T01:00:00Z');
  const opd = { id: cast.opds.dinsos.id };
  const span = { from: cast.today, to: cast.today };
  const head = await signIn(world, cast.kepala);
  const admin = await signIn(world, cast.adminDinsos);
  const sari = await signIn(world, cast.staf);
  const bkd = await signIn(world, cast.bkd);
  const confirmsSure = async (client: Client = head): Promise<number> => {
    const { seen } = await client.call(getConfirmations, { params: opd, query: span });
    return (await client.call(postConfirmations, { params: opd, body: { ...span, seen } })).confirmed;
  };
  const confirms = async (actor: Actor, outcome: 'sesuai' | 'tidak_hadir' | 'gangguan_sistem', client: Client = head): Promise<void> => {
    const { rows } = await client.call(getConfirmations, { params: opd, query: span });
    const { fingerprint } = rows.find((r) => r.personId === actor.id)!;
    const reason = outcome === 'sesuai' ? {} : { reason: 'Tidak ada kabar sampai sore, sudah dihubungi.' };
    await client.call(postConfirmation, { params: opd, body: { personId: actor.id, date: cast.today, outcome, fingerprint, ...reason } });
  };
  return { ...setting, opd, span, head, admin, sari, bkd, confirmsSure, confirms };
}
