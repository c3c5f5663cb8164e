-- What the public may learn. Views belong to the owner, so they count over row security and give out sums only.

create view released_month as
select date_trunc('month', received_on)::date as month, kind, count(*) as received,
    count(*) filter (where answered_on is not null) as answered,
    count(*) filter (where answered_on is not null and (due_on is null or answered_on <= due_on)) as on_time
from feedback_case
where not is_lead and secrecy <> 'to_cao'
group by 1, 2;

grant select on released_month to app_web, app_read;
