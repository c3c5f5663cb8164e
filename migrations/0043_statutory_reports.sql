-- The periods of statutory reports, as data: an authority that closes its figures on another day changes rows, not code.
-- `quy_dinh` runs from the 15th of a month to the 14th (Circular 06/2025/TT-TTCP art. 7), `lich` by the calendar.
create table report_period (
    code text primary key check (code ~ '^[a-z0-9-]{4,24}$'),
    basis text not null check (basis in ('quy_dinh', 'lich')),
    kind text not null check (kind in ('thang', 'quy', 'sau_thang', 'chin_thang', 'nam')),
    name text not null,
    first_day date not null,
    last_day date not null,
    -- the day by which the department sends the report; null where nothing says one
    submit_by date,
    check (first_day <= last_day)
);
create index report_period_last on report_period (last_day);

insert into report_period (code, basis, kind, name, first_day, last_day, submit_by)
select case basis when 'quy_dinh' then 'qd-' else 'lich-' end || year || suffix, basis, kind, name,
    case basis when 'quy_dinh' then (first_month - interval '1 month' + interval '14 days')::date else first_month end,
    case basis when 'quy_dinh' then last_month + 13 else (last_month + interval '1 month')::date - 1 end,
    case basis when 'quy_dinh' then last_month + 16 end
from (
    select year, kind, suffix, name, make_date(year, first, 1) as first_month, make_date(year, first + months - 1, 1) as last_month
    from generate_series(2022, 2040) as year
    cross join lateral (
        select 'thang' as kind, m as first, 1 as months, '-t' || lpad(m::text, 2, '0') as suffix,
            'Tháng ' || lpad(m::text, 2, '0') || '/' || year as name
        from generate_series(1, 12) m
        union all
        select 'quy', 3 * q - 2, 3, '-q' || q, 'Quý ' || (array['I', 'II', 'III', 'IV'])[q] || '/' || year from generate_series(1, 4) q
        union all values
            ('sau_thang', 1, 6, '-6t', '6 tháng đầu năm ' || year),
            ('chin_thang', 1, 9, '-9t', '9 tháng đầu năm ' || year),
            ('nam', 1, 12, '', 'Năm ' || year)
    ) span
) s
cross join (values ('quy_dinh'), ('lich')) as b(basis);

grant select on report_period to app_web;
create index feedback_case_ended on feedback_case (ended_on) where ended_on is not null;
