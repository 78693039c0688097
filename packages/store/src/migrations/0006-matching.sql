-- What a destination could not be brought to is looked for by people.
create index followed_stuck on followed (destination) where stuck_version > version;

-- Contracts for which a CRM's deal was looked for and none was sure. `evidence` digests what was looked for:
-- the same is not looked for twice. `domains`: of the counterparty's e-mail addresses.
create table unmatched (
  contract_id text not null references contracts (id),
  destination text not null,
  evidence text not null,
  domains text[] not null,
  searched_at timestamptz not null,
  primary key (contract_id, destination)
);
create index unmatched_domains on unmatched using gin (domains);
create index unmatched_latest on unmatched (searched_at desc);

-- The deals that it may be, best first, with the reasons that a person is shown.
create table candidates (
  contract_id text not null,
  destination text not null,
  rank integer not null,
  record_id text not null,
  score real not null check (score between 0 and 1),
  reasons jsonb not null,
  shown jsonb not null,
  primary key (contract_id, destination, rank),
  foreign key (contract_id, destination) references unmatched on delete cascade
);

-- Which account a counterparty belongs to, as a person's choice of a deal taught.
create table learnt_accounts (
  destination text not null,
  domain text not null,
  account_id text not null,
  account_name text,
  contract_id text not null references contracts (id),
  learnt_at timestamptz not null,
  primary key (destination, domain)
);
create index learnt_from on learnt_accounts (contract_id, destination);

-- Contracts of a source that are read back from its provider, and how far that has got: what is broken off goes on.
create table backfills (
  source text not null,
  since timestamptz not null,
  until timestamptz not null,
  external_ids jsonb not null,
  done integer not null default 0,
  counts jsonb not null default '{}',
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (source, since, until)
);
