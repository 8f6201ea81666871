// Circulars of the demonstration city: half on site in the whole region, health services left out, and two days at home a week in one agency.
import { randomUUID } from 'node:crypto';
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addDays, dayIn } from './people/days.ts';

type Person = { id: string; name: string };
export type PolicySetting = { keeper: Person; admin: Person; opdId: string; exemptId: string };

export async function fillPolicies({ clock, policies }: App, { keeper, admin, opdId, exemptId }: PolicySetting): Promise<void> {
  const today = dayIn(ZONE, clock.now());
  const year = today.slice(0, 4);
  const by = (person: Person, role: 'bkd' | 'administrator') => ({ ...person, sessionId: '', roles: [role], opdId: null, managesOpds: [] });
  const rule = { id: null, scope: { units: [], functions: [] } };
  await policies.add(by(keeper, 'bkd'), {
    key: randomUUID(),
    opdId: null,
    policy: {
      number: `SE 800/41/${year}`,
      date: addDays(today, -60),
      issuer: 'Wali Kota Tirtamaya',
      title: 'Penyesuaian sistem kerja pegawai',
      from: addDays(today, -56),
      until: addDays(today, 20),
      reviewOn: null,
      rules: [
        { ...rule, rule: { kind: 'batas_hadir', percent: 50, countedIn: 'opd' }, basis: 'angka 2: pegawai di kantor paling banyak separuh.' },
        { ...rule, rule: { kind: 'dikecualikan' }, scope: { units: [exemptId], functions: [] }, basis: 'angka 4: layanan kesehatan tetap di tempat.' },
        { ...rule, rule: { kind: 'jabatan_di_kantor', levels: ['kepala_opd'], unlessPlh: true }, basis: 'angka 5: kepala perangkat daerah di kantor.' },
        { ...rule, rule: { kind: 'wfh_mingguan', days: 3 }, basis: 'angka 6: paling banyak tiga hari sepekan.' },
      ],
    },
  });
  await policies.add(by(admin, 'administrator'), {
    key: randomUUID(),
    opdId,
    policy: {
      number: `SE 800/7/DINSOS/${year}`,
      date: addDays(today, -30),
      issuer: 'Kepala Dinas Sosial',
      title: 'Pembagian hari kerja dari rumah Dinas Sosial',
      from: addDays(today, -28),
      until: null,
      reviewOn: addDays(today, 150),
      rules: [{ ...rule, rule: { kind: 'wfh_mingguan', days: 2 }, basis: 'angka 3: paling banyak dua hari sepekan.' }],
    },
  });
}
