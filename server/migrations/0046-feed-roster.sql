-- Whether the private feed carries the own days of the roster too.
alter table calendar.feed add column roster boolean not null default true;
