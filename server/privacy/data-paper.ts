// Data saya in the words of the paper. Indonesian: a person hands it to an office.
import type { z } from 'zod';
import type { CalleeState, Channel } from '../../shared/calls.ts';
import { lookText } from '../../shared/look-words.ts';
import type { MyData } from '../../shared/privacy.ts';
import type { DataSaya } from '../letters/index.ts';

type Data = z.input<typeof MyData>;

const sourceText: Record<string, string> = {
  webhook: 'pemberitahuan server media',
  poll: 'pemeriksaan daftar peserta',
  heartbeat: 'detak peramban',
  supervisor: 'pengawas server media',
  koreksi: 'koreksi yang diterima',
};
const markText: Record<string, string> = {
  hadir_wfh: 'hadir – WFH',
  belum_ada_bukti: 'belum ada bukti',
  gangguan_sistem: 'gangguan sistem',
  tidak_dinilai: 'tidak dinilai dari rapat',
};
const callText: Record<CalleeState, string> = {
  memanggil: 'belum menjawab',
  menjawab: 'menjawab',
  menolak: 'menolak',
  menyusul: 'menyusul',
  bergabung: 'bergabung',
  dibatalkan: 'dibatalkan pemanggil',
  berakhir: 'berakhir tanpa jawaban',
};
const channelText: Record<Channel, string> = { tab: 'tab terbuka', push: 'notifikasi', sms: 'SMS', whatsapp: 'WhatsApp', sip: 'telepon', email: 'surel' };
const outcomeText: Record<string, string> = { sesuai: 'sesuai', tidak_hadir: 'tidak hadir', gangguan_sistem: 'gangguan sistem' };
const stateText: Record<string, string> = { open: 'menunggu keputusan', accepted: 'diterima', rejected: 'ditolak', withdrawn: 'ditarik kembali' };

const saidText: Record<Data['said'][number]['kind'], string> = {
  jawaban: 'jawaban undangan',
  disposisi: 'disposisi',
  takarir: 'Takarir',
  obrolan: 'obrolan',
  suara: 'suara',
  materi: 'materi',
  ruang_tunggu: 'ruang tunggu',
  tindakan: 'tindakan pemimpin rapat',
  permintaan: 'permintaan fasilitas',
  pemberitahuan: 'pemberitahuan',
};
const caseText: Record<Data['machine']['decisions'][number]['kind'], string> = {
  wfh_merekam: 'WFH, tetapi merekam di mesin',
  tanpa_rekam: 'wajib rekam, tidak ada rekaman',
  rekam_saat_cuti: 'tidak bertugas di kantor, tetapi merekam',
  di_luar_jam: 'rekaman di luar jam kerja',
};
const actText = { catatan: 'dicatat', biarkan: 'dibiarkan' };

