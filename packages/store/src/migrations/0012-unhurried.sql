-- Nothing dies in these tables, or one version of a contract at a time: they can wait to be cleaned. At PostgreSQL's
-- usual pace that takes from whoever waits for the disk: at 1,000 contracts a second, on one machine, the slowest
-- hundredth took five times as long while it ran. (20 ms were PostgreSQL's own default before version 12.)
alter table deliveries set (autovacuum_vacuum_cost_delay = 20);
alter table events set (autovacuum_vacuum_cost_delay = 20);
alter table effects set (autovacuum_vacuum_cost_delay = 20);
alter table contracts set (autovacuum_vacuum_cost_delay = 20);

-- New words wait in a list until it is full, and whoever fills it merges all of them into the index: of 4 MB, a tenth of
-- a second in which every other group of deliveries waits for that one.
alter index contracts_words set (gin_pending_list_limit = 256);
