// Rules that regions and ministries have used, as starting points: kinds and figures as they were published, words our own.
import type { PolicyRule, PolicyTemplate } from '../../shared/policies.ts';
import type { Language } from '../platform/refusal.ts';

type Words = { id: string; en: string };
type Template = {
  key: string;
  name: Words;
  about: Words;
  source: string;
  rules: { rule: PolicyRule; functions?: string[]; basis: string; note?: Words }[];
};

const NAME_THE_UNITS: Words = { id: 'Sebutkan unitnya pada cakupan.', en: 'Name the units in the scope.' };

const templates: Template[] = [
  {
    key: 'separuh',
    name: { id: 'Separuh di kantor, layanan kesehatan dikecualikan', en: 'Half on site, health services exempt' },
    about: {
      id: 'Tiap unit paling banyak 50 % di kantor. Layanan yang tidak dapat dikerjakan dari rumah tidak ikut: sebutkan unit dan kelompok fungsinya.',
      en: 'At most 50 % of each unit on site. Services that cannot be given from home are left out: name their units and function groups.',
    },
    source: 'Kudus',
    rules: [
      { rule: { kind: 'batas_hadir', percent: 50, countedIn: 'opd' }, basis: 'Pegawai di kantor paling banyak 50 % dari pegawai aktif, dibulatkan ke bawah.' },
      {
        rule: { kind: 'dikecualikan' },
        basis: 'Layanan kesehatan, laboratorium, dan penanggulangan bencana tetap di tempat.',
        note: {
          id: 'Sebutkan unitnya: Dinas Kesehatan, UPT Puskesmas, RSUD, laboratorium, BPBD.',
          en: 'Name the units: health agency, community health centres, hospital, laboratory, disaster agency.',
        },
      },
      { rule: { kind: 'dikecualikan' }, functions: ['penyuluh kesehatan'], basis: 'Penyuluh kesehatan tetap di tempat.' },
    ],
  },
  {
    key: 'separuh-usia',
    name: { id: 'Separuh di kantor, yang rentan didahulukan di rumah', en: 'Half on site, the vulnerable at home first' },
    about: {
      id: 'Batas 50 % seperti di atas. Urutan siapa lebih dulu di rumah menurut usia dan tanda kesehatan ya/tidak; urutan ini tidak pernah melarang orang ke kantor.',
      en: 'The same cap of 50 %. Who is at home first goes by age and by a yes/no flag of health; the order never keeps anybody from the office.',
    },
    source: 'Medan (SE 800/1566/28.00/2020)',
    rules: [
      { rule: { kind: 'batas_hadir', percent: 50, countedIn: 'opd' }, basis: 'Pegawai di kantor paling banyak 50 %; unit dengan satu pegawai tidak dibatasi.' },
      { rule: { kind: 'dahulukan_rumah', by: 'usia', fromAge: 50 }, basis: 'Pegawai berusia 50 tahun ke atas didahulukan bekerja dari rumah.' },
      {
        rule: { kind: 'dahulukan_rumah', by: 'kesehatan', fromAge: null },
        basis: 'Pegawai yang memintanya karena kesehatan didahulukan; alasannya tidak dicatat.',
      },
    ],
  },
  {
    key: 'siaga',
    name: { id: 'Unit siaga dengan jumlah terendah tiap sif', en: 'Units on alert with a minimum each shift' },
    about: {
      id: 'Satpol PP, pemadam kebakaran, dan kependudukan selalu terisi. Sesuaikan jumlah dan jam sif.',
      en: 'Public order, fire and civil registry are always staffed. Set the number and the hours of the shifts.',
    },
    source: 'Tangerang Selatan',
    rules: [
      {
        rule: {
          kind: 'siaga',
          min: 8,
          shifts: [
            { name: 'Pagi', from: '07:00', to: '15:00' },
            { name: 'Sore', from: '15:00', to: '23:00' },
            { name: 'Malam', from: '23:00', to: '07:00' },
          ],
        },
        basis: 'Satpol PP dan pemadam kebakaran siaga tiga sif.',
        note: NAME_THE_UNITS,
      },
      {
        rule: { kind: 'piket_layanan', min: 2, weekdays: [1, 2, 3, 4, 5], shifts: [] },
        basis: 'Loket kependudukan terisi tiap hari kerja.',
        note: NAME_THE_UNITS,
      },
    ],
  },
  {
    key: 'kepala-di-kantor',
    name: { id: 'Kepala OPD di kantor', en: 'Heads of agencies on site' },
    about: {
      id: 'Kepala OPD selalu di kantor, kecuali ada Plh yang bertugas untuknya.',
      en: 'The head of each agency is on site, unless somebody acts for them (Plh).',
    },
    source: 'Cirebon',
    rules: [
      {
        rule: { kind: 'jabatan_di_kantor', levels: ['kepala_opd'], unlessPlh: true },
        basis: 'Kepala perangkat daerah bekerja di kantor; bila ada Plh, Plh yang di kantor.',
      },
    ],
  },
  {
    key: 'dua-tingkat',
    name: { id: 'Dua tingkat tertinggi di kantor', en: 'The two highest levels on site' },
    about: {
      id: 'Dua tingkat jabatan tertinggi di tiap unit tetap di kantor, supaya ada yang memutuskan.',
      en: 'The two highest levels of each unit stay on site, so that somebody can decide.',
    },
    source: 'SE MenPANRB 19/2020',
    rules: [
      { rule: { kind: 'jabatan_di_kantor', levels: ['kepala_opd', 'sekretaris'], unlessPlh: false }, basis: 'Dua level jabatan tertinggi tetap di kantor.' },
    ],
  },
  {
    key: 'dua-hari',
    name: { id: 'Paling banyak dua hari WFH sepekan', en: 'At most two days at home a week' },
    about: {
      id: 'Tiap pegawai paling banyak dua hari WFH dari Senin sampai Minggu.',
      en: 'Each person works at home on at most two days from Monday to Sunday.',
    },
    source: 'PermenPANRB 4/2025',
    rules: [{ rule: { kind: 'wfh_mingguan', days: 2 }, basis: 'Bekerja dari rumah paling banyak dua hari dalam satu pekan.' }],
  },
  {
    key: 'layanan-tatap-muka',
    name: { id: 'Layanan tatap muka selalu ada petugasnya', en: 'Face-to-face services are always staffed' },
    about: {
      id: 'Loket seperti SKTM atau OTDP mempunyai sedikitnya satu petugas piket pada jam buka.',
      en: 'A counter such as SKTM or OTDP has at least one officer on duty in its hours.',
    },
    source: 'Pelayanan publik daerah',
    rules: [
      {
        rule: { kind: 'piket_layanan', min: 1, weekdays: [1, 2, 3, 4, 5], shifts: [] },
        basis: 'Layanan tatap muka mempunyai petugas piket pada jam loket.',
        note: NAME_THE_UNITS,
      },
    ],
  },
];

export const templatesIn = (language: Language): PolicyTemplate[] =>
  templates.map(({ key, name, about, source, rules }) => ({
    key,
    name: name[language],
    about: about[language],
    source,
    rules: rules.map(({ rule, functions = [], basis, note }) => ({ rule, functions, basis, note: note?.[language] ?? null })),
  }));
