-- Up to this version of the contract the destination has heard nothing of it, and was to hear nothing.
alter table followed add column passed_over bigint not null default 0;
