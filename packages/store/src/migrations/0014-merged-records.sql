-- What a link's record was called before it was merged with others: a contract that names it so means this one. An older
-- version that ties it to such an id again is corrected at the next look.
alter table links add column former_ids text[] not null default '{}';
