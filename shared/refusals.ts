// Every code the portal refuses with: its HTTP status and its words. The only table.
// `{name}` in a text is filled from the refusal's values. The server sends the text in the caller's language.
export const refusals = {
  'input.invalid': [400, 'Ada isian yang perlu diperbaiki.', 'Some fields need correcting.'],
  'input.not_json': [400, 'Isi permintaan bukan JSON yang sah.', 'The request body is not valid JSON.'],
  'input.too_large': [413, 'Isi permintaan terlalu besar (paling banyak {limit}).', 'The request body is too large (at most {limit}).'],
  'input.media_type': [415, 'Jenis isi permintaan tidak didukung. Gunakan {expected}.', 'This content type is not supported. Use {expected}.'],
  'session.required': [401, 'Sesi Anda sudah berakhir. Silakan masuk lagi.', 'Your session has ended. Please sign in again.'],
  'session.wrong': [401, 'NIP/surel atau kata sandi tidak cocok.', 'The NIP/e-mail or password does not match.'],
  'session.slow_down': [429, 'Terlalu banyak percobaan. Coba lagi dalam {seconds} detik.', 'Too many attempts. Try again in {seconds} seconds.'],
  'origin.refused': [403, 'Permintaan dari situs lain ditolak.', 'Requests from another site are refused.'],
  'role.missing': [403, 'Anda tidak berwenang untuk tindakan ini.', 'You are not authorised to do this.'],
  'limit.reached': [429, 'Terlalu banyak permintaan. Coba lagi dalam {seconds} detik.', 'Too many requests. Try again in {seconds} seconds.'],
  not_found: [404, 'Tidak ditemukan.', 'Not found.'],
  'portal.unavailable': [
    503,
    'Portal sedang tidak dapat menyimpan data. Coba lagi sebentar lagi.',
    'The portal cannot save data right now. Try again in a moment.',
  ],
  'portal.broken': [
    500,
    'Terjadi kesalahan di portal. Kejadian ini sudah dicatat ({reference}).',
    'Something went wrong in the portal. It has been recorded ({reference}).',
  ],
  'media.unavailable': [
    503,
    'Server media belum siap, sehingga suara dan gambar belum tersedia. Daftar dan obrolan tetap dapat dibuka.',
    'The media server is not ready, so there is no sound or picture yet. Lists and chat still work.',
  ],
  'password.wrong': [400, 'Kata sandi lama tidak cocok.', 'The current password does not match.'],
  'password.weak': [
    400,
    'Kata sandi terlalu mudah ditebak. Gunakan sedikitnya 10 huruf atau angka yang bukan nama atau NIP Anda.',
    'This password is too easy to guess. Use at least 10 characters that are not your name or NIP.',
  ],
  'setup.used': [410, 'Tautan penyiapan ini sudah dipakai atau kedaluwarsa.', 'This set-up link has been used or has expired.'],
  'person.duplicate': [409, '{field} ini sudah dipakai orang lain.', 'This {field} already belongs to somebody else.'],
  'person.self': [409, 'Anda tidak dapat menonaktifkan akun sendiri.', 'You cannot disable your own account.'],
  'opd.not_empty': [409, 'Unit ini masih memiliki jabatan atau sub-unit.', 'This unit still has positions or sub-units.'],
  'holding.overlap': [409, 'Jabatan {position} sudah dipegang {holder} pada tanggal itu.', 'The position {position} is already held by {holder} on that date.'],
  'holding.too_long': [
    400,
    'Plt paling lama 3 bulan; dapat diperpanjang dengan surat baru.',
    'An acting appointment (Plt) lasts at most 3 months; extend it with a new letter.',
  ],
  'import.unreadable': [400, 'Berkas tidak terbaca sebagai CSV: {detail}', 'The file cannot be read as CSV: {detail}'],
  'import.header': [400, 'Baris judul harus memuat kolom: {columns}.', 'The header row must have the columns: {columns}.'],
  'retention.notice_shorter': [
    400,
    'Bukti pemberitahuan harus disimpan sedikitnya selama catatan waktu hadir ({months} bulan).',
    'Proof of the notice must be kept at least as long as the facts of presence ({months} months).',
  ],
  'hold.own': [
    403,
    'Penahanan ini Anda sendiri yang menetapkan. Orang lain yang berwenang harus mencabutnya.',
    'You placed this hold. Somebody else with the authority has to lift it.',
  ],
  'hold.lifted': [409, 'Penahanan ini sudah dicabut.', 'This hold has already been lifted.'],
  'meeting.nobody_invited': [400, 'Pilih sedikitnya satu orang, jabatan, unit, atau tamu.', 'Choose at least one person, position, unit or guest.'],
  'meeting.ended': [410, 'Rapat sudah berakhir pukul {time}.', 'The meeting ended at {time}.'],
  'meeting.not_started': [409, 'Rapat belum dimulai. Jadwal: {time}.', 'The meeting has not started. It is planned for {time}.'],
  'meeting.not_chair': [403, 'Hanya pimpinan rapat yang dapat melakukan ini.', 'Only the chair can do this.'],
  'meeting.removed': [403, 'Pimpinan rapat mengeluarkan Anda dari rapat ini.', 'The chair has removed you from this meeting.'],
  'meeting.chair_stays': [409, 'Pimpinan rapat tidak dapat dikeluarkan.', 'The chair cannot be removed.'],
  'notice.required': [
    428,
    'Baca dahulu pemberitahuan pencatatan kehadiran (versi {version}), lalu tekan Gabung lagi.',
    'Please read the notice on recording attendance (version {version}) first, then press Join again.',
  ],
  'link.revoked': [
    410,
    'Tautan ini sudah tidak berlaku. Minta tautan baru kepada pengundang.',
    'This link is no longer valid. Ask whoever invited you for a new one.',
  ],
  'link.other_device': [
    403,
    'Tautan ini sudah dipakai di perangkat lain. Masuk dengan akun Anda, atau minta tautan baru kepada pengundang.',
    'This link is already in use on another device. Sign in with your account, or ask for a new link.',
  ],
  'sheet.somebody_inside': [
    409,
    'Masih ada yang di dalam rapat: {names}. Akhiri rapat dahulu.',
    'Some people are still inside: {names}. End the meeting first.',
  ],
  'sheet.destroyed': [
    410,
    'Isi daftar hadir ini sudah dimusnahkan menurut jadwal retensi. Nomor dan sidik jarinya tetap tercatat.',
    'The content of this attendance list has been destroyed by the retention schedule. Its number and fingerprint stay on record.',
  ],
  'sheet.not_ended': [
    409,
    'Rapat belum berakhir. Daftar hadir final dibuat setelah rapat diakhiri.',
    'The meeting has not ended. The final list is made once it has.',
  ],
  'pdf.unavailable': [
    501,
    'PDF tidak tersedia di mesin ini (pustaka typst tidak terpasang). Gunakan XLSX atau CSV.',
    'PDF is not available on this machine (the typst library is missing). Use XLSX or CSV.',
  ],
  'correction.own': [
    403,
    'Koreksi atas catatan sendiri diputus orang lain: pengelola OPD yang lain, BKD, atau administrator.',
    'A correction of your own record is decided by somebody else: another manager of the OPD, BKD or an administrator.',
  ],
  'correction.filed': [
    403,
    'Koreksi ini Anda yang mengajukan, jadi orang lain yang memutus: pengelola OPD yang lain, BKD, atau administrator.',
    'You filed this correction, so somebody else decides: another manager of the OPD, BKD or an administrator.',
  ],
  'correction.decided': [409, 'Sudah diputus oleh {name} pada {when}.', 'Already decided by {name} on {when}.'],
  'correction.future': [
    409,
    'Koreksi hanya untuk yang sudah terjadi. Ajukan setelah rapat dimulai atau harinya tiba.',
    'Only what has happened can be corrected. File it once the meeting has begun or the day has come.',
  ],
  'correction.too_old': [
    409,
    'Koreksi diajukan paling lambat {days} hari sesudahnya. Untuk yang lebih lama, hubungi BKD.',
    'A correction is filed within {days} days. For anything older, ask BKD.',
  ],
  'correction.nothing': [409, 'Catatan portal sudah seperti yang Anda nyatakan.', 'The record already says what you state.'],
  'correction.not_judged': [
    409,
    'Hari dengan kode {code} tidak dinilai dari rapat, jadi tidak ada yang dikoreksi. Kode hari diubah admin OPD.',
    'A day with the code {code} is not judged by meetings, so there is nothing to correct. Codes are changed by the admin of the OPD.',
  ],
  'correction.file_type': [415, 'Berkas harus PDF, JPEG, atau PNG.', 'The file must be a PDF, JPEG or PNG.'],
  'correction.file_large': [413, 'Berkas paling besar 5 MB.', 'The file may have at most 5 MB.'],
  'confirmation.own': [
    403,
    'Hari Anda sendiri dikonfirmasi orang lain: pengelola OPD yang lain, BKD, atau administrator.',
    'Your own day is confirmed by somebody else: another manager of the OPD, BKD or an administrator.',
  ],
  'confirmation.day_not_over': [
    409,
    'Hari itu belum selesai. Konfirmasi dibuka setelah tengah malam.',
    'That day is not over. It can be confirmed after midnight.',
  ],
  'confirmation.moved': [
    409,
    'Catatan berubah sejak daftar ini dibuka. Daftar dimuat ulang; periksa lagi.',
    'The record has changed since this list was opened. It is loaded again; please look again.',
  ],
  'confirmation.objected': [
    409,
    'Ada koreksi yang belum diputus untuk hari ini. Putuskan koreksinya dahulu.',
    'A correction of this day is not decided yet. Decide it first.',
  ],
  'confirmation.witnessed': [
    409,
    'Portal mempunyai bukti kehadiran pada hari itu, jadi tidak dapat dinyatakan tidak hadir.',
    'The portal has evidence of presence on that day, so it cannot be called absent.',
  ],
  'confirmation.doubtful': [
    409,
    '{count} baris yang dipilih masih meragukan ({names}). Buka dan konfirmasi satu per satu.',
    '{count} of the chosen rows are doubtful ({names}). Open and confirm them one by one.',
  ],
  'confirmation.no_code': [
    409,
    'Kode hari pegawai ini belum diisi, jadi belum ada yang dikonfirmasi.',
    'The day code of this person is not filled in, so there is nothing to confirm.',
  ],
  'export.nothing': [
    409,
    'Belum ada hari yang dapat diekspor: {missing} hari belum dikonfirmasi pejabat. Buka Konfirmasi dahulu.',
    'There is nothing to export yet: {missing} days are not confirmed. Open Confirmation first.',
  ],
  'export.code_missing': [400, 'Kode untuk {key} belum diisi.', 'The code for {key} is not filled in.'],
  'export.not_sent': [
    409,
    'Ekspor ini belum ditandai terkirim, jadi belum ada baris yang dapat ditolak.',
    'This export is not marked as handed over yet, so no row can have been rejected.',
  ],
  'push.off': [
    409,
    'Dering saat portal tertutup belum diaktifkan di portal ini. Administrator mengaktifkannya dengan WEB_PUSH_CONTACT.',
    'Ringing while the portal is closed is not switched on in this portal. Its administrator does so with WEB_PUSH_CONTACT.',
  ],
  'push.host': [
    400,
    'Layanan pemberitahuan peramban ini ({host}) tidak ada dalam daftar yang diizinkan portal. Gunakan Chrome, Edge, Firefox, atau Safari.',
    'The push service of this browser ({host}) is not on the list this portal allows. Use Chrome, Edge, Firefox or Safari.',
  ],
  'push.too_many': [
    409,
    'Sudah {most} perangkat Anda yang berdering. Matikan salah satu dahulu.',
    'Already {most} of your devices ring. Switch one of them off first.',
  ],
  'gateway.url': [
    400,
    'Alamat gerbang harus https, tanpa nama pengguna di dalamnya (http hanya untuk mesin portal sendiri).',
    'The address of a gateway must be https, without a user name in it (http only on the machine of the portal).',
  ],
  'gateway.no_contact': [
    409,
    'Data Anda belum memuat {what}, jadi tidak ada tujuan uji coba. Lengkapi di Pegawai.',
    'Your record has no {what}, so there is nowhere to send a trial. Complete it under Staff.',
  ],
  'gateway.signature': [
    401,
    'Tanda tangan laporan gerbang tidak cocok, atau jamnya berselisih lebih dari 5 menit.',
    'The signature of this report does not match, or its clock is off by more than 5 minutes.',
  ],
  'gateway.replayed': [409, 'Laporan ini sudah diterima sebelumnya.', 'This report has been received before.'],
  'call.not_allowed': [
    403,
    'Panggilan mendesak hanya untuk kepala OPD (definitif, Plt, Plh) dan yang diberi mandat. Minta mandat kepada kepala OPD Anda.',
    'Urgent calls are for heads of agency (definitive, Plt, Plh) and those they mandate. Ask your head of agency for a mandate.',
  ],
  'call.nobody': [400, 'Pilih sedikitnya satu jabatan, unit, orang, grup, atau piket.', 'Choose at least one position, unit, person, group or duty roster.'],
  'call.nobody_left': [409, 'Tidak ada lagi pengganti untuk jabatan ini.', 'Nobody else stands in for this position.'],
  'call.too_often': [
    429,
    'Anda sudah memanggil {count} kali dalam {minutes} menit. Tulis alasan singkat untuk tetap memanggil; alasan itu tercatat.',
    'You have placed {count} calls within {minutes} minutes. Give a short reason to call all the same; it is recorded.',
  ],
  'call.quorum_too_high': [
    400,
    'Kuorum {needed} melebihi jumlah unit yang dipanggil ({units}). Kurangi kuorum atau tambah unit.',
    'A quorum of {needed} is more than the units called ({units}). Lower it or call more units.',
  ],
  'call.over': [410, 'Panggilan ini sudah selesai pukul {time}.', 'This call was over at {time}.'],
  'call.cancelled': [410, 'Panggilan ini dibatalkan pemanggil pukul {time}.', 'The caller cancelled this call at {time}.'],
  'call.inside_already': [409, 'Yang dipanggil sudah berada di dalam rapat.', 'The person called is already inside the meeting.'],
  'mandate.own': [409, 'Mandat diberikan kepada orang lain, bukan diri sendiri.', 'A mandate is given to somebody else, not to yourself.'],
  'mandate.other_opd': [409, 'Penerima mandat harus pegawai OPD yang sama.', 'The holder of a mandate must belong to the same OPD.'],
  'mandate.exists': [409, '{name} sudah memegang mandat pada masa itu.', '{name} already holds a mandate in that period.'],
  'task.not_yours': [
    403,
    'Tugas ini diselesaikan oleh pemegang jabatan penanggung jawab atau pimpinan rapat.',
    'This task is finished by whoever holds the responsible post, or by the chair.',
  ],
  'task.over': [409, 'Tugas ini sudah {state}. Muat ulang untuk melihat catatannya.', 'This task is already over ({state}). Reload to see the note.'],
  'ladder.order': [
    400,
    'Tangga dimulai dengan dering pada detik 0 dan detiknya tidak boleh turun.',
    'A ladder begins with ringing at second 0 and its seconds never go down.',
  ],
  'proceedings.not_writer': [
    403,
    'Hanya pimpinan rapat atau notulis yang dapat mengubah ini. Minta pimpinan menunjuk Anda sebagai notulis.',
    'Only the chair or the notulis can change this. Ask the chair to name you notulis.',
  ],
  'proceedings.not_invited': [
    409,
    'Notulis dipilih dari yang diundang. Undang orang ini dahulu.',
    'The notulis is one of the invited. Invite this person first.',
  ],
  'proceedings.changed': [
    409,
    'Isi ini baru saja diubah orang lain. Yang terbaru sudah dimuat; periksa, lalu ulangi.',
    'Somebody else has just changed this. The newest is loaded; look at it, then try again.',
  ],
  'decision.due_past': [400, 'Tenggat {due} sudah lewat. Pilih hari ini atau sesudahnya.', 'The due date {due} has passed. Choose today or later.'],
  'decision.over': [409, 'Keputusan ini sudah {state}, jadi tidak dapat diubah lagi.', 'This decision is {state} already and cannot be changed any more.'],
  'decision.not_read': [
    409,
    'Keputusan ini tidak sedang dibacakan. Bacakan dahulu, supaya semua melihat kata-katanya.',
    'This decision is not being read back. Read it back first, so that everybody sees its words.',
  ],
  'decision.not_inside': [
    403,
    'Hanya yang berada di dalam ruang rapat yang dapat menjawab. Gabung dahulu.',
    'Only people inside the room can answer. Join first.',
  ],
  'decision.press_listens': [403, 'Pers mendengarkan pembacaan dan tidak menjawab.', 'The press listens to the read-back and does not answer.'],
  'decision.objected': [
    409,
    'Ada keberatan yang belum Anda lihat ({names}). Baca dahulu, lalu tetapkan lagi.',
    'There is an objection you have not seen ({names}). Read it first, then confirm again.',
  ],
  'decision.under_quorum': [
    409,
    'Baru {present} dari {needed} unit yang hadir. Tunggu unit lain, atau tulis alasan tetap memutuskan; alasan itu tercatat.',
    'Only {present} of the {needed} units needed are present. Wait for others, or give the reason for deciding all the same; it is recorded.',
  ],
  'decision.strategic_asked': [
    409,
    'Anda memimpin sebagai {label}. Jawab dahulu: apakah keputusan ini mengubah status hukum organisasi, kepegawaian, atau alokasi anggaran?',
    'You chair as {label}. Please answer first: does this decision change the legal standing of the organisation, of staff, or the allocation of budget?',
  ],
  'decision.strategic_reason': [
    409,
    '{label} tidak berwenang menetapkan keputusan strategis (UU 30/2014 pasal 14 ayat (7)). Serahkan kepada pejabat definitif, atau tulis alasannya; alasan itu tercatat dan tercetak.',
    '{label} has no authority to take a strategic decision (UU 30/2014 art. 14 (7)). Leave it to the definitive holder, or give the reason; it is recorded and printed.',
  ],
  'rollcall.no_round': [409, 'Panggil nama belum dimulai. Mulai putaran dahulu.', 'No roll-call has begun. Begin a round first.'],
  'rollcall.newer_round': [409, 'Putaran {round} sudah dimulai. Tandai pada putaran itu.', 'Round {round} has begun. Mark people in that one.'],
  'export.not_rejected': [409, 'Baris ini tidak sedang ditolak.', 'This row is not rejected at the moment.'],
  'minutes.not_begun': [409, 'Notulen dibuka setelah rapat dimulai.', 'The minutes open once the meeting has begun.'],
  'minutes.not_lead': [403, 'Hanya pimpinan rapat atau notulis yang dapat melakukan ini.', 'Only the chair or the notulis can do this.'],
  'minutes.not_invited': [400, 'Penulis bersama dipilih dari yang diundang ke rapat ini.', 'Co-writers are chosen among the invited.'],
  'minutes.running': [409, 'Rapat belum berakhir. Masa koreksi dibuka setelah rapat diakhiri.', 'The meeting has not ended. Corrections open once it has.'],
  'minutes.frozen': [409, 'Naskah notulen sudah dibekukan; perubahan diajukan sebagai koreksi.', 'The text is frozen; propose a correction instead.'],
  'minutes.past_day': [
    400,
    'Hari terakhir koreksi paling cepat hari ini ({today}) dan paling lambat 30 hari lagi.',
    'The last day of corrections is today ({today}) at the earliest, 30 days from now at the latest.',
  ],
  'minutes.not_open': [
    409,
    'Notulen ini belum dalam masa koreksi. Pimpinan rapat yang membukanya.',
    'These minutes are not open for corrections yet. The chair opens them.',
  ],
  'minutes.correction_over': [
    409,
    'Masa koreksi berakhir {until}. Minta pimpinan rapat memperpanjangnya.',
    'Corrections ended on {until}. Ask the chair to extend them.',
  ],
  'minutes.not_present': [
    403,
    'Koreksi notulen diajukan oleh yang hadir. Bila Anda hadir tetapi tidak tercatat, koreksi dahulu kehadiran Anda.',
    'Those who were present propose corrections. If you were there and are not on record, correct your attendance first.',
  ],
  'minutes.paragraph_moved': [
    409,
    'Paragraf ini sudah berubah sejak usul dibuat. Baca yang terbaru; tolak usul ini atau ajukan yang baru.',
    'This paragraph has changed since. Read the newest; refuse this proposal or make another.',
  ],
  'minutes.nothing_new': [400, 'Usul sama dengan teks yang ada.', 'The proposal says what the text says already.'],
  'minutes.decided': [409, 'Sudah diputus oleh {name} pada {when}.', 'Already decided by {name} on {when}.'],
  'minutes.undecided': [
    409,
    '{count} usul koreksi belum diputus. Terima atau tolak dahulu.',
    '{count} corrections are not decided. Accept or refuse them first.',
  ],
  'minutes.early': [
    409,
    'Masa koreksi masih sampai {until}. Tulis alasan untuk mengesahkan lebih awal; alasan itu tercetak pada notulen.',
    'Corrections are open until {until}. Give a reason to approve earlier; it is printed in the minutes.',
  ],
  'minutes.approved': [409, 'Notulen ini sudah disahkan dan tidak berubah lagi.', 'These minutes are approved and do not change any more.'],
  'minutes.destroyed': [
    410,
    'Isi notulen ini sudah dimusnahkan menurut jadwal retensi. Nomor dan sidik jarinya tetap tercatat.',
    'The content of these minutes has been destroyed by the retention schedule. Its number and fingerprint stay on record.',
  ],
} as const satisfies Record<string, readonly [status: number, id: string, en: string]>;

export type RefusalCode = keyof typeof refusals;

/** The body of every refusal. `message` is in the language of `Accept-Language` (id unless en is asked for). */
export type RefusalBody = {
  error: {
    code: RefusalCode;
    message: string;
    fields?: { path: string; message: string }[];
    values?: Record<string, string | number>;
  };
};
