-- What came in, byte for byte. A repetition of the same bytes counts up instead of standing twice.
create table deliveries (
  id bigint generated always as identity primary key,
  source text not null,
  provider text not null,
  digest bytea not null,
  method text not null,
  headers jsonb not null,
  query jsonb not null,
  body bytea not null,
  via text not null,
  secret_index integer not null,
  outcome text not null check (outcome in ('recorded', 'quarantined')),
  reason text,
  received_at timestamptz not null,
  last_received_at timestamptz not null,
  times_received integer not null default 1,
  unique (source, digest)
);
create index deliveries_quarantined on deliveries (received_at desc) where outcome = 'quarantined';

-- What is true of each contract: the fold of its events. `version` counts its changes.
create table contracts (
  id text primary key,
  source text not null,
  external_id text not null,
  status text not null,
  title text,
  state jsonb not null,
  version bigint not null,
  words tsvector not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index contracts_words on contracts using gin (words);
create index contracts_changed on contracts (changed_at desc);

-- The facts. `delivery_id` is the delivery that first proved it; the fact outlives the delivery.
create table events (
  id text primary key,
  contract_id text not null references contracts (id),
  type text not null,
  recipient text,
  occurrence text not null,
  occurred_at timestamptz not null,
  observed_at timestamptz not null,
  via text not null,
  reason text,
  note text,
  description jsonb,
  delivery_id bigint references deliveries (id) on delete set null
);
create index events_of_contract on events (contract_id, occurred_at);

-- Who follows the contracts, and since when: nobody is told of what changed long before they came.
create table destinations (
  id text primary key,
  since timestamptz not null
);

-- How far each destination has got with each contract.
create table followed (
  destination text not null,
  contract_id text not null references contracts (id),
  version bigint not null,
  followed_at timestamptz not null,
  primary key (destination, contract_id)
);

-- The tie between a contract and a CRM's record.
create table links (
  contract_id text not null references contracts (id),
  destination text not null,
  record_id text not null,
  found_by text not null check (found_by in ('custom-field', 'rule', 'person')),
  certainty real not null check (certainty between 0 and 1),
  detail text not null,
  linked_at timestamptz not null,
  primary key (contract_id, destination)
);
create index links_of_record on links (destination, record_id);

-- The ledger: every change outside, written down before it is made.
-- `called_at` set on a planned effect means that a call may have been made: ask the outside before calling again.
create table effects (
  id bigint generated always as identity primary key,
  key text not null unique,
  destination text not null,
  contract_id text not null references contracts (id),
  target text not null,
  kind text not null,
  status text not null check (status in ('planned', 'done', 'failed', 'skipped')),
  plan jsonb not null,
  before jsonb,
  after jsonb,
  outside_id text,
  code text,
  message text,
  attempts integer not null default 0,
  planned_at timestamptz not null,
  called_at timestamptz,
  settled_at timestamptz
);
create index effects_of_contract on effects (contract_id, id);
create index effects_failed on effects (destination, settled_at desc) where status = 'failed';
