-- Who signed in, how, and with which browser; and tries with a wrong password at an account that exists. What was typed is never kept.
create table people.sign_in (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id uuid not null references people.person (id),
  outcome text not null check (outcome in ('masuk', 'ditolak')),
  user_agent text not null check (length(user_agent) <= 300)
);
create index on people.sign_in (person_id, at desc);
