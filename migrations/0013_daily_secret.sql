-- The counters of a day are mixed with a secret of that day, which goes when the day's counters go: after that, not even who holds the
-- keys can tell whose network a counter was. Unlogged: it is not in the log of the server, and after a crash the day begins anew.
create unlogged table rate_day (
    day date primary key,
    secret bytea not null check (length(secret) = 32)
);
grant select, insert, delete on rate_day to app_web;
