-- Letters that leave the portal. What they say, and to whom, is known when they are sent: a row holds neither an address nor a word of anybody.
create schema mail;
create table mail.letter (
  -- Its Message-ID too, so that a letter that did go twice is one letter to a mail program.
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  -- What the owner of the kind writes it from.
  ref text not null,
  -- Asked for as one of its kind: asking again changes nothing.
  once boolean not null,
  -- `tidak_disetel`: mail was off. `tidak_perlu`: when its turn came there was nobody to write to, or nothing to say any more.
  state text not null check (state in ('antre', 'terkirim', 'gagal', 'tidak_disetel', 'tidak_perlu')),
  attempts int not null default 0,
  -- The class of the last problem, never what a server said: that may hold an address.
  problem text check (problem in ('koneksi', 'tls', 'masuk', 'pengirim', 'ditunda', 'ditolak', 'alamat', 'isi', 'terlalu_lama')),
  at timestamptz not null,
  due_at timestamptz not null,
  -- One portal process is sending it until then.
  claimed_until timestamptz,
  done_at timestamptz
);
create unique index on mail.letter (kind, ref) where once;
create index on mail.letter (due_at) where state = 'antre';
create index on mail.letter (at);
