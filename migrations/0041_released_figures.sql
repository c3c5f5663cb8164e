-- Released figures: counted once when a month is over, drafted by rule, audited, approved by a second person, never changed.

-- Units of few officials are never published by themselves; null where nobody has said how many there are.
alter table unit add column officials smallint check (officials >= 0);

-- The ledger: how many cases of a month there were, in each way in which they are published. Never shown, never counted again.
create table counted_month (
    month date primary key check (extract(day from month) = 1),
    counted_at timestamptz not null
);
create table counted (
    month date not null references counted_month,
    -- `don_vi` counts nothing: it says which units there were, of few officials (`nho`) or not, and in which order
    count text not null check (count in ('nhan', 'ly_do', 'kenh', 'ket_qua', 'han', 'hai_long', 'luan_chuyen', 'don_vi')),
    place text not null,
    class text not null,
    value bigint not null check (value >= 0),
    primary key (month, count, place, class)
);

-- The first month that is not counted yet, here or by the first version; null before any is.
create function first_uncounted_month() returns date
    language sql stable security definer set search_path = public, pg_temp
    as $$ select (greatest((select max(month) from counted_month), (select max(month) from released_month)) + interval '1 month')::date $$;

-- Each case counts once as received and once as ended, whatever follows: `ended_on` is the day of its first end, `figures_in` and
-- `figures_out` are the months in whose figures it is. What is written down after its month was counted (a letter of last month)
-- is in the next one, so that what is pending stays true. Kept by the database alone.
alter table feedback_case
    add column ended_on date,
    add column figures_in date,
    add column figures_out date;

create function is_over(status text) returns boolean
    language sql immutable parallel safe
    as $$ select status in ('da_tra_loi', 'ket_thuc', 'tu_choi', 'da_chuyen_co_quan', 'da_huong_dan_kntc', 'da_rut') $$;

update feedback_case c
set figures_in = date_trunc('month', c.received_on)::date,
    ended_on = case when is_over(c.status) then greatest(c.received_on, coalesce(c.answered_on, c.closed_on, (
        select max(e.at at time zone 'Asia/Ho_Chi_Minh')::date from case_event e
        where e.case_id = c.case_id and e.kind not in ('danh_gia', 'xoa_danh_tinh', 'mo_danh_tinh', 'mo_danh_tinh_yeu_cau',
            'mo_danh_tinh_duyet', 'mo_danh_tinh_tu_choi', 'da_goi', 'da_gui_thu', 'xoa_ho_so')
    ))) end;
update feedback_case set figures_out = date_trunc('month', ended_on)::date where ended_on is not null;
alter table feedback_case alter column figures_in set not null;

create function note_figures() returns trigger
    language plpgsql set search_path = public, pg_temp
    as $$
declare
    open_month constant date := first_uncounted_month();
begin
    if tg_op = 'INSERT' then
        new.figures_in := greatest(date_trunc('month', new.received_on)::date, open_month);
        new.figures_out := null;
    else
        new.figures_in := old.figures_in;
        new.figures_out := old.figures_out;
        -- what was taken for a denunciation and is none comes in anew: while it was one, the figures had let it go
        if new.received_on <> old.received_on or (old.secrecy = 'to_cao' and new.secrecy <> 'to_cao') then
            new.figures_in := greatest(date_trunc('month', new.received_on)::date, open_month);
            new.figures_out := greatest(old.figures_out, case when old.figures_out is not null then new.figures_in end);
        end if;
        if new.status = old.status then
            new.ended_on := old.ended_on;
            return new;
        end if;
        new.ended_on := old.ended_on;
    end if;
    if is_over(new.status) then
        new.ended_on := greatest(new.received_on, coalesce(new.ended_on, new.answered_on, new.closed_on,
            case when tg_op = 'INSERT' then new.received_on else (wall_clock() at time zone 'Asia/Ho_Chi_Minh')::date end));
        new.figures_out := coalesce(new.figures_out,
            greatest(date_trunc('month', new.ended_on)::date, new.figures_in, open_month));
    elsif not new.reopened and (new.figures_out >= open_month) is not false then
        -- a step was taken back
        new.ended_on := null;
        new.figures_out := null;
    end if;
    return new;
end $$;
create trigger note_figures before insert or update of status, secrecy, received_on, ended_on, figures_in, figures_out
    on feedback_case for each row execute function note_figures();

-- Counts every month before `open_month` that is not counted yet and whose fixed day, the tenth of the next month, has come by the
-- clock of the database: a server whose clock is ahead freezes nothing early. Belongs to the owner, so it counts over row security;
-- gives out nothing. Two passes over the cases, however many there are.
create function count_closed_months(open_month date) returns void
    language plpgsql security definer set search_path = public, pg_temp
    as $$
