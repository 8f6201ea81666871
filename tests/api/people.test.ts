import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  getImportTemplate,
  getMe,
  getPeople,
  getPersonRoles,
  getPositions,
  postPerson,
  postPersonDisabled,
  postPersonPassword,
  postSession,
  putPerson,
  putPersonRoles,
} from '../../shared/people.ts';
import { getStep, postSessionPassword } from '../../shared/sign-in.ts';

import { PASSWORD, makeCast, nipOf, refusalIn, signIn, type Cast } from '../support/cast.ts';
import { makeWorld, type Client, type World } from '../support/world.ts';

let world: World;
let cast: Cast;
let administrator: Client;
let adminDinsos: Client;
let staf: Client;
const nobody = '00000000-0000-4000-8000-000000000000';
beforeAll(async () => {
  world = await makeWorld();
  cast = await makeCast(world);
  [administrator, adminDinsos, staf] = [await signIn(world, cast.administrator), await signIn(world, cast.adminDinsos), await signIn(world, cast.staf)];
});
afterAll(() => world.close());

const accessLog = () =>
  world.sql<{ what: string; by: string; count: number }[]>`select what, by_id as "by", people_count as count from people.access order by id`;
const changesOf = (id: string) =>
  world.sql<
    { what: string; by: string | null; before: unknown; after: unknown }[]
  >`select what, by_id as "by", before, after from people.change where person_id = ${id} order by id`;

describe('the directory', () => {
  test('finds by words in name, position or unit; the highest first; NIP masked', async () => {
    const names = async (q: string) => (await staf.call(getPeople, { query: { q } })).map((p) => p.name);
    expect(await names('dinas sosial')).toEqual([cast.kepala.name, cast.kabid.name, cast.stafKantor.name, cast.adminDinsos.name, cast.staf.name]);
    expect(await names('hartini dinsos')).toEqual([cast.kepala.name]);
    expect(await names('rehabilitasi')).toEqual([cast.kabid.name, cast.staf.name]);
    expect(await names('100%_\\')).toEqual([]);
    expect(await names(cast.kepala.nip)).toEqual([]);
    const answer = await staf.send(getPeople, {});
    expect(answer.payload.toString()).not.toContain(cast.kepala.nip);
    expect(answer.payload.toString()).toContain('••••••••');
  });
  test('of a unit holds its sub-units too', async () => {
    const of = async (opd: string) => (await staf.call(getPeople, { query: { opd } })).map((p) => p.id);
    expect(await of(cast.opds.dinsos.id)).toContain(cast.staf.id);
    expect(await of(cast.opds.rehsos.id)).toEqual([cast.kabid.id, cast.staf.id]);
  });
  test('leaves a line in the access log at every reading; without a session it is closed', async () => {
    const before = (await accessLog()).length;
    await staf.call(getPeople, { query: { opd: cast.opds.rehsos.id } });
    await staf.call(getPositions, { query: { opd: cast.opds.rehsos.id } });
    expect((await accessLog()).slice(before)).toEqual([
      { what: 'direktori', by: cast.staf.id, count: 2 },
      { what: 'jabatan', by: cast.staf.id, count: 2 },
    ]);
    expect(await world.visitor().refusalOf(getPeople, {})).toBe('session.required');
    expect(await world.visitor().refusalOf(getPositions, {})).toBe('session.required');
  });
});

