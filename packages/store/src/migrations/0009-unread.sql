-- Deliveries that are kept and were answered, whose facts nobody has read yet: more came than could be read at
-- once. A row goes in the transaction that records what its delivery says. Rows of their own, since an update of
-- `deliveries` would write the body again; no foreign key, since its check would cost as much as the row.
create table unread (
  delivery_id bigint primary key,
  source text not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
