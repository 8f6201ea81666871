-- What the portal tells people: one place for every notice, over which channels it went, and reminders of what is to come.
create schema if not exists notifications;

create table notifications.notice (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  kind text not null,
  -- What it is about, as whoever tells it names it.
  ref text not null,
  -- {id: {title, text}, en: {title, text}}, as it was told.
  words jsonb not null,
  path text not null,
  urgent boolean not null,
  -- After this it is of no use: it stays here, and is not sent any more.
  until timestamptz,
  at timestamptz not null,
  read_at timestamptz
);
create index on notifications.notice (person_id, at desc, id desc);
create index on notifications.notice (person_id) where read_at is null;

-- One for each channel that the person had chosen. Of e-mail the outcome is the letter's (mail.letter, kind `kabar`).
create table notifications.delivery (
  id uuid primary key default gen_random_uuid(),
  notice_id uuid not null references notifications.notice on delete cascade,
  channel text not null check (channel in ('push', 'surel', 'sms', 'whatsapp')),
  state text not null check (state in ('menunggu', 'terkirim', 'gagal', 'tidak_dikirim')),
  -- Why it was not sent: `tidak_terjangkau`, `tenang`, `basi`, `dibaca`, `gagal`; `detail` where another machine said more.
  why text check (why in ('tidak_terjangkau', 'tenang', 'basi', 'dibaca', 'gagal')),
  detail text,
  asked_at timestamptz not null,
  -- Later than `asked_at`: held until the end of the quiet hours.
  due_at timestamptz not null,
  held boolean not null,
  attempts int not null default 0,
  -- One portal process is sending it until then.
  claimed_until timestamptz,
  done_at timestamptz,
  unique (notice_id, channel)
);
create index on notifications.delivery (due_at) where state = 'menunggu' and channel <> 'surel';

-- What somebody chose. The newest row counts; the former ones stay as they were.
create table notifications.choice (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  channels jsonb not null,
  -- {from, to, days, zone}; null = never quiet.
  quiet jsonb,
  -- Reminders of meetings in which somebody represents them.
  represented boolean not null,
  at timestamptz not null
);
create index on notifications.choice (person_id, id desc);

-- What has been reminded of: who, of which hour (`version` counts up when it is moved), how long before. The proof that it was once.
create table notifications.reminder (
  id uuid primary key default gen_random_uuid(),
  source text not null check (source in ('rapat', 'konferensi')),
  event_id uuid not null,
  version int not null,
  kind text not null check (kind in ('h1', 'j1', 'm10')),
  -- `p_<person id>`, or of a guest.
  member text not null,
  starts_at timestamptz not null,
  -- The notice of a person; a guest has a letter (kind `pengingat`) by this row's id.
  notice_id uuid,
  at timestamptz not null,
  unique (event_id, version, kind, member)
);
create index on notifications.reminder (at);
-- That everybody who was to be reminded then has been.
create table notifications.reminder_turn (
  source text not null,
  event_id uuid not null,
  version int not null,
  kind text not null,
  at timestamptz not null,
  primary key (event_id, version, kind)
);

insert into privacy.retention_class (key, name, basis, months, action, at) values
  ('kabar', 'Pemberitahuan, pengingat, lewat saluran apa terkirim, dan pilihan salurannya', 'UU 27/2022 pasal 16 ayat (2) huruf g', 12, 'musnah', now());

-- Of conferences too: which hour people were told of, and since when. What was planned before this is told of as of now.
alter table press.conference add column hour_version int not null default 0, add column hour_since timestamptz not null default now();
alter table press.conference alter column hour_since drop default;
