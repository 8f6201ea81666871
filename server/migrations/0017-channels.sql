-- Reaching people who have no tab open: their devices (Web Push), and the gateways of the region (SMS, WhatsApp, SIP, e-mail).

-- A browser that agreed to ring while the portal is closed. A device that is gone stays on record, without its address.
create table calls.device (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  -- Whoever knows endpoint and keys can send to it.
  endpoint text,
  p256dh text,
  auth text,
  name text not null,
  language text not null check (language in ('id', 'en')),
  registered_at timestamptz not null,
  -- The portal was opened on it.
  seen_at timestamptz not null,
  -- The sign-in it was registered under: signing out there ends the ringing too.
  session_id text not null,
  removed_at timestamptz,
  -- `keluar`, `dimatikan`, `berakhir` (the push service knows it no more), `diganti`.
  removed_why text,
  check ((removed_at is null) = (endpoint is not null))
);
create unique index on calls.device (endpoint);
create index on calls.device (person_id) where removed_at is null;
create index on calls.device (session_id) where removed_at is null;

create table calls.gateway (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  channel text not null check (channel in ('sms', 'whatsapp', 'sip', 'email')),
  url text not null,
  enabled boolean not null,
  -- Its secret is derived from the portal's, its id and this number; renewing counts up.
  secret_version int not null default 1,
  removed_at timestamptz
);
-- What an administrator did to it; never changed.
create table calls.gateway_change (
  id bigint generated always as identity primary key,
  gateway_id uuid not null references calls.gateway,
  at timestamptz not null,
  by_id uuid not null,
  what text not null check (what in ('dibuat', 'diubah', 'rahasia_dilihat', 'rahasia_diganti', 'dihapus')),
  before jsonb,
  after jsonb
);
create index on calls.gateway_change (gateway_id, id);

-- Reports of a gateway that were heard: the same one again is a replay. Kept for as long as its signature would hold.
create table calls.gateway_report (
  gateway_id uuid not null references calls.gateway,
  message_id text not null,
  at timestamptz not null,
  primary key (gateway_id, message_id)
);
create index on calls.gateway_report (at);

-- A ring that somebody sent to their own device, or an administrator through a gateway to themselves.
create table calls.trial (
  id uuid primary key default gen_random_uuid(),
  channel text not null,
  target uuid not null,
  person_id uuid not null,
  state text not null check (state in ('antre', 'dikirim', 'diterima', 'berdering', 'gagal')),
  detail text,
  at timestamptz not null
);
create index on calls.trial (target, at desc);

create index hop_target on calls.hop (target, at desc);
-- What was shown on a device was closed again.
alter table calls.hop add column quieted_at timestamptz;
