// Circulars of the demonstration city: a quarter at home in the whole region, health services left out, fewer days at home in one agency, one on alert.
// The cap and the days at home fit together: of eight people two are at home a day, ten days a week, and seven of them may have two each.
import { randomUUID } from 'node:crypto';
import type { App } from './app.ts';
import { ZONE } from './demo-city.ts';
import { addDays, dayIn } from './people/days.ts';

type Person = { id: string; name: string };
export type PolicySetting = { keeper: Person; admin: Person; opdId: string; exemptId: string; alertId: string };

const SHIFTS = [
  { name: 'Siang', from: '07:00', to: '19:00' },
  { name: 'Malam', from: '19:00', to: '07:00' },
];

export async function fillPolicies({ clock, policies }: App, { keeper, admin, opdId, exemptId, alertId }: PolicySetting): Promise<void> {
  const today = dayIn(ZONE, clock.now());
  const year = today.slice(0, 4);
  const by = (person: Person, role: 'bkd' | 'administrator') => ({ ...person, sessionId: '', roles: [role], opdId: null, managesOpds: [] });
  // It warns of its end, and still holds in the first half of next month.
  const halfway = `${addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)}-15`;
  const until = addDays(today, 20) > halfway ? addDays(today, 20) : halfway;
  const rule = { id: null, scope: { units: [], functions: [] } };
  await policies.add(by(keeper, 'bkd'), {
    key: randomUUID(),
    opdId: null,
    policy: {
      number: `SE 800/417/BKPSDM/${year}`,
      date: addDays(today, -60),
      issuer: 'Wali Kota Tirtamaya',
      title: 'Penyesuaian sistem kerja pegawai',
      from: addDays(today, -56),
      until,
      reviewOn: null,
      rules: [
        { ...rule, rule: { kind: 'batas_hadir', percent: 75, countedIn: 'opd' }, basis: 'angka 2: pegawai di kantor paling banyak tiga perempat.' },
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
      rules: [
        { ...rule, rule: { kind: 'wfh_mingguan', days: 2 }, basis: 'angka 3: paling banyak dua hari sepekan.' },
        {
          ...rule,
          rule: { kind: 'piket_layanan', min: 1, weekdays: [1, 2, 3, 4, 5], shifts: [] },
          basis: 'angka 4: satu orang piket layanan tiap hari kerja.',
        },
      ],
    },
  });
  await policies.add(by(keeper, 'bkd'), {
    key: randomUUID(),
    opdId: null,
    policy: {
      number: `SE 300/22/SATPOLPP/${year}`,
      date: addDays(today, -16),
      issuer: 'Wali Kota Tirtamaya',
      title: 'Siaga Satuan Polisi Pamong Praja di musim hujan',
      from: addDays(today, -14),
      until: addDays(today, 20),
      reviewOn: null,
      rules: [
        { ...rule, rule: { kind: 'siaga', min: 2, shifts: SHIFTS }, scope: { units: [alertId], functions: [] }, basis: 'angka 1: dua orang tiap sif.' },
        { ...rule, rule: { kind: 'dikecualikan' }, scope: { units: [alertId], functions: [] }, basis: 'angka 2: tidak bekerja dari rumah.' },
      ],
    },
  });
}
