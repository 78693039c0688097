-- The files that a provider has of a completed contract, and what the last reading of each brought. The bytes
-- stay with the provider and go to the CRMs: `files` keeps only what deliveries carried inside, for as long as
-- the delivery is kept.
create table contract_files (
  contract_id text not null references contracts (id),
  key text not null,
  place integer not null,
  kind text not null check (kind in ('signed', 'certificate')),
  title text,
  listed_at timestamptz not null,
  content_type text,
  size bigint,
  sha256 bytea,
  read_at timestamptz,
  primary key (contract_id, key)
);
