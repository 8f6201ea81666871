-- Journalists: outlets, who they are, the passes their browsers hold, where they registered, and what the desk decided.
create schema if not exists press;

create table press.outlet (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  kind text not null check (kind in ('cetak', 'daring', 'televisi', 'radio', 'kantor_berita', 'lainnya')),
  -- Another spelling of that one: nobody belongs to it any more.
  merged_into uuid references press.outlet,
  at timestamptz not null
);
-- Every spelling an outlet is known by, as press/desk/names.ts makes it.
create table press.outlet_key (
  key text primary key,
  outlet_id uuid not null references press.outlet
);
create index on press.outlet_key (outlet_id);

create table press.journalist (
  id uuid primary key default gen_random_uuid(),
  -- The address as it is compared; null once destroyed.
  email_key text,
  registered_at timestamptz not null,
  -- When somebody opened the link that was mailed there. Until then several may claim one address.
  confirmed_at timestamptz,
  -- This address belonged to that one already: its registration waits for the link that went there.
  claims uuid references press.journalist,
  -- They opened it in the same browser: everything of this one is that one's.
  absorbed_into uuid references press.journalist
);
create unique index journalist_of_address on press.journalist (email_key) where confirmed_at is not null;
create index on press.journalist (email_key);

-- Who somebody is. Every change is a new row; the newest counts. `by_id` null: they themselves.
create table press.journalist_record (
  id bigint generated always as identity primary key,
  journalist_id uuid not null references press.journalist,
  name text,
  outlet_id uuid not null references press.outlet,
  email text,
  phone text,
  card_kind text check (card_kind in ('kartu_pers', 'ukw')),
  card_number text,
  platform text,
  by_id uuid,
  at timestamptz not null
);
create index on press.journalist_record (journalist_id, id desc);

-- Links. A new version ends every browser of the former ones. `mail_hash`: of the token that only the address gets.
create table press.pass (
  journalist_id uuid not null references press.journalist,
  version int not null,
  hash text not null unique,
  mail_hash text not null unique,
  by_id uuid,
  at timestamptz not null,
  primary key (journalist_id, version)
);
-- Browsers that hold a pass: each has a token of its own.
create table press.pass_browser (
  token_hash text primary key,
  journalist_id uuid not null references press.journalist,
  version int not null,
  -- Mark of the device cookie; null once destroyed.
  device text,
  -- `isian`: it filled in the form; `tautan`: it opened a link that was handed over; `surel`: the one that was mailed.
  via text not null check (via in ('isian', 'tautan', 'surel')),
  at timestamptz not null,
  unique (journalist_id, device)
);

create table press.registration (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null,
  journalist_id uuid not null references press.journalist,
  -- Of the form that was sent: sent again, it is the same.
  key uuid unique,
  question_topic text,
  question_text text,
  -- The desk itself registered them.
  by_id uuid,
  at timestamptz not null,
  unique (conference_id, journalist_id)
);
create index on press.registration (journalist_id);

create table press.registration_decision (
  id bigint generated always as identity primary key,
  conference_id uuid not null,
  journalist_id uuid not null,
  act text not null check (act in ('diterima', 'ditolak', 'dicabut')),
  reason text,
  -- Accepted with an accreditation until that day.
  valid_until date,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on press.registration_decision (conference_id, journalist_id, id desc);

-- Accredited until the end of a day; null: ended, with a reason. The newest row counts.
create table press.accreditation (
  id bigint generated always as identity primary key,
  journalist_id uuid not null,
  valid_until date,
  reason text,
  by_id uuid,
  by_name text,
  at timestamptz not null
);
create index on press.accreditation (journalist_id, id desc);

-- What journalists are told about their data, version by version, and the proof that it was shown.
create table press.notice (
  version int primary key,
  texts jsonb not null,
  sha256_id text not null,
  sha256_en text not null,
  since timestamptz not null
);
create table press.notice_ack (
  id bigint generated always as identity primary key,
  journalist_id uuid not null,
  version int not null,
  language text check (language in ('id', 'en')),
  text_sha256 text not null,
  device text,
  at timestamptz not null,
  unique (journalist_id, version)
);

select ledger.attach('press.registration_decision', 'press-decisions', 'conference_id', 'id');
select ledger.attach('press.accreditation', 'accreditations', 'journalist_id', 'id');
select ledger.attach('press.notice_ack', 'press-notices', 'journalist_id', 'id');
