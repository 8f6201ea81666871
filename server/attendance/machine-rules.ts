// What a log of an attendance machine says, and which days do not fit their code. Pure; times in milliseconds. Nothing here says why:
// a machine knows when it was touched, and a named human knows the rest.
import type { CaseKind, MachineFormat } from '../../shared/machine.ts';
import type { Zone } from '../../shared/people.ts';
import type { DayCode } from '../../shared/roster.ts';
import { boundsOf } from '../platform/local-time.ts';
import type { FileRow } from './machine-file.ts';
import type { Span } from './spans.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A machine whose clock runs a little ahead is no reason to lose a touch. */
const AHEAD_MS = 10 * MINUTE_MS;
/** Coming before and staying after is nobody's question; this much before or after is. Our own rule. */
const AROUND_MS = 2 * 3_600_000;
const HEAD_ROWS = 20;

const titles = {
  pin: ['nip', 'pin', 'userid', 'iduser', 'nouser', 'acno', 'enrollno', 'enrollnumber', 'badgenumber', 'nopegawai', 'idpegawai', 'employeeid', 'empno', 'personid', 'personnelid', 'idpengguna', 'noid', 'id'], // prettier-ignore
  at: ['waktu', 'tanggalwaktu', 'tglwaktu', 'waktuscan', 'tanggalscan', 'waktupresensi', 'waktuabsen', 'waktukejadian', 'datetime', 'dateandtime', 'timestamp', 'checktime', 'punchtime', 'scantime', 'eventtime', 'tanggal', 'tgl', 'date', 'time'], // prettier-ignore
  clock: ['jam', 'pukul', 'waktu', 'jamscan', 'time', 'clock'],
  device: ['mesin', 'namamesin', 'device', 'devicename', 'deviceid', 'terminal', 'alat', 'machine', 'reader', 'lokasi', 'location', 'sn', 'serialnumber'], // prettier-ignore
};
const bare = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]/g, '');
const called = (cells: readonly string[], names: readonly string[], not: readonly number[] = []): number => {
  const places = names.map((name) => cells.findIndex((cell, n) => bare(cell) === name && !not.includes(n)));
  return places.find((place) => place !== -1) ?? -1;
};

/** The columns of a file by the titles the usual machines give them, or by what stands in them; null: not recognised. */
export function recognised(rows: readonly FileRow[]): MachineFormat | null {
  const head = rows.slice(0, HEAD_ROWS).findIndex(({ cells }) => called(cells, titles.pin) !== -1 && called(cells, titles.at) !== -1);
  return head === -1 ? byContent(rows) : byTitles(rows[head]!.cells, rows.slice(head + 1));
}

function byTitles(header: readonly string[], rows: readonly FileRow[]): MachineFormat | null {
  const pin = called(header, titles.pin);
  const samples = (place: number): string[] => rows.slice(0, 50).flatMap(({ cells }) => (cells[place] ? [cells[place]] : []));
  const candidates = titles.at.flatMap((name) => header.flatMap((cell, n) => (bare(cell) === name && n !== pin ? [n] : [])));
  const dated = candidates.find((place) => samples(place).some((text) => dateIn(text, 'dmy') !== null));
  if (dated === undefined) return null;
  const whole = samples(dated).some((text) => timeIn(text) !== null);
  const clock = whole ? -1 : called(header, titles.clock, [pin, dated]);
  if (!whole && clock === -1) return null;
  const device = called(header, titles.device, [pin, dated, clock]);
  const name = (place: number): string | null => (place === -1 ? null : (header[place] ?? null));
  return { header: true, pin: header[pin]!, at: header[dated]!, clock: name(clock), device: name(device), order: orderOf(samples(dated)) };
}

