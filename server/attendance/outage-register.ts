// The register of outages by month, and the paper that says so: while the system is away, attendance on paper is valid.
import type { OutageRegister } from '../../shared/outages.ts';
import type { Zone } from '../../shared/people.ts';
import type { KeteranganGangguan, Letters } from '../letters/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import type { Ledger } from '../platform/ledger-keeper.ts';
import { rootText } from '../platform/ledger.ts';
import type { Outages } from '../platform/outages.ts';
import type { ServedFile, SignedIn } from '../platform/serve.ts';
import type { Rooms } from '../rooms/index.ts';
import { boundsOf, clockText, dayIn, monthText, shortDateText } from '../platform/local-time.ts';
import { governmentOf } from '../platform/region.ts';
import { heldBetween, type HeldWorld } from './held.ts';
import { outageText } from './paper.ts';
import { lengthOf, spanOf, unionOf } from './spans.ts';

export type OutageWorld = HeldWorld & {
  sql: Sql;
  clock: Clock;
  people: Pick<People, 'persons' | 'topOpd' | 'regionName'>;
  rooms: Pick<Rooms, 'alarms'>;
  letters: Pick<Letters, 'pdf' | 'origin'>;
  ledger: Pick<Ledger, 'root'>;
  outages: Pick<Outages, 'between'>;
};
export type OutageVerbs = ReturnType<typeof createOutageRegister>;

/** An outage of seconds is not one of none. */
const minutesOf = (windows: readonly { from: Date; to: Date | null }[], now: Date): number =>
  windows.length === 0 ? 0 : Math.max(1, Math.round(lengthOf(unionOf(windows.map((w) => spanOf(w, now)))) / 60_000));

const monthAfter = (month: string): string => {
  const [year = 0, n = 1] = month.split('-').map(Number);
  return n === 12 ? `${year + 1}-01` : `${year}-${String(n + 1).padStart(2, '0')}`;
};

export function createOutageRegister({ sql, clock, people, rooms, meetings, alsoHeld, letters, ledger, outages }: OutageWorld) {
  const zoneOf = async (person: SignedIn): Promise<Zone> => (await people.persons(sql, [person.id])).get(person.id)?.opd?.zone ?? 'Asia/Jakarta';

  /** The windows that touch a month of the office, whole. */
  async function register(person: SignedIn, asked: string | undefined): Promise<OutageRegister> {
    const zone = await zoneOf(person);
    const now = clock.now();
    const month = asked ?? dayIn(now, zone).slice(0, 7);
    const windows = await outages.between(sql, boundsOf(`${month}-01`, zone).from, boundsOf(`${monthAfter(month)}-01`, zone).from);
    const [first, last] = [windows[0]?.from, windows.map((w) => w.to ?? now).reduce((a, b) => (a > b ? a : b), new Date(0))];
    const held = first ? [...(await heldBetween({ meetings, alsoHeld }, sql, first, last)).values()] : [];
    return {
      month,
      zone,
      outages: windows.map(({ what, from, to }) => ({
        what,
        from: from.toISOString(),
        to: to?.toISOString() ?? null,
        minutes: minutesOf([{ from, to }], now),
        meetings: held.filter((m) => m.startedAt < (to ?? now) && (m.endedAt ?? now) > from).length,
      })),
      minutes: minutesOf(windows, now),
      alarms: [
        ...(await outages.between(sql, now, new Date(now.getTime() + 1))).flatMap(({ what, from, to }) =>
          to === null ? [{ what: `away_${what}`, since: from.toISOString(), detail: '' }] : [],
        ),
        ...rooms.alarms().map(({ what, since, detail }) => ({ what, since: since.toISOString(), detail })),
      ],
    };
  }

  async function certificate(person: SignedIn, asked: string | undefined): Promise<ServedFile> {
    const list = await register(person, asked);
    const opd = person.opdId === null ? null : await people.topOpd(sql, person.opdId);
    const region = governmentOf(await people.regionName(sql));
    const root = await ledger.root();
    const now = clock.now();
    const paper = paperOf(list, { now, region, opd: opd?.name ?? 'Sekretariat Daerah', url: `${letters.origin}/gangguan?bulan=${list.month}` });
    return {
      content: await letters.pdf('keterangan-gangguan', { ...paper, akar: root && rootText(root) }, now),
      name: `surat-keterangan-gangguan-${list.month}.pdf`,
    };
  }

  return { register, certificate };
}

type About = { now: Date; region: string; opd: string; url: string };

export function paperOf({ month, zone, outages, minutes }: OutageRegister, { now, region, opd, url }: About): Omit<KeteranganGangguan, 'akar'> {
  const bulan = monthText(month);
  const day = dayIn(now, zone).split('-').map(Number);
  const clock = (at: string): string => `${shortDateText(new Date(at), zone)}, ${clockText(new Date(at), zone)}`;
  const until = dayIn(now, zone).startsWith(month) ? ` sampai dengan ${shortDateText(now, zone)} pukul ${clockText(now, zone)}` : '';
  const none = outages.length === 0;
  return {
    judul: 'Surat Keterangan Gangguan Sistem',
    daerah: region,
    opd,
    bulan,
    tanggalDokumen: [day[0] ?? 1970, day[1] ?? 1, day[2] ?? 1],
    pembuka: none
      ? `Dengan ini diterangkan bahwa menurut catatan portal tidak terjadi gangguan sistem presensi elektronik pada bulan ${bulan}${until}.`
      : `Dengan ini diterangkan bahwa sistem presensi elektronik (portal rapat dan presensi) tidak dapat dipakai sepenuhnya pada waktu-waktu berikut dalam bulan ${bulan}${until}:`,
    baris: outages.map((w, n) => ({
      no: String(n + 1),
      apa: outageText[w.what],
      mulai: clock(w.from),
      selesai: w.to === null ? 'masih berlangsung' : clock(w.to),
      menit: String(w.minutes),
      rapat: w.meetings === 0 ? '–' : String(w.meetings),
    })),
    ringkasan: none ? '' : `Seluruhnya ${minutes} menit; waktu yang terganggu bersamaan dihitung sekali.`,
    penutup: [
      ...(none
        ? []
        : [
            'Menit gangguan tidak dihitung terhadap siapa pun. Pada waktu tersebut presensi manual yang disahkan atasan langsung berlaku sebagai bukti kehadiran.',
          ]),
      'Gangguan diketahui dari denyut sistem setiap 5 detik: terputus lebih dari 15 detik dicatat sebagai gangguan, dengan ketelitian ± 10 detik. Catatannya berantai dalam buku bukti portal.',
    ],
    alamat: url,
    dibuat: `Dibuat pada ${shortDateText(now, zone)}`,
    penandatangan: `Kepala ${opd}`,
  };
}
