-- What a channel wants to hear. `stopped_at`: the channel can no longer be posted to, and why.
create table subscriptions (
  id bigint generated always as identity primary key,
  destination text not null,
  workspace text not null,
  channel text not null,
  rule jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  stopped_at timestamptz,
  stopped_code text,
  stopped_message text
);
create index subscriptions_of_channel on subscriptions (destination, workspace, channel, id);

-- The people of a destination's workspace, by their e-mail addresses. `is_stated`: a person said so, which outranks a directory.
create table people (
  workspace text not null,
  user_id text not null,
  email text,
  is_stated boolean not null default false,
  timezone text,
  settings jsonb not null default '{}',
  updated_at timestamptz not null,
  primary key (workspace, user_id)
);
create index people_of_email on people (lower(email));

-- Contracts that a person or a channel does not want to hear of, for good or until a time.
create table quieted (
  workspace text not null,
  audience text not null,
  contract_id text not null references contracts (id),
  until timestamptz,
  made_by text not null,
  made_at timestamptz not null,
  primary key (contract_id, workspace, audience)
);
create index quieted_of_audience on quieted (workspace, audience);

-- Requests that have been acted on, by the id that the outside gives them, so that none is acted on twice.
create table requests (
  id text primary key,
  taken_at timestamptz not null
);
create index requests_taken on requests (taken_at);

-- Workspaces that installed the app. What was given to us is sealed with a key of the environment.
create table installations (
  id text primary key,
  sealed bytea not null,
  updated_at timestamptz not null
);

-- What a CRM said of a deal when it was last read.
create table deals (
  destination text not null,
  record_id text not null,
  name text,
  amount double precision,
  currency text,
  stage text,
  pipeline text,
  account text,
  owner_email text,
  url text,
  read_at timestamptz not null,
  primary key (destination, record_id)
);
create index deals_of_owner on deals (lower(owner_email));

-- A tie that a person took away: nothing ties the two again by itself.
alter table links add column removed boolean not null default false;

-- A destination can be asked to look at a contract that has not changed: `answered` is what it has looked at.
alter table followed add column asked bigint not null default 0;
alter table followed add column answered bigint not null default 0;

-- Some effects are about no single contract: a digest, a notice.
alter table effects alter column contract_id drop not null;
create index effects_settled on effects (destination, target, settled_at) where status = 'done';

-- What is open, and for whom.
create index contracts_of_sender on contracts (lower(state -> 'sender' ->> 'email'), changed_at desc);
create index contracts_open on contracts ((state ->> 'lastEventAt'))
  where status in ('draft', 'sent', 'viewed', 'partially_signed');
create index contracts_by_url on contracts ((state ->> 'url')) where state ->> 'url' is not null;
