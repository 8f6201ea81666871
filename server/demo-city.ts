// Kota Tirtamaya does not exist, nor does anybody in it: the numbers follow the rule of a NIP and belong to nobody.
import type { Level } from '../shared/people.ts';

export const REGION = 'Pemerintah Kota Tirtamaya';
export const ZONE = 'Asia/Jakarta';
/** For the demonstration only: printed at the start, the same for everybody. */
export const PASSWORD = 'tirtamaya-peragaan';
export const emailOf = (name: string): string => `${name.split(' ')[0]!.toLowerCase()}@tirtamaya.example`;

type Post = { title: string; level: Level };
/** `holder`: a name and `L` or `P`; null = the post is empty. */
type Seat = Post & { unit: string | null; holder: string | null };
export type Office = {
  name: string;
  abbreviation: string;
  aliases: string[];
  units: { name: string; abbreviation: string; under: string | null }[];
  seats: Seat[];
};

const seat = (unit: string | null, level: Level, title: string, holder: string | null): Seat => ({ unit, level, title, holder });

/** An office as they are built everywhere: head, secretary, two bidang, a seksi in the first, and staff. */
function office(
  name: string,
  [abbreviation, ...aliases]: [string, ...string[]],
  head: string,
  [first, second, section]: [string, string, string],
  people: (string | null)[],
  staff: [string, string, string],
): Office {
  const [kepala, sekretaris, kabid1, kabid2, kasi, staf1, staf2, staf3] = people;
  const isSetda = abbreviation === 'Setda';
  const bidang = [first, second].map((b) => `${isSetda ? 'Bagian' : 'Bidang'} ${b}`);
  const seksi = `${isSetda ? 'Subbagian' : 'Seksi'} ${section}`;
  const seats = [
    seat(null, 'kepala_opd', head, kepala ?? null),
    seat(null, 'sekretaris', isSetda ? 'Asisten Pemerintahan' : `Sekretaris ${name}`, sekretaris ?? null),
    seat(bidang[0]!, 'kabid', `Kepala ${bidang[0]}`, kabid1 ?? null),
    seat(bidang[1]!, 'kabid', `Kepala ${bidang[1]}`, kabid2 ?? null),
    seat(seksi, 'kasi', `Kepala ${seksi}`, kasi ?? null),
    seat(seksi, 'staf', staff[0], staf1 ?? null),
    seat(bidang[1]!, 'fungsional', staff[1], staf2 ?? null),
    ...(staf3 ? [seat(bidang[0]!, 'staf', staff[2], staf3)] : []),
  ];
  const units = [...bidang.map((b) => ({ name: b, abbreviation: b, under: null })), { name: seksi, abbreviation: seksi, under: bidang[0]! }];
  return { name, abbreviation, aliases, units, seats };
}