export function dataPaper(data: Data, address: string): DataSaya {
  const { zone } = data;
  const say = (options: Intl.DateTimeFormatOptions) => (instant: string) =>
    new Intl.DateTimeFormat('id-ID', { timeZone: zone, ...options }).format(new Date(instant));
  const at = say({ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const clock = say({ hour: '2-digit', minute: '2-digit' });
  const longDay = say({ day: 'numeric', month: 'long', year: 'numeric' });
  const date = (day: string): string => day.split('-').toReversed().join('/');
  const made = new Date(data.madeAt);
  return {
    judul: 'Data Saya',
    daerah: /^pemerintah/i.test(data.regionName) ? data.regionName : `Pemerintah ${data.regionName}`,
    nama: data.person.name,
    tanggalDokumen: [made.getUTCFullYear(), made.getUTCMonth() + 1, made.getUTCDate()],
    perihal: [
      ['Nama', data.person.name],
      ['NIP', data.person.nip ?? '–'],
      ['Jabatan', data.person.position ?? '–'],
      ['OPD', data.person.opdName ?? '–'],
      ['Masa', `${longDay(`${data.from}T12:00:00Z`)} – ${longDay(`${data.to}T12:00:00Z`)}`],
      ['Dibuat', at(data.madeAt)],
      ['Kontak', data.officer ?? 'Pejabat pelindungan data pribadi, melalui unit pengelola portal'],
    ],
    bagian: [
      {
        judul: 'Kehadiran rapat',
        catatan: 'Setiap baris satu kali di dalam rapat, dengan keyakinan dan saksinya.',
        lebar: [3, 2, 1.2, 2.6],
        kepala: ['Rapat', 'Waktu', 'Keyakinan', 'Menurut'],
        baris: data.meetings.flatMap((m) =>
          m.intervals.map((i) => [
            m.conference ? `Konferensi pers: ${m.title}` : m.title,
            `${at(i.from)} – ${i.to === null ? 'masih di dalam' : clock(i.to)}`,
            i.confidence,
            i.sources.map((s) => sourceText[s] ?? s).join(', '),
          ]),
        ),
        kosong: 'Tidak ada kehadiran rapat dalam masa ini.',
      },
      {
        judul: 'Hari',
        catatan: null,
        lebar: [1.3, 1, 2, 1, 3],
        kepala: ['Tanggal', 'Kode', 'Terbaca', 'Menit', 'Konfirmasi'],
        baris: data.days.map((d) => [
          date(d.date),
          d.code ?? '–',
          markText[d.mark] ?? d.mark,
          String(d.minutes),
          d.confirmed ? `${outcomeText[d.confirmed.outcome] ?? d.confirmed.outcome}, oleh ${d.confirmed.by}, ${at(d.confirmed.at)}` : 'belum dikonfirmasi',
        ]),
        kosong: 'Tidak ada hari yang tercatat dalam masa ini.',
      },
      {
        judul: 'Jadwal berikutnya',
        catatan:
          [
            ...data.roster.groups.map((g) => `Kelompok fungsi: ${g.name}, ${date(g.from)} – ${g.until === null ? 'seterusnya' : date(g.until)} (${g.basis}).`),
            ...(data.roster.homeFirst === null
              ? []
              : [`Tanda didahulukan WFH karena kesehatan: ada, sejak ${at(data.roster.homeFirst)}. Sebabnya tidak disimpan.`]),
          ].join(' ') || null,
        lebar: [1.3, 1, 5],
        kepala: ['Tanggal', 'Kode', 'Dasar'],
        baris: data.roster.ahead.map((d) => [date(d.date), d.code, d.basis]),
        kosong: 'Belum ada hari yang ditetapkan sesudah hari ini.',
      },
      {
        judul: 'Mesin presensi',
        catatan: data.machine.pins.map((p) => `PIN ${p.pin} (${p.opdName ?? '–'}) sejak ${date(p.from)}, ditetapkan ${p.byName ?? '–'}.`).join(' ') || null,
        lebar: [1.8, 2.4, 3],
        kepala: ['Waktu', 'Mesin', 'OPD'],
        baris: data.machine.touches.map((t) => [at(t.at), t.device ?? '–', t.opdName]),
        kosong: 'Tidak ada rekaman mesin dalam masa ini.',
      },
      {
        judul: 'Putusan atas hari yang tidak sesuai kode',
        catatan: null,
        lebar: [1.3, 2.6, 2.6, 2],
        kepala: ['Tanggal', 'Yang tidak sesuai', 'Putusan', 'Oleh'],
        baris: data.machine.decisions.map((d) => [
          date(d.date),
          caseText[d.kind],
          `${d.act === 'ubah_kode' ? `kode menjadi ${d.code ?? '–'}` : actText[d.act]}${d.note === null ? '' : `: ${d.note}`}`,
          `${d.byName ?? '–'}, ${at(d.at)}`,
        ]),
        kosong: 'Tidak ada putusan.',
      },
      {
        judul: 'Koreksi',
        catatan: null,
        lebar: [1.3, 3, 3],
        kepala: ['Tanggal', 'Alasan', 'Keputusan'],
        baris: data.corrections.map((c) => [
          date(c.date),
          `${c.reason} (diajukan ${c.requestedBy})`,
          c.decision ? `${stateText[c.state]} oleh ${c.decision.by}${c.decision.reason ? `: ${c.decision.reason}` : ''}` : (stateText[c.state] ?? c.state),
        ]),
        kosong: 'Tidak ada koreksi.',
      },
      {
        judul: 'Panggilan mendesak',
        catatan: null,
        lebar: [1.6, 2.4, 2.4, 2.4],
        kepala: ['Waktu', 'Perihal', 'Sebagai', 'Jawaban'],
        baris: data.calls.map((c) => [
          at(c.placedAt),
          `${c.subject} (${c.callerName}, ${c.callerAs})`,
          c.youAs.join(', ') || 'pemanggil',
          c.state === null
            ? '–'
            : `${callText[c.state]}${c.reason === null ? '' : `: ${c.reason}`}; ${c.rounds} kali dering lewat ${c.channels.map((ch) => channelText[ch]).join(', ') || '–'}`,
        ]),
        kosong: 'Tidak ada panggilan dalam masa ini.',
      },
      {
        judul: 'Undangan, ucapan, dan pemberitahuan',
        catatan: 'Dari suara rahasia hanya tercatat bahwa Anda memberikannya.',
        lebar: [1.6, 1.6, 2.4, 4],
        kepala: ['Waktu', 'Jenis', 'Rapat', 'Isi'],
        baris: data.said.map((s) => [at(s.at), saidText[s.kind], s.meeting ?? '–', s.detail === null ? s.words.id : `${s.words.id} (${s.detail})`]),
        kosong: 'Tidak ada dalam masa ini.',
      },
      {
        judul: 'Siapa yang melihat dan mengunduh',
        catatan: `Selain itu daftar seluruh pegawai daerah dibuka ${data.regionLooks} kali dalam masa ini.`,
        lebar: [1.8, 2, 2.4, 2.4],
        kepala: ['Waktu', 'Oleh', 'Tindakan', 'Tentang'],
        baris: data.looks.map((l) => [at(l.at), l.by ?? 'Portal', lookText(l.what, 'id'), l.about ?? '–']),
        kosong: 'Tidak ada yang melihat data Anda dalam masa ini.',
      },
      {
        judul: 'Ekspor yang memuat Anda',
        catatan: null,
        lebar: [1.3, 1, 2.4, 2.4, 1.4],
        kepala: ['Tanggal', 'Kode', 'Berkas', 'Dibuat', 'Keadaan'],
        baris: data.exports.map((e) => [
          date(e.date),
          e.code ?? '–',
          `${e.opdName ?? '–'}, ${e.month}, nomor ${e.serial}`,
          `${e.madeBy ?? '–'}, ${at(e.madeAt)}`,
          e.reason === null ? e.state : `${e.state}: ${e.reason}`,
        ]),
        kosong: 'Tidak ada ekspor yang memuat Anda dalam masa ini.',
      },
      {
        judul: 'Pemberitahuan yang Anda baca',
        catatan: null,
        lebar: [1, 2, 5],
        kepala: ['Versi', 'Dibaca', 'Sidik jari teks (SHA-256)'],
        baris: data.notices.map((n) => [`v${n.version} (${n.language})`, at(n.at), n.sha256]),
        kosong: 'Belum ada pemberitahuan yang Anda baca.',
      },
      {
        judul: 'Perangkat tempat Anda masuk',
        catatan: null,
        lebar: [3, 2, 2],
        kepala: ['Perangkat', 'Sejak', 'Terakhir'],
        baris: data.sessions.map((s) => [s.device, at(s.since), at(s.lastSeen)]),
        kosong: 'Tidak ada.',
      },
      {
        judul: 'Cara Anda masuk',
        catatan: 'Rahasia dan kodenya tidak pernah dimuat.',
        lebar: [3, 2, 2],
        kepala: ['Cara', 'Sejak', 'Terakhir dipakai'],
        baris: [
          ...(data.factors.totp ? [['Aplikasi kode', at(data.factors.totp.since), '–']] : []),
          ...data.factors.passkeys.map((k) => [`Passkey: ${k.name}`, at(k.madeAt), k.usedAt === null ? '–' : at(k.usedAt)]),
          ...(data.factors.recoveryLeft > 0 ? [[`Kode pemulihan, tersisa ${data.factors.recoveryLeft}`, '–', '–']] : []),
          ...data.officeAccounts.map((a) => [`Akun dinas ${a.subject} di ${a.issuer}`, at(a.since), '–']),
        ],
        kosong: 'Hanya kata sandi.',
      },
      {
        judul: 'Berapa lama disimpan',
        catatan: null,
        lebar: [3, 1, 4],
        kepala: ['Kelas', 'Bulan', 'Dasar'],
        baris: data.kept.map((k) => [k.name, String(k.months), k.basis]),
        kosong: '–',
      },
    ],
    catatan: 'Salinan ini memuat data Anda sendiri. Nama orang lain hanya tampak sebagai pejabat yang bertindak. Koreksi diajukan di halaman Presensi.',
    alamat: address,
  };
}
