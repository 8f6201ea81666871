// The people tests speak of: a small municipality with named persons, made through the verbs of `people`.
import type { Level } from '../../shared/people.ts';
import type { RefusalBody } from '../../shared/refusals.ts';
import type { DayCode } from '../../shared/roster.ts';
import type { App } from '../../server/app.ts';
import { dayIn } from '../../server/people/days.ts';
import { portalItself } from '../../server/people/index.ts';
import { CallRefused, copiesOf, type Client, type World } from './world.ts';

type CastWorld = { app: Pick<App, 'people' | 'roster' | 'sql' | 'clock'> };
export type Actor = { id: string; name: string; nip: string; email: string; positionId: string | null };
export type Cast = Awaited<ReturnType<typeof makeCast>>;

export const PASSWORD = 'sandi-uji-pemeran';

/** A number that fits the rule, of nobody: 1 January 1980 + n. */
export const nipOf = (n: number): string => `198001${String(1 + (n % 28)).padStart(2, '0')}2005011${String(700 + n).padStart(3, '0')}`;

export async function makeCast({ app }: CastWorld) {
  const { people, roster, sql, clock } = app;
  let count = 0;
  const today = dayIn('Asia/Jakarta', clock.now());
  await people.setRegion(sql, 'Pemerintah Kota Uji');

  const opd = (name: string, abbreviation: string, aliases: string[] = []) =>
    people.addOpd({ parentId: null, name, abbreviation, aliases, kind: 'opd', zone: 'Asia/Jakarta' });
  const dinsos = await opd('Dinas Sosial', 'Dinsos', ['Dinas Sosial Kota']);
  const dinkes = await opd('Dinas Kesehatan', 'Dinkes');
  const bkpsdm = await opd('Badan Kepegawaian', 'BKPSDM', ['BKD']);
  const dkis = await opd('Dinas Komunikasi', 'DKIS');
  const rehsos = await people.addOpd({
    parentId: dinsos.id,
    name: 'Bidang Rehabilitasi Sosial',
    abbreviation: 'Rehsos',
    aliases: [],
    kind: 'bidang',
    zone: 'Asia/Jakarta',
  });

  async function actor(name: string, unitId: string, post?: { title: string; level: Level }): Promise<Actor> {
    const nip = nipOf((count += 1));
    const email = `${name.split(' ')[0]!.toLowerCase()}@uji.example`;
    const { id } = await people.addPerson(portalItself, { name, nip, email, phone: null, opdId: unitId });
    if (!post) return { id, name, nip, email, positionId: null };
    const position = await people.addPosition(portalItself, { opdId: unitId, ...post });
    await people.appoint(portalItself, position.id, { personId: id, kind: 'definitif', from: '2020-01-02', until: null, basis: 'SK 821.2/001/2020' });
    return { id, name, nip, email, positionId: position.id };
  }

  const cast = {
    opds: { dinsos, dinkes, bkpsdm, dkis, rehsos },
    /** Head of Dinas Sosial. */
    kepala: await actor('Hartini Kepaladinas', dinsos.id, { title: 'Kepala Dinas Sosial', level: 'kepala_opd' }),
    kabid: await actor('Budi Kabidrehsos', rehsos.id, { title: 'Kepala Bidang Rehabilitasi Sosial', level: 'kabid' }),
    /** Staff of Dinas Sosial whose day is WFH. */
    staf: await actor('Sari Dirumah', rehsos.id, { title: 'Pengelola Data', level: 'staf' }),
    /** Staff of Dinas Sosial at the office. */
    stafKantor: await actor('Joko Dikantor', dinsos.id, { title: 'Pengadministrasi Umum', level: 'staf' }),
    adminDinsos: await actor('Rina Adminopd', dinsos.id, { title: 'Pengelola Kepegawaian', level: 'staf' }),
    kepalaDinkes: await actor('Wahyu Kepaladinkes', dinkes.id, { title: 'Kepala Dinas Kesehatan', level: 'kepala_opd' }),
    stafDinkes: await actor('Tuti Stafdinkes', dinkes.id, { title: 'Perawat', level: 'fungsional' }),
    bkd: await actor('Bambang Petugasbkd', bkpsdm.id, { title: 'Analis SDM Aparatur', level: 'fungsional' }),
    operator: await actor('Dian Operator', dkis.id, { title: 'Pranata Humas', level: 'fungsional' }),
    administrator: await actor('Agus Administrator', dkis.id, { title: 'Pranata Komputer', level: 'fungsional' }),
  };
  const { opds: _, ...persons } = cast;
  await people.givePassword(
    Object.values(persons).map((p) => p.id),
    PASSWORD,
  );
  await people.grantRoles(portalItself, cast.administrator.id, [{ role: 'administrator', opdId: null }]);
  await people.grantRoles(portalItself, cast.adminDinsos.id, [{ role: 'admin_opd', opdId: dinsos.id }]);
  await people.grantRoles(portalItself, cast.bkd.id, [{ role: 'bkd', opdId: null }]);
  await people.grantRoles(portalItself, cast.operator.id, [{ role: 'operator_dkis', opdId: null }]);
  const code = (person: Actor, day: DayCode) => ({ personId: person.id, code: day });
  await roster.setCodes(sql, null, dinsos.id, {
    date: today,
    basis: 'SE 800/1/2026',
    codes: [code(cast.kepala, 'WFO'), code(cast.kabid, 'WFO'), code(cast.staf, 'WFH'), code(cast.stafKantor, 'WFO')],
  });
  return { ...cast, today };
}

const copyOfCast = copiesOf(makeCast);

/** A world with the cast in it: a quarter of the time of making both. */
export async function castWorld(options?: Parameters<typeof copyOfCast>[0]): Promise<{ world: World; cast: Cast }> {
  const { world, made } = await copyOfCast(options);
  return { world, cast: made };
}

/** A browser of this person, signed in. */
export const signIn = async (world: Pick<World, 'signIn'>, person: Pick<Actor, 'nip'>): Promise<Client> => world.signIn(person.nip, PASSWORD);

/** The whole refusal of a call; an acceptance fails the test. */
export async function refusalIn(call: Promise<unknown>): Promise<RefusalBody['error']> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CallRefused) return error.body.error;
    throw error;
  }
  throw new Error('was accepted');
}
