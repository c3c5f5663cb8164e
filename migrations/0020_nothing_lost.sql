-- The clock that the functions below ask, so that whoever calls them cannot bring a time of their own.
create function wall_clock() returns timestamptz
    language sql stable
    as $$ select now() $$;

-- A job that comes back by itself stands in the queue once, and is never given up.
alter table job add column recurring boolean not null default false;
delete from job where kind = 'purge';
create unique index job_recurring on job (kind) where recurring;

-- An address is there for one mail, or for as long as its case may bring news to somebody who asked to be written to.
-- Either way it has a day on which it goes, whatever became of the mail.
alter table outbox_address
    add column case_id uuid references feedback_case on delete cascade,
    add column expires_at timestamptz not null default now() + interval '7 days';
alter table outbox_address alter column expires_at drop default;
create index outbox_address_case on outbox_address (case_id) where case_id is not null;
create index outbox_address_expiry on outbox_address (expires_at);

-- Which of these files no attachment names. Belongs to the owner, so that no row hidden by row security looks absent.
create function files_without_row(ids uuid[]) returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$ select id from unnest(ids) as id where not exists (select from attachment a where a.attachment_id = id) $$;
revoke all on function files_without_row from public;
grant execute on function files_without_row to app_web;

-- A month is counted once and for good, so not before it is over by the clock of the database: a web server whose clock is ahead,
-- or that asks for any month, adds nothing.
create function month_is_over() returns trigger
    language plpgsql
    as $$
begin
    if new.month + interval '1 month' > wall_clock() at time zone 'Asia/Ho_Chi_Minh' then
        return null;
    end if;
    return new;
end $$;
create trigger released_month_is_over before insert on released_month
    for each row execute function month_is_over();
