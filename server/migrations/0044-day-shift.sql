-- On which shift somebody is on duty: its name and hours, as they were when the code was set. An end that is not after its beginning is on the next day.
alter table roster.day_code add column shift text, add column shift_from text, add column shift_to text;
alter table roster.day_code add check (num_nonnulls(shift, shift_from, shift_to) in (0, 3));
