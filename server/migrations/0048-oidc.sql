-- Sign-in by the office's own identity provider (OIDC).

-- Who somebody is there: found at the first sign-in by a verified address or a NIP, and from then on by nothing else.
create table people.identity (
  issuer text not null,
  subject text not null,
  person_id uuid not null references people.person,
  matched_by text not null,
  at timestamptz not null,
  primary key (issuer, subject),
  unique (issuer, person_id)
);
create index on people.identity (person_id);

-- A browser that was sent there and is expected back: once, within ten minutes.
create table people.oidc_try (
  state_hash text primary key,
  device_hash text not null,
  nonce text not null,
  verifier text not null,
  expires_at timestamptz not null
);
create index on people.oidc_try (expires_at);

-- What signing out there asks for. Goes with the session.
create table people.session_oidc (
  session_id text primary key references people.session on delete cascade,
  -- The id token, sealed.
  sealed text not null
);
