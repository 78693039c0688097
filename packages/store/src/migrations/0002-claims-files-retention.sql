-- An ending that nothing proves yet, from a source that is to confirm endings.
alter table events add column claimed boolean not null default false;

-- Whether anything proved the body, and what is left of a delivery when its retention has ended: its digest.
alter table deliveries add column body_proof text not null default 'signature'
  check (body_proof in ('signature', 'none'));
alter table deliveries alter column body drop not null;
-- What we read back ourselves was proved by no webhook secret.
alter table deliveries alter column secret_index drop not null;
create index deliveries_received on deliveries (received_at) where body is not null;

-- Files that bodies carry inside, kept once by what they are.
create table files (
  digest bytea primary key,
  bytes bytea not null
);
create table delivery_files (
  delivery_id bigint not null references deliveries (id) on delete cascade,
  place integer not null,
  digest bytea not null references files (digest),
  primary key (delivery_id, place)
);
create index delivery_files_of_file on delivery_files (digest);
