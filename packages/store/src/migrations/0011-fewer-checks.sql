-- These are written by whoever has just read the contract, and no contract is ever deleted: each foreign key looked it
-- up and locked its row once more, for every effect, link and mark.
alter table effects drop constraint effects_contract_id_fkey;
alter table followed drop constraint followed_contract_id_fkey;
alter table links drop constraint links_contract_id_fkey;

-- One index less to write for each effect: what was done to a target is found by when it was called, and nobody asks for
-- what failed by its destination alone. An older version that asks by another time finds the same rows, more slowly.
drop index effects_failed;
drop index effects_settled;
drop index effects_of_target;
create index effects_of_target on effects (destination, target, called_at);

-- How far a destination is changes with each version of a contract. While no index mentions it, a row whose page has
-- room is changed in place, and none of its index entries is written again.
drop index followed_stuck;
create index followed_stuck on followed (destination) where stuck_version > 0;
alter table followed set (fillfactor = 80);
