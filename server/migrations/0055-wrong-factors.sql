-- Tries with a wrong second factor are rows of the log too: whoever makes them has the password, or the session, already.
alter table people.sign_in drop constraint sign_in_outcome_check;
alter table people.sign_in add constraint sign_in_outcome_check check (outcome in ('masuk', 'ditolak', 'faktor_ditolak'));