function byContent(rows: readonly FileRow[]): MachineFormat | null {
  const first = rows[0]?.cells ?? [];
  const at = first.findIndex((cell) => dateIn(cell, 'dmy') !== null);
  const pin = first.findIndex((cell, n) => n !== at && /^'?\d{1,18}$/.test(cell));
  if (at === -1 || pin === -1) return null;
  const whole = timeIn(first[at] ?? '') !== null;
  const clock = whole ? -1 : first.findIndex((cell, n) => n !== at && n !== pin && timeIn(cell) !== null);
  if (!whole && clock === -1) return null;
  // The log as the machines themselves keep it: number, time, number of the machine.
  const device = Math.max(at, clock) + 1;
  const samples = rows.slice(0, 50).flatMap(({ cells }) => cells[at] ?? []);
  return {
    header: false,
    pin: String(pin + 1),
    at: String(at + 1),
    clock: clock === -1 ? null : String(clock + 1),
    device: /^\d{1,4}$/.test(first[device] ?? '') && device !== pin ? String(device + 1) : null,
    order: orderOf(samples),
  };
}

/** Days before months, as it is written here, unless the file shows that it cannot be. */
function orderOf(samples: readonly string[]): MachineFormat['order'] {
  const parts = samples.flatMap((text) =>
    [/^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}/.exec(text)].flatMap((found) => (found ? [[Number(found[1]), Number(found[2])]] : [])),
  );
  return parts.some(([, second = 0]) => second > 12) && !parts.some(([first = 0]) => first > 12) ? 'mdy' : 'dmy';
}

/** Where the columns are in this file; `start`: the first row below the header. A title that is missing is named. */
export type Places = { pin: number; at: number; clock: number | null; device: number | null; start: number } | { missing: string[] };
export function placesOf(format: MachineFormat, rows: readonly FileRow[]): Places {
  const wanted = [format.pin, format.at, format.clock, format.device];
  if (!format.header) {
    const [pin = 0, at = 0, clock = null, device = null] = wanted.map((column) => (column === null ? null : Number(column) - 1));
    return Number.isInteger(pin) && Number.isInteger(at) && pin !== null && at !== null && pin >= 0 && at >= 0
      ? { pin, at, clock, device, start: 0 }
      : { missing: [format.pin] };
  }
  const find = (cells: readonly string[], title: string | null): number => (title === null ? -1 : cells.findIndex((cell) => bare(cell) === bare(title)));
  const head = rows.slice(0, HEAD_ROWS).findIndex(({ cells }) => wanted.slice(0, 3).every((title) => title === null || find(cells, title) !== -1));
  const cells = rows[head]?.cells;
  if (!cells) {
    const all = rows.slice(0, HEAD_ROWS).flatMap((row) => row.cells);
    return { missing: wanted.slice(0, 3).filter((title) => title !== null && find(all, title) === -1) as string[] };
  }
  const place = (title: string | null): number | null => (find(cells, title) === -1 ? null : find(cells, title));
  return { pin: place(format.pin)!, at: place(format.at)!, clock: place(format.clock), device: place(format.device), start: head + 1 };
}

export type Punch = { line: number; pin: string; at: Date; device: string };
export type Reader = { places: Exclude<Places, { missing: string[] }>; order: MachineFormat['order']; zone: Zone; now: Date };

