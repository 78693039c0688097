-- Settling an effect changes its status and `settled_at` alone. While no index of the ledger mentions those, a row whose
-- page has room is changed in place, and none of its index entries is written again; the pages keep some room for that.
drop index effects_failed;
drop index effects_settled;
drop index effects_collapsed;
drop index effects_loose;
drop index effects_of_target;
create index effects_of_target on effects (destination, target, called_at);
create index effects_collapsed on effects (destination, target, planned_at) where code = 'collapsed';
create index effects_loose on effects (destination, target, called_at) where contract_id is null;
alter table effects set (fillfactor = 85);

-- The same for how far a destination is, which changes with each version of a contract.
drop index followed_stuck;
create index followed_stuck on followed (destination) where stuck_version > 0;
alter table followed set (fillfactor = 80);

-- These are written by whoever has just read the contract, and no contract is ever deleted: looking it up and
-- locking its row again for each of them was a tenth of what PostgreSQL did for a contract.
alter table effects drop constraint effects_contract_id_fkey;
alter table followed drop constraint followed_contract_id_fkey;
alter table links drop constraint links_contract_id_fkey;
