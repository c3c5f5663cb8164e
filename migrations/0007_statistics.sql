-- What the public may learn: whole closed months, counted once and kept. A figure that moved after its release (a case reclassified,
-- a denunciation recognised) would tell by the difference what happened to one person; so a released month is never counted again.
-- Receipts count in the month of receipt, answers in the month of the answer. Leads and denunciations are not in these figures.

create table released_month (
    month date not null check (extract(day from month) = 1),
    kind text not null check (kind in ('hanh_vi', 'quy_dinh', 'tre_hen')),
    received integer not null check (received >= 0),
    answered integer not null check (answered >= 0),
    on_time integer not null check (on_time between 0 and answered),
    primary key (month, kind)
);

-- Counts every month before `open_month` that is not yet released. Belongs to the owner, so it counts over row security; gives out
-- nothing. Costs one look at the key where there is nothing to do.
create function release_closed_months(open_month date) returns void
    language plpgsql security definer set search_path = public, pg_temp
    as $$
declare
    first_month date;
begin
    if exists (select from released_month where month >= open_month - interval '1 month') then
        return;
    end if;
    -- two first visitors of a month: the second waits and finds it done
    perform pg_advisory_xact_lock(hashtext('release_closed_months'));
    select coalesce(
        (select max(month) + interval '1 month' from released_month),
        (select date_trunc('month', min(received_on)) from feedback_case)
    )::date into first_month;
    insert into released_month
    select m.month, k.kind, coalesce(r.received, 0), coalesce(a.answered, 0), coalesce(a.on_time, 0)
    from (select generate_series(first_month, open_month - interval '1 month', interval '1 month')::date as month) m
    cross join unnest(array['hanh_vi', 'quy_dinh', 'tre_hen']) k(kind)
    left join (
        select date_trunc('month', received_on)::date as month, kind, count(*) as received
        from feedback_case
        where received_on >= first_month and received_on < open_month and not is_lead and secrecy <> 'to_cao'
        group by 1, 2
    ) r using (month, kind)
    left join (
        select date_trunc('month', answered_on)::date as month, kind, count(*) as answered,
            count(*) filter (where due_on is null or answered_on <= due_on) as on_time
        from feedback_case
        where answered_on >= first_month and answered_on < open_month and not is_lead and secrecy <> 'to_cao'
        group by 1, 2
    ) a using (month, kind);
end $$;

revoke all on function release_closed_months from public;
grant execute on function release_closed_months to app_web, app_read;
grant select on released_month to app_web, app_read;
