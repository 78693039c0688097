-- What a destination was asked for and has not looked at is looked for at each start. No column that changes with every
-- look stands in it: each of these would then cost an entry in every index.
create index followed_asked on followed (destination) where asked > answered;
