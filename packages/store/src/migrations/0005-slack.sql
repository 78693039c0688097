-- Home tabs that people have opened: which page they see, what was drawn there last, and as of when. `email` is in
-- small letters.
create table home_tabs (
  workspace text not null,
  user_id text not null,
  email text,
  page integer not null,
  opened_at timestamptz not null,
  drawn_at timestamptz not null,
  hash text,
  drawn text,
  primary key (workspace, user_id)
);
create index home_tabs_opened on home_tabs (opened_at);

-- What was last shown beside a link, where and when, so that it is not shown again for a while.
create table unfurled (
  workspace text not null,
  channel text not null,
  subject text not null,
  unfurled_at timestamptz not null,
  primary key (workspace, channel, subject)
);
create index unfurled_when on unfurled (unfurled_at);

-- Where a channel or direct message is: its workspace, and whose direct messages they are. `lost_at`: it could no
-- longer be posted to, and why.
create table places (
  destination text not null,
  channel text not null,
  workspace text not null,
  person text,
  lost_at timestamptz,
  lost_code text,
  primary key (destination, channel)
);

-- Channels in which too much was going on, until it has been calm for a while. `summed_to`: what was left unsaid up
-- to then has been summed up.
create table noise (
  destination text not null,
  workspace text not null,
  channel text not null,
  loud_since timestamptz not null,
  posts integer not null,
  calmed_at timestamptz,
  summed_to timestamptz not null,
  primary key (destination, workspace, channel)
);
create index effects_collapsed on effects (destination, target, settled_at) where code = 'collapsed';
create index effects_loose on effects (destination, target, settled_at) where contract_id is null;

-- What people ask for: contracts by status, and those that may have stalled. Completed ones, which are most, are
-- found by when they changed.
create index contracts_of_status on contracts (status, changed_at desc) where status <> 'completed';
create index contracts_viewed on contracts ((state ->> 'viewedAt')) where status = 'viewed';
create index contracts_partly_signed on contracts ((state ->> 'lastEventAt'))
  where status = 'partially_signed';
create index contracts_expiring on contracts ((state ->> 'expiresAt'))
  where status in ('sent', 'viewed', 'partially_signed') and state ->> 'expiresAt' is not null;

-- Whose deal it is at this address.
create index deals_by_url on deals (url) where url is not null;
