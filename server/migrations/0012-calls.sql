-- The urgent call: who is called for which post, how each was rung, what they answered, and what the ladder does next.
create schema calls;

-- What happens at which second, per sifat. A change is a new row; a call keeps the ladder it began with.
create table calls.ladder (
  id bigint generated always as identity primary key,
  sifat text not null check (sifat in ('biasa', 'segera', 'sangat_segera')),
  steps jsonb not null,
  basis text not null,
  set_by uuid,
  set_at timestamptz not null
);
create index on calls.ladder (sifat, id desc);

-- Whom a head of agency lets call in their name. `revoked_at` ends it; nothing is overwritten.
create table calls.mandate (
  id uuid primary key default gen_random_uuid(),
  opd_id uuid not null,
  giver_id uuid not null,
  holder_id uuid not null,
  held daterange not null check (not isempty(held)),
  basis text not null,
  given_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid
);
create index on calls.mandate (holder_id) where revoked_at is null;
create index on calls.mandate (opd_id);

-- A choice that somebody wants to call again; their own.
create table calls.saved_group (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null,
  name text not null,
  -- {positions, units, people}: ids, resolved anew at each call.
  choice jsonb not null,
  saved_at timestamptz not null,
  removed_at timestamptz
);
create index on calls.saved_group (owner_id) where removed_at is null;

create table calls.call (
  id uuid primary key default gen_random_uuid(),
  meeting_id uuid not null,
  opd_id uuid not null,
  caller_id uuid not null,
  caller_name text not null,
  -- "Kepala Dinas Sosial", "Plh. Kepala …", or "a.n. Kepala Dinas Sosial (mandat …)".
  caller_as text not null,
  subject text not null,
  sifat text not null check (sifat in ('biasa', 'segera', 'sangat_segera')),
  choice jsonb not null,
  ladder jsonb not null,
  -- Units that must be present; never more than were called.
  quorum int not null check (quorum > 0),
  -- Why it was placed beyond the limit; null = within.
  over_limit_reason text,
  placed_at timestamptz not null,
  cancelled_at timestamptz,
  cancelled_by uuid
);
create index on calls.call (meeting_id);
create index on calls.call (caller_id, placed_at);
create index on calls.call (opd_id, placed_at);

-- What was called: a post, or a person by name. `chain`: who may be rung for it, in order, as it was known when the call was placed:
-- [{personId, name, label, as, why}].
create table calls.seat (
  id uuid primary key default gen_random_uuid(),
  call_id uuid not null references calls.call,
  no int not null,
  position_id uuid,
  title text not null,
  unit_id uuid,
  unit_name text not null,
  opd_name text,
  chain jsonb not null,
  -- How many of the chain have been rung.
  reached int not null default 0,
  unique (call_id, no)
);

-- One person in one call: rung once however many posts they are called for. `state` is where it stands; how it came there is calls.fact.
create table calls.callee (
  id uuid primary key default gen_random_uuid(),
  call_id uuid not null references calls.call,
  meeting_id uuid not null,
  person_id uuid not null,
  name text not null,
  state text not null check (state in ('memanggil', 'menjawab', 'menolak', 'menyusul', 'bergabung', 'dibatalkan', 'berakhir')),
  -- The last round of ringing, and how many there were.
  rung_at timestamptz not null,
  rounds int not null default 1,
  -- First time of each in the whole call.
  sent_at timestamptz,
  delivered_at timestamptz,
  ringing_at timestamptz,
  answered_at timestamptz,
  -- The channel by which it reached them first.
  reached_by text,
  reason text,
  eta timestamptz,
  joined_at timestamptz,
  seen_at timestamptz,
  unique (call_id, person_id)
);
-- Nobody is rung twice for the same meeting at once.
create unique index callee_ringing on calls.callee (meeting_id, person_id) where state = 'memanggil';
create index on calls.callee (person_id, rung_at desc);

-- Who was rung for which post: 0 the first of its chain.
create table calls.rung (
  seat_id uuid not null references calls.seat,
  n int not null,
  callee_id uuid not null references calls.callee,
  "as" text not null check ("as" in ('definitif', 'plt', 'plh', 'pengganti', 'piket', 'nama')),
  label text not null,
  why text not null,
  at timestamptz not null,
  primary key (seat_id, n)
);
create index on calls.rung (callee_id);

-- What the ladder will do. Done in the transaction that stamps `done_at`, so a portal that dies between two steps neither forgets nor repeats one.
create table calls.step (
  id bigint generated always as identity primary key,
  call_id uuid not null references calls.call,
  seat_id uuid references calls.seat,
  callee_id uuid references calls.callee,
  act text not null check (act in ('dering_ulang', 'kanal', 'pengganti', 'piket', 'menyusul', 'tunggu_masuk')),
  channels text[] not null default '{}',
  due_at timestamptz not null,
  done_at timestamptz,
  -- What came of it, in a word: `dering`, `berhenti`, `tidak_ada`.
  outcome text
);
create index step_due on calls.step (due_at) where done_at is null;
create index on calls.step (call_id);

-- One message to one person over one channel in one round.
create table calls.hop (
  id uuid primary key default gen_random_uuid(),
  callee_id uuid not null references calls.callee,
  round int not null,
  channel text not null check (channel in ('tab', 'push', 'sms', 'whatsapp', 'sip', 'email')),
  -- Subscription or gateway.
  target uuid,
  state text not null check (state in ('antre', 'dikirim', 'diterima', 'berdering', 'gagal', 'dihentikan')),
  -- What the office reads beside it: `410`, "gerbang tidak menjawab".
  detail text,
  attempts int not null default 0,
  at timestamptz not null,
  sent_at timestamptz,
  delivered_at timestamptz,
  ringing_at timestamptz
);
create index on calls.hop (callee_id);

-- Everything that happened in a call, in order; never changed. `kind`: see shared/calls.ts CallFactKind.
create table calls.fact (
  id bigint generated always as identity primary key,
  call_id uuid not null references calls.call,
  callee_id uuid,
  seat_id uuid,
  at timestamptz not null,
  by_id uuid,
  kind text not null,
  channel text,
  detail text
);
create index on calls.fact (call_id, id);
create index on calls.fact (callee_id, id);
select ledger.attach('calls.fact', 'calls', 'call_id', 'id');
