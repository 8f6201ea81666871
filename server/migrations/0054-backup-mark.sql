-- Backups made by `npm run backup`, for the operator's page.
create table platform.backup_run (id bigint generated always as identity primary key, at timestamptz not null, rows bigint not null, bytes bigint not null);
