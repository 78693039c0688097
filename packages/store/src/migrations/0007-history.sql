-- All that was planned for a record, whatever came of it: an admin asks for its history.
create index effects_of_target on effects (destination, target, id);