describe('the record of a person', () => {
  const person = (over: object = {}) => ({
    name: 'Mira Barumasuk',
    nip: nipOf(20),
    email: 'mira@uji.example',
    phone: null,
    opdId: cast.opds.rehsos.id,
    ...over,
  });

  test("is opened by the OPD's admin, with a first password to be changed", async () => {
    const { person: card, firstPassword } = await adminDinsos.call(postPerson, { body: person() });
    const mira = world.visitor();
    expect(await mira.refusalOf(postSession, { body: { login: nipOf(20), password: firstPassword } })).toBe('session.second_step');
    expect(await mira.refusalOf(getMe, {})).toBe('session.required');
    expect((await mira.call(getStep, {})).step).toBe('password');
    for (const next of [firstPassword, '1234567890']) expect(await mira.refusalOf(postSessionPassword, { body: { next } })).toBe('password.weak');
    expect((await mira.call(postSessionPassword, { body: { next: 'kopi tanpa gula' } })).mustChangePassword).toBe(false);
    await mira.call(getMe, {});
    expect((await changesOf(card.id)).map((c) => [c.what, c.by])).toEqual([
      ['ditambahkan', cast.adminDinsos.id],
      ['kata sandi diganti', card.id],
    ]);
    expect(await refusalIn(adminDinsos.call(postPerson, { body: person({ email: null }) }))).toMatchObject({
      code: 'person.duplicate',
      values: { field: 'NIP' },
    });
    expect(await refusalIn(adminDinsos.call(postPerson, { body: person({ nip: null, email: 'MIRA@uji.example' }) }))).toMatchObject({
      code: 'person.duplicate',
      values: { field: 'Surel' },
    });
  });
  test('is not opened with a NIP that cannot be, in another OPD, or by staff', async () => {
    expect(await refusalIn(adminDinsos.call(postPerson, { body: person({ nip: '198513012005011001' }) }))).toMatchObject({
      code: 'input.invalid',
      fields: [{ path: 'nip' }],
    });
    expect(await adminDinsos.refusalOf(postPerson, { body: person({ nip: nipOf(21), email: null, opdId: cast.opds.dinkes.id }) })).toBe('role.missing');
    expect(await adminDinsos.refusalOf(postPerson, { body: person({ nip: nipOf(21), email: null, opdId: null }) })).toBe('role.missing');
    expect(await staf.refusalOf(postPerson, { body: person() })).toBe('role.missing');
  });
  test('keeps the former values when it changes', async () => {
    const body = person({ name: 'Sari Pindahrumah', nip: cast.staf.nip, email: cast.staf.email });
    expect((await adminDinsos.call(putPerson, { params: { id: cast.staf.id }, body })).name).toBe('Sari Pindahrumah');
    expect((await changesOf(cast.staf.id)).at(-1)).toEqual({
      what: 'diubah',
      by: cast.adminDinsos.id,
      before: { name: cast.staf.name },
      after: { name: 'Sari Pindahrumah' },
    });
    const rows = (await changesOf(cast.staf.id)).length;
    await adminDinsos.call(putPerson, { params: { id: cast.staf.id }, body });
    expect(await changesOf(cast.staf.id)).toHaveLength(rows);
    expect(await adminDinsos.refusalOf(putPerson, { params: { id: cast.staf.id }, body: { ...body, nip: cast.kabid.nip } })).toBe('person.duplicate');
    await adminDinsos.call(putPerson, { params: { id: cast.staf.id }, body: { ...body, name: cast.staf.name } });
  });
  test("of another OPD does not exist for an OPD's admin", async () => {
    const { id } = cast.stafDinkes;
    expect(await adminDinsos.refusalOf(putPerson, { params: { id }, body: person() })).toBe('not_found');
    expect(await adminDinsos.refusalOf(postPersonPassword, { params: { id } })).toBe('not_found');
    expect(await adminDinsos.refusalOf(postPersonDisabled, { params: { id }, body: { disabled: true } })).toBe('not_found');
    expect(await adminDinsos.refusalOf(putPerson, { params: { id: nobody }, body: person() })).toBe('not_found');
    for (const call of [
      staf.refusalOf(putPerson, { params: { id }, body: person() }),
      staf.refusalOf(postPersonPassword, { params: { id } }),
      staf.refusalOf(postPersonDisabled, { params: { id }, body: { disabled: true } }),
    ])
      expect(await call).toBe('role.missing');
  });
  test("of somebody with granted roles is the administrator's: nobody climbs by a password they reset", async () => {
    await administrator.call(putPersonRoles, { params: { id: cast.stafKantor.id }, body: [{ role: 'bkd', opdId: null }] });
    expect(await adminDinsos.refusalOf(postPersonPassword, { params: { id: cast.stafKantor.id } })).toBe('role.missing');
    expect(await adminDinsos.refusalOf(postPersonDisabled, { params: { id: cast.stafKantor.id }, body: { disabled: true } })).toBe('role.missing');
    await administrator.call(putPersonRoles, { params: { id: cast.stafKantor.id }, body: [] });
  });
  test('a new first password ends every session; nobody disables themselves', async () => {
    const kabid = await signIn(world, cast.kabid);
    const { firstPassword } = await adminDinsos.call(postPersonPassword, { params: { id: cast.kabid.id } });
    expect(await kabid.refusalOf(getMe, {})).toBe('session.required');
    expect(await world.visitor().refusalOf(postSession, { body: { login: cast.kabid.nip, password: firstPassword } })).toBe('session.second_step');
    await world.app.people.givePassword([cast.kabid.id], PASSWORD);
    expect(await administrator.refusalOf(postPersonDisabled, { params: { id: cast.administrator.id }, body: { disabled: true } })).toBe('person.self');
  });
});

describe('granted roles', () => {
  test('are given and taken by the administrator, with both kept on record', async () => {
    const { id } = cast.kabid;
    const body = [
      { role: 'admin_opd' as const, opdId: cast.opds.dinkes.id },
      { role: 'bkd' as const, opdId: null },
    ];
    expect(await administrator.call(putPersonRoles, { params: { id }, body: [...body, ...body] })).toEqual(body);
    expect(await administrator.call(getPersonRoles, { params: { id } })).toEqual(body);
    expect(await administrator.call(putPersonRoles, { params: { id }, body: [] })).toEqual([]);
    expect(await world.sql`select role from people.role where person_id = ${id} and revoked_by = ${cast.administrator.id}`).toHaveLength(2);
    expect((await changesOf(id)).slice(-2).map((c) => c.what)).toEqual(['peran diubah', 'peran diubah']);
  });
  test('are refused from anybody else, for nobody, without their OPD, and never leave the portal without an administrator', async () => {
    const { id } = cast.kabid;
    expect(await adminDinsos.refusalOf(putPersonRoles, { params: { id }, body: [{ role: 'administrator', opdId: null }] })).toBe('role.missing');
    expect(await adminDinsos.refusalOf(getPersonRoles, { params: { id } })).toBe('role.missing');
    expect(await administrator.refusalOf(getPersonRoles, { params: { id: nobody } })).toBe('not_found');
    expect(await administrator.refusalOf(putPersonRoles, { params: { id }, body: [{ role: 'admin_opd', opdId: null }] })).toBe('input.invalid');
    expect(await administrator.refusalOf(putPersonRoles, { params: { id }, body: [{ role: 'admin_opd', opdId: cast.opds.rehsos.id }] })).toBe('input.invalid');
    expect(await administrator.refusalOf(putPersonRoles, { params: { id: cast.administrator.id }, body: [] })).toBe('input.invalid');
  });
});

test('the template is for those who import', async () => {
  expect((await adminDinsos.send(getImportTemplate, {})).payload.toString()).toContain('nama;nip;surel;telepon;opd;jabatan;tingkat');
  expect(await staf.refusalOf(getImportTemplate, {})).toBe('role.missing');
});
