-- Up to which version a destination has given a contract up: it is not woken for that again by itself.
alter table followed add column stuck_version bigint not null default 0;

-- When each secret of a source last proved a delivery, so that an old one is known to be safe to drop.
-- The fingerprint is part of a digest; the secret itself is stored nowhere.
create table source_secrets (
  source text not null,
  fingerprint text not null,
  secret_index integer not null,
  first_used_at timestamptz not null,
  last_used_at timestamptz not null,
  primary key (source, fingerprint)
);

-- Up to when a destination has looked for changes that it was not told of.
alter table destinations add column swept_to timestamptz;

-- People look for a contract by its provider's id.
create index contracts_external_id on contracts (external_id);

-- An event is written in the transaction that writes its delivery and holds its contract, and neither is ever
-- deleted: checking that again for each event cost as much as writing it.
alter table events drop constraint events_contract_id_fkey;
alter table events drop constraint events_delivery_id_fkey;

-- Bodies of a few kilobytes: PostgreSQL's own compression costs more than all else of a delivery. lz4 does
-- not; where the server has none, bodies are kept as they are.
do $$
begin
  alter table deliveries alter column body set compression lz4;
exception when feature_not_supported then
  alter table deliveries alter column body set storage external;
  alter table deliveries set (toast_tuple_target = 8160);
end
$$;
