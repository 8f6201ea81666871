-- How long the data of press conferences is kept. Defaults, to be replaced by the region's own schedule (JRA) on the page /retensi.
-- Files of the kit and outlets hold nobody's data; `mail.letter` holds neither an address nor a word.
insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('wartawan', 'Wartawan: nama, kontak, kartu pers, tanda pengenal, keputusan pendaftaran', 'UU 27/2022 pasal 16 ayat (2) huruf g dan pasal 43', 24, 'musnah', now()),
  ('konferensi_pers', 'Konferensi pers: petugas, pemeriksaan, tindakan, materi', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 120, 'tinjau', now()),
  ('tanya_jawab', 'Pertanyaan, urutan, giliran bicara, dan jawabannya', 'UU 14/2008; UU 43/2009 (JRA daerah: isi nomornya)', 120, 'tinjau', now()),
  ('akses_pers', 'Siapa menonton dan mengunduh materi pers, dan surat yang sudah keluar', 'UU 27/2022 pasal 16 ayat (2) huruf g', 12, 'musnah', now());

-- Taken from a download whose outlet stays counted.
alter table press.kit_download alter column browser drop not null;