declare
    first_month date;
    end_month constant date := least(open_month,
        date_trunc('month', (wall_clock() at time zone 'Asia/Ho_Chi_Minh')::date - 9)::date);
    known bigint;
    opening bigint;
    gone bigint;
begin
    perform pg_advisory_xact_lock(hashtext('count_closed_months'));
    select coalesce(first_uncounted_month(), (select min(figures_in) from feedback_case)) into first_month;
    if first_month is null or first_month >= end_month then
        return;
    end if;
    insert into counted_month select generate_series(first_month, end_month - interval '1 month', interval '1 month'), wall_clock();
    insert into counted
    select month, case when grouping(reason) = 0 then 'ly_do' when grouping(channel) = 0 then 'kenh' else 'nhan' end,
        coalesce(place, ''), coalesce(kind, reason, channel), count(*)
    from (
        select c.figures_in as month, coalesce(u.code, 'chua-ro') as place, c.kind,
            coalesce(c.reasons[1], '') as reason, c.channel
        from feedback_case c left join unit u on u.unit_id = coalesce(c.concerned_unit_id, c.assigned_unit_id)
        where c.figures_in >= first_month and c.figures_in < end_month and not c.is_lead and c.secrecy <> 'to_cao'
    ) came
    group by grouping sets ((month, place, kind), (month, reason), (month, channel));
    insert into counted
    select month, case when grouping(timely) = 0 then 'han' when grouping(mark) = 0 then 'hai_long' else 'ket_qua' end,
        coalesce(place, ''), coalesce(timely, mark, outcome), count(*)
    from (
        select c.figures_out as month, coalesce(u.code, 'chua-ro') as place,
            case when c.due_on is null or c.ended_on <= c.due_on then 'dung_han' else 'tre_han' end as timely,
            case c.satisfaction when 1 then 'rat_hai_long' when 2 then 'hai_long' when 3 then 'binh_thuong'
                when 4 then 'khong_hai_long' else 'chua_danh_gia' end as mark,
            case when is_over(c.status) and c.status not in ('da_tra_loi', 'ket_thuc') then c.status
                else coalesce(c.finding, '') end as outcome
        from feedback_case c left join unit u on u.unit_id = coalesce(c.assigned_unit_id, c.concerned_unit_id)
        where c.figures_out >= first_month and c.figures_out < end_month and not c.is_lead and c.secrecy <> 'to_cao'
    ) went
    group by grouping sets ((month, outcome), (month, place, timely), (month, mark));
    -- units as they were: a small one of fewer than five officials is never published by itself; the last stands for cases of none
    insert into counted
    select m.month, 'don_vi', u.code, case when u.officials < 5 then 'nho' else 'thuong' end, u.unit_id
    from counted_month m join unit u
        on u.valid_from < m.month + interval '1 month' and (u.valid_to is null or u.valid_to > m.month)
            or exists (select from counted c where c.month = m.month and c.place = u.code)
    where m.month >= first_month
    union all
    select month, 'don_vi', 'chua-ro', 'thuong', 32768 from counted_month where month >= first_month;
    -- what is pending goes on from what was said before; a case that has left the figures since (a denunciation recognised) ends there
    select count(*) into opening from feedback_case c
    where c.figures_in < first_month and (c.figures_out is null or c.figures_out >= first_month)
        and not c.is_lead and c.secrecy <> 'to_cao';
    select value into known from counted
    where month = first_month - interval '1 month' and count = 'luan_chuyen' and class = 'ton_cuoi';
    gone := greatest(coalesce(known, opening) - opening, 0);
    if gone > 0 then
        insert into counted values (first_month, 'ket_qua', '', 'khac', gone), (first_month, 'han', 'chua-ro', 'dung_han', gone),
            (first_month, 'hai_long', '', 'chua_danh_gia', gone)
        on conflict (month, count, place, class) do update set value = counted.value + excluded.value;
    end if;
    insert into counted
    select m.month, 'luan_chuyen', '', f.class, f.value
    from (
        select month, came, went,
            coalesce(known, opening) + sum(came - went) over (order by month) as pending
        from (
            select m.month, coalesce(sum(c.value) filter (where c.count = 'kenh'), 0) as came,
                coalesce(sum(c.value) filter (where c.count = 'ket_qua'), 0) as went
            from counted_month m left join counted c using (month)
            where m.month >= first_month group by m.month
        ) s
    ) m
    cross join lateral (values ('ton_dau', m.pending - m.came + m.went), ('tiep_nhan', m.came), ('ket_thuc', m.went),
        ('ton_cuoi', m.pending)) f(class, value);