/** One line, or why it is not understood. */
export function punchIn({ line, cells }: FileRow, { places, order, zone, now }: Reader): Punch | { line: number; text: string; why: string } {
  const no = (why: string) => ({ line, text: cells.filter((cell) => cell !== '').join(' | ').slice(0, 80), why }); // prettier-ignore
  const written = (cells[places.pin] ?? '').replace(/^'/, '').replaceAll(/[.\s]/g, '');
  if (written === '') return no('kolom NIP/PIN kosong');
  if (/^\d(?:\.\d+)?e\+\d+$/i.test(cells[places.pin]?.replaceAll(/\s/g, '') ?? '')) return no('NIP terpotong oleh lembar kerja; simpan kolom itu sebagai teks');
  if (!/^[\w-]{1,40}$/.test(written)) return no('NIP/PIN bukan angka atau kode');
  const dated = cells[places.at] ?? '';
  const clock = places.clock === null ? dated : (cells[places.clock] ?? '');
  if (dated === '' || clock === '') return no('tanggal atau jam kosong');
  const day = dateIn(dated, order);
  if (day === null) return no('tanggal tidak dikenal');
  const time = timeIn(clock);
  if (time === null) return no('jam tidak dikenal');
  const at = new Date(boundsOf(day, zone).from.getTime() + time);
  if (at.getTime() > now.getTime() + AHEAD_MS) return no('waktunya belum terjadi');
  if (day < '2000-01-01') return no('tahunnya bukan tahun mesin presensi');
  return { line, pin: pinOf(written), at, device: (places.device === null ? '' : (cells[places.device] ?? '')).slice(0, 60) };
}
/** Machines write 000123 for 123. */
export const pinOf = (written: string): string => (/^0\d+$/.test(written) ? written.replace(/^0+(?=\d)/, '') : written);

/** A day of a workbook is a number of days since 30 December 1899. */
const serial = (text: string): number | null => (/^\d{5}(?:\.\d+)?$/.test(text) && Number(text) > 36_525 && Number(text) < 73_051 ? Number(text) : null);

function dateIn(text: string, order: MachineFormat['order']): string | null {
  const days = serial(text);
  if (days !== null) return new Date(Date.UTC(1899, 11, 30) + Math.floor(days) * DAY_MS).toISOString().slice(0, 10);
  const plain = text.replace(/^'/, '');
  const [, y, m1, d1] = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)/.exec(plain) ?? [];
  const [, a, b, y2] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/.exec(plain) ?? [];
  const [year, month, day] = y !== undefined ? [y, m1, d1] : order === 'dmy' ? [y2, b, a] : [y2, a, b];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${written}T00:00:00Z`);
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== written ? null : written;
}

/** Milliseconds since midnight; `07:31`, `07.31.05`, `5:02 PM`, a date before it, or the fraction of a day. */
function timeIn(text: string): number | null {
  if (/^\d{5}\.\d+$|^0?\.\d+$|^0$/.test(text)) return Math.round((Number(text) % 1) * 86_400) * 1_000;
  const [, h, m, s = '0', half] = /(?:^|[\sT,])(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)? ?(am|pm)?(?: ?(?:wib|wita|wit))?$/i.exec(text) ?? [];
  if (h === undefined || m === undefined) return null;
  const hour = half === undefined ? Number(h) : (Number(h) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return hour > 23 || Number(m) > 59 || Number(s) > 59 ? null : (hour * 60 + Number(m)) * MINUTE_MS + Number(s) * 1_000;
}

type DayKind = 'kerja' | 'akhir_pekan' | 'libur' | 'cuti_bersama';
/** `hours`: of the shift somebody is on duty in, else of the office; null: nobody is expected by them. `must`: with this code one records. `covered`: the log on record tells of this day. */
export type MachineDay = {
  code: DayCode | null;
  kind: DayKind;
  hours: Span | null;
  must: boolean;
  punches: readonly number[];
  covered: boolean;
  over: boolean;
};

/** `night`: the shift of the day before, where it ends on this day; its touches belong to the day it began. `own`: the shift of the day itself, to which what is nearer to it belongs. */
export function isOfNight(at: number, night: Span | null, own: Span | null): boolean {
  if (night === null) return false;
  return at <= (own && own.from > night.to ? Math.min(night.to + AROUND_MS, (night.to + own.from) / 2) : night.to + AROUND_MS);
}

const AWAY: readonly (DayCode | null)[] = ['CUTI', 'SAKIT', 'DL'];

/** What of a day is for a human to look at. The log's silence says nothing where there is no log. */
export function casesOf({ code, hours, must, punches, covered, over, kind }: MachineDay): CaseKind[] {
  const found: CaseKind[] = [];
  const holiday = kind === 'libur' || kind === 'cuti_bersama';
  if (code === 'WFH' && punches.length > 0) found.push('wfh_merekam');
  if (AWAY.includes(code) && punches.length > 0) found.push('rekam_saat_cuti');
  if (must && covered && over && punches.length === 0 && (code === 'PIKET' || !holiday)) found.push('tanpa_rekam');
  // On duty on a day off, by no shift that is known: any time may be right.
  const strange = (at: number): boolean => (hours === null ? code !== 'PIKET' : at < hours.from - AROUND_MS || at > hours.to + AROUND_MS);
  if (found.length === 0 && punches.some(strange)) found.push('di_luar_jam');
  return found;
}

/** Minutes late and early, of those whose work hours the machine keeps; `early` only where there are two touches and the day is over. */
export function keptHours({ hours, must, punches, over }: MachineDay): { late: number; early: number } {
  const [first, last] = [punches[0], punches.at(-1)];
  if (!must || hours === null || first === undefined || last === undefined) return { late: 0, early: 0 };
  const minutes = (ms: number): number => Math.max(0, Math.floor(ms / MINUTE_MS));
  // A single touch in the afternoon is that of leaving: of when somebody came it says nothing.
  const came = first < (hours.from + hours.to) / 2;
  return { late: came ? minutes(first - hours.from) : 0, early: over && last >= (hours.from + hours.to) / 2 ? minutes(hours.to - last) : 0 };
}
