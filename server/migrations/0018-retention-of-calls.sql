-- How long calls and what came of their meetings are kept. Defaults, to be replaced by the region's own schedule (JRA) on the page /retensi.
-- `live` needs no class: nothing in it outlives the process that wrote it.
insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('panggilan', 'Panggilan mendesak: siapa dipanggil, lewat apa, jawabannya', 'UU 27/2022 pasal 16 ayat (2) huruf g dan pasal 43; UU 43/2009 (JRA daerah: isi nomornya)', 24, 'musnah', now()),
  ('atur_panggilan', 'Mandat memanggil, grup simpanan, dan perubahan gerbang', 'UU 30/2014 pasal 14; UU 43/2009 (JRA daerah: isi nomornya)', 60, 'tinjau', now()),
  ('risalah', 'Agenda, kuorum, keputusan, keberatan, dan panggil nama', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 120, 'tinjau', now()),
  ('notulen', 'Notulen dan koreksinya', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 120, 'tinjau', now()),
  ('tugas', 'Tugas dari keputusan rapat', 'UU 43/2009 tentang Kearsipan (JRA daerah: isi nomornya)', 60, 'tinjau', now());

-- What destruction must be able to take: of a call nothing stays but the links of its facts.
alter table calls.fact drop constraint fact_call_id_fkey;