end $$;
revoke all on function count_closed_months from public;

-- A release: drafted, audited, published. `da_bo` is a draft that the auditor refused.
create table release (
    release_id integer generated always as identity primary key,
    code text not null check (code ~ '^[a-z0-9_-]{4,40}$'),
    origin text not null check (origin in ('phien_ban_dau', 'quy_tac')),
    first_month date not null check (extract(day from first_month) = 1),
    last_month date not null check (extract(day from last_month) = 1 and last_month >= first_month),
    state text not null check (state in ('du_thao', 'da_kiem', 'da_cong_bo', 'da_bo')),
    sha256 bytea not null check (length(sha256) = 32),
    author uuid references staff,
    built_at timestamptz not null,
    audited_at timestamptz,
    approver uuid references staff,
    published_at timestamptz,
    written_in xid8 not null default pg_current_xact_id(),
    constraint release_two_people check (approver is null or (author is not null and approver <> author)),
    constraint release_in_order check (
        origin = 'phien_ban_dau'
        or (state in ('du_thao', 'da_bo') or audited_at is not null)
        and (state <> 'da_cong_bo' or (approver is not null and published_at is not null))
    )
);
create unique index release_code on release (code) where state <> 'da_bo';

create table public_cell (
    release_id integer not null references release,
    position integer not null,
    table_code text not null,
    first_month date not null,
    last_month date not null,
    places text[] not null,
    classes text[] not null,
    value bigint not null check (value >= 0),
    primary key (release_id, position),
    unique (release_id, table_code, first_month, last_month, places, classes)
);

-- A number that was written is never written again; what may change of a release is how far it has come.
create function never_again() returns trigger language plpgsql as $$
begin
    raise exception 'what was released or counted is never changed' using errcode = 'restrict_violation';
end $$;
create trigger public_cell_stays before update or delete or truncate on public_cell for each statement execute function never_again();
create trigger release_stays before delete or truncate on release for each statement execute function never_again();
create trigger counted_stays before delete or truncate on counted for each statement execute function never_again();

create function release_goes_forward() returns trigger language plpgsql as $$
begin
    if (new.code, new.origin, new.first_month, new.last_month, new.sha256, new.built_at, new.written_in)
        is distinct from (old.code, old.origin, old.first_month, old.last_month, old.sha256, old.built_at, old.written_in)
        or old.state in ('da_cong_bo', 'da_bo')
        or (old.author is not null and new.author is distinct from old.author)
        or not (new.state = old.state or (old.state, new.state) in
            (('du_thao', 'da_kiem'), ('du_thao', 'da_bo'), ('da_kiem', 'da_cong_bo'), ('da_kiem', 'da_bo')))
    then
        raise exception 'a release goes forward only' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger release_goes_forward before update on release for each row execute function release_goes_forward();

create function cell_of_this_draft() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if not exists (select from release r where r.release_id = new.release_id and r.written_in = pg_current_xact_id()) then
        raise exception 'a release is written whole' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger cell_of_this_draft before insert on public_cell for each row execute function cell_of_this_draft();

-- Parts make wholes, and what was there and came makes what went and is there: looked at when the release is complete.
create function release_adds_up() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if exists (
        select from public_cell c where c.release_id = new.release_id and c.table_code not in ('t0', 'tl')
        group by c.table_code, c.first_month, c.last_month, c.places
        having sum(c.value) filter (where c.classes = '{}') is null
            or (count(*) > 1 and sum(c.value) filter (where c.classes <> '{}') <> sum(c.value) filter (where c.classes = '{}'))
    ) or exists (
        select from public_cell c where c.release_id = new.release_id and c.table_code not in ('t0', 'tl') and c.classes = '{}'
        group by c.table_code, c.first_month, c.last_month
        having sum(c.value) filter (where c.places = '{}') is null
            or (count(*) > 1 and sum(c.value) filter (where c.places <> '{}') <> sum(c.value) filter (where c.places = '{}'))
    ) or exists (
        select from public_cell c where c.release_id = new.release_id and c.table_code = 't0'
        group by c.first_month, c.last_month
        having count(*) <> 4 or sum(case when c.classes[1] in ('ton_dau', 'tiep_nhan') then c.value else -c.value end) <> 0
    ) then
        raise exception 'the figures of release % do not add up', new.code using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger release_adds_up after insert on release deferrable initially deferred
    for each row execute function release_adds_up();

grant execute on function count_closed_months to app_web;
grant select on counted_month, counted to app_web;
grant select, insert on release, public_cell to app_web;
grant update (state, author, audited_at, approver, published_at) on release to app_web;
grant select on release, public_cell to app_read;
