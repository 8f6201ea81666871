-- A second factor beside the password: codes of an authenticator app (TOTP), passkeys, recovery codes; who must have one; how a session was proven.

-- `amr`: how its person was proven (pwd, otp, recovery, passkey, oidc, mfa). `proven_at`: when a second factor was shown last.
alter table people.session add column amr text[] not null default '{pwd}', add column proven_at timestamptz;

-- Who must have one, by role: the newest row of a role counts, the former ones stay. `by_id` null = as delivered.
create table people.factor_rule (
  id bigint generated always as identity primary key,
  role text not null check (role in ('administrator', 'kepala_opd', 'pejabat', 'bkd', 'operator_dkis', 'admin_opd')),
  required boolean not null,
  grace_days int not null check (grace_days between 0 and 365),
  by_id uuid references people.person,
  at timestamptz not null
);
create index on people.factor_rule (role, id desc);
insert into people.factor_rule (role, required, grace_days, at) values
  ('administrator', true, 14, now()),
  ('kepala_opd', true, 14, now()),
  ('bkd', true, 14, now()),
  ('operator_dkis', false, 14, now()),
  ('admin_opd', false, 14, now()),
  ('pejabat', false, 14, now());

-- Since when somebody who must have a factor is told so at every sign-in: the days of grace run from here.
create table people.factor_told (person_id uuid primary key references people.person, since timestamptz not null);

create table people.totp (
  person_id uuid primary key references people.person,
  -- Sealed with a key derived from the portal's secret.
  sealed text not null,
  made_at timestamptz not null,
  -- Null until one code has shown that the app has it.
  confirmed_at timestamptz,
  -- The time step of the last code that was taken: no code counts twice.
  last_step bigint not null default 0
);

-- Only a keyed hash: who reads this table can neither use nor guess one.
create table people.recovery_code (
  person_id uuid not null references people.person,
  code_hash text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);

create table people.passkey (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references people.person,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  -- Whether it may be, and is, kept by its maker beyond the one device.
  backup_eligible boolean not null,
  backed_up boolean not null,
  name text not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index on people.passkey (person_id);

-- What a passkey must sign: once, for five minutes, by the browser it was given to.
create table people.challenge (
  challenge text primary key,
  kind text not null check (kind in ('register', 'prove')),
  person_id uuid references people.person,
  device_hash text not null,
  expires_at timestamptz not null
);
create index on people.challenge (expires_at);

-- A sign-in on its way: it opens nothing but the next step, for ten minutes, in the browser that began it.
create table people.half_session (
  id text primary key,
  person_id uuid not null references people.person,
  device_hash text not null,
  amr text[] not null,
  step text not null check (step in ('factor', 'password', 'set_up')),
  expires_at timestamptz not null
);
create index on people.half_session (expires_at);
create index on people.half_session (person_id);