export const OFFICES: Office[] = [
  office(
    'Sekretariat Daerah',
    ['Setda', 'Sekretariat Kota'],
    'Sekretaris Daerah',
    ['Pemerintahan', 'Perekonomian', 'Tata Praja'],
    [
      'Arunika Tirtabayu P',
      'Bimasena Awanputra L',
      'Candrani Gelombang P',
      'Darmaji Ombakraya L',
      'Elok Samudrasari P',
      'Fajarudin Laguna L',
      'Gendis Telagawati P',
      'Harjuno Rawajaya L',
    ],
    ['Pengelola Data Pemerintahan', 'Analis Kebijakan Ahli Muda', 'Pengadministrasi Umum'],
  ),
  office(
    'Dinas Sosial',
    ['Dinsos', 'Dinas Sosial Kota'],
    'Kepala Dinas Sosial',
    ['Perlindungan Sosial', 'Rehabilitasi Sosial', 'Bantuan Sosial'],
    [
      'Indrayani Mataair P',
      'Jatmiko Embungraya L',
      'Kirana Sungaibiru P',
      'Lesmana Kolamjati L',
      'Melati Rintikhujan P',
      'Nugraha Danaubening L',
      'Oktarina Pancuran P',
      'Pramudya Tetesembun L',
    ],
    ['Pengelola Bantuan Sosial', 'Pekerja Sosial Ahli Muda', 'Pengolah Data'],
  ),
  office(
    'Dinas Kesehatan',
    ['Dinkes'],
    'Kepala Dinas Kesehatan',
    ['Kesehatan Masyarakat', 'Pelayanan Kesehatan', 'Promosi Kesehatan'],
    [
      'Qomarudin Airterjun L',
      'Ratnasih Muararaya P',
      'Saptaji Hulurimba L',
      'Tunjung Hilirsari P',
      'Umayi Seratawan P',
      'Verdiman Kanalbaru L',
      'Widuri Selokawati P',
    ],
    ['Pengelola Program Kesehatan', 'Epidemiolog Kesehatan Ahli Muda', 'Pengadministrasi Umum'],
  ),
  office(
    'Dinas Pendidikan',
    ['Disdik'],
    'Kepala Dinas Pendidikan',
    ['Pembinaan Sekolah Dasar', 'Ketenagaan', 'Kurikulum'],
    [
      null,
      'Yudhanta Gerimis L',
      'Zahrani Pelangibiru P',
      'Abimanyu Kabutpagi L',
      'Bestari Mendungjingga P',
      'Cakrawala Fajarbumi L',
      'Dewanti Senjakala P',
      'Erlangga Batukali L',
    ],
    ['Pengelola Kurikulum', 'Pengembang Teknologi Pembelajaran', 'Pengolah Data'],
  ),
  office(
    'Dinas Kependudukan dan Pencatatan Sipil',
    ['Disdukcapil', 'Dukcapil'],
    'Kepala Dinas Kependudukan dan Pencatatan Sipil',
    ['Pendaftaran Penduduk', 'Pencatatan Sipil', 'Identitas Penduduk'],
    [
      'Febrina Pasirputih P',
      'Gumilang Karanglaut L',
      'Hestiani Buihombak P',
      'Iskandaru Tanjungraya L',
      'Jelita Ombaksari P',
      'Kuncoro Pantaisepi L',
      'Larasati Kerangmas P',
      'Mahardika Teluksari L',
    ],
    ['Operator Layanan', 'Administrator Database Kependudukan', 'Pengadministrasi Umum'],
  ),
  office(
    'Dinas Komunikasi, Informatika dan Statistik',
    ['DKIS', 'Diskominfo'],
    'Kepala Dinas Komunikasi, Informatika dan Statistik',
    ['Informasi Publik', 'Teknologi Informasi', 'Layanan Media'],
    [
      'Nirmalasari Awanbiru P',
      'Oetomo Angintimur L',
      'Puspitaning Cahyalaut P',
      'Raditya Gelombangelok L',
      'Sekarayu Anginlembut P',
      'Tirtana Kilatsenja L',
      'Utari Langitjernih P',
    ],
    ['Operator Konferensi Video', 'Pranata Humas Ahli Muda', 'Pengolah Data'],
  ),
  office(
    'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia',
    ['BKPSDM', 'BKD'],
    'Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia',
    ['Mutasi', 'Disiplin dan Kinerja', 'Data Pegawai'],
    [
      'Wibisana Bukitraya L',
      'Yuliarni Lerenghijau P',
      'Ardhani Puncaksari L',
      'Byantara Lembahdalam L',
      'Citrawati Rimbasunyi P',
      'Damarjati Hutanpinus L',
      'Eyrani Padangilalang P',
    ],
    ['Pengelola Kepegawaian', 'Analis SDM Aparatur Ahli Muda', 'Pengadministrasi Umum'],
  ),
  office(
    'Satuan Polisi Pamong Praja',
    ['Satpol PP', 'Pol PP'],
    'Kepala Satuan Polisi Pamong Praja',
    ['Ketertiban Umum', 'Penegakan Peraturan', 'Patroli'],
    [
      'Gandawira Kerisbumi L',
      'Harumi Tembagasari P',
      'Ismoyo Perungguraya L',
      'Jayengrana Bajabiru L',
      'Kinasih Peraksenja P',
      'Lanangjaya Emaspagi L',
      'Mentari Timahputih P',
      'Nalendra Besikuning L',
    ],
    ['Anggota Patroli', 'Polisi Pamong Praja Ahli Muda', 'Pengadministrasi Umum'],
  ),
];

/** "Arunika Tirtabayu P" → name and the digit of the sex. */
export function personOf(holder: string): { name: string; sex: 1 | 2 } {
  return { name: holder.slice(0, -2), sex: holder.endsWith('L') ? 1 : 2 };
}

/** A number that fits the rule; `index` makes it one of its kind. */
export function nipOf(index: number, sex: 1 | 2): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const birthYear = 1969 + ((index * 7) % 29);
  const appointed = Math.max(birthYear + 23, 1994);
  return `${birthYear}${two(1 + (index % 12))}${two(1 + ((index * 5) % 28))}${appointed}${two(1 + ((index * 3) % 12))}${sex}${String(900 + index).padStart(3, '0')}`;
}
