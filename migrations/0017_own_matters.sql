-- Nobody works on their own matter, and nobody reads more of a case than their part in it needs.
--   feedback_case.recused  who takes no part: named in the feedback, a relative, or with an interest; what was said when is in the events
--   app.staff_id           now set for everybody who works as a person, not for those with the scope 'own' alone
--   app.line               the units whose matters are this person's own: their unit and those above it
--   app.since              scope 'own' shows entries received on that day or later

alter table feedback_case add column recused uuid[] not null default '{}';

-- Words of an event are bound to this random id, to the moment and to the person of its row; null: to case and kind, as before.
alter table case_event add column seal_id uuid;

-- A unit and those above it. Who leads the department (`leads`) sits with its office and yet is not of it.
-- `union` ends a circle in the register.
create function own_line(of_unit smallint, leads boolean) returns smallint[]
    language sql stable parallel safe
    as $$
        with recursive line as (
            select unit_id, parent_id, kind from unit where unit_id = of_unit
            union
            select above.unit_id, above.parent_id, above.kind from unit above join line on above.unit_id = line.parent_id
        )
        select coalesce(array_agg(unit_id), '{}') from line where not (leads and kind in ('so', 'van_phong'))
    $$;

-- Whether a unit is `root` or below it.
create function unit_within(inner_unit smallint, root smallint) returns boolean
    language sql stable parallel safe
    as $$ select coalesce(root = any (own_line(inner_unit, false)), false) $$;

-- Whether this person has no part in the matter of a case, so that they may ask for the name behind it or allow it to be seen.
-- As long as nobody has said whom a matter of conduct or bribery is about, nobody is known to stand apart.
create function stands_apart(who uuid, from_case uuid) returns boolean
    language sql stable
    as $$
        select coalesce((
            select who <> all (c.recused) and case
                when c.concerned_unit_id is null then c.kind <> 'hanh_vi' and c.secrecy <> 'to_cao'
                else c.concerned_unit_id <> all (own_line(s.unit_id, exists (
                    select from staff_role r where r.staff_id = who and r.role = 'lanh_dao_so'
                )))
            end
            from feedback_case c, staff s where c.case_id = from_case and s.staff_id = who
        ), false)
    $$;

-- The settings stand in sub-selects, which are evaluated once for a statement and not once for a row; the cast around one makes it an array
-- to compare with, and not a set of rows.
alter policy web_sees on feedback_case using (
    case app_setting('scope')
        when 'case' then case_id = app_setting('case_id')::uuid
        when 'intake' then case_id = app_setting('case_id')::uuid
        when 'all' then (secrecy <> 'to_cao' or app_setting('sealed') = 'on')
            and coalesce((select app_setting('staff_id')::uuid) <> all (recused), true)
            and coalesce(concerned_unit_id <> all ((select app_setting('line')::smallint[])::smallint[]), true)
        when 'unit' then assigned_unit_id = app_setting('unit_id')::smallint
            and (secrecy <> 'to_cao' or app_setting('sealed') = 'on')
            and (select app_setting('staff_id')::uuid) <> all (recused)
            and (kind <> 'hanh_vi' and secrecy <> 'to_cao'
                or coalesce(concerned_unit_id <> all ((select app_setting('line')::smallint[])::smallint[]), true))
        when 'own' then created_by = app_setting('staff_id')::uuid
            and secrecy <> 'to_cao'
            and (select app_setting('staff_id')::uuid) <> all (recused)
            and received_on >= app_setting('since')::date
        else false
    end
);

-- Everything beside a case follows its case; what the submitter said or sent beyond that needs the right to the original, unless nothing
-- is kept secret. Who entered a case keeps its original and that it was entered, nothing of what came later.
do $$
declare
    follows constant text := $p$
        case
            when app_setting('scope') in ('case', 'intake') then %1$I.case_id = app_setting('case_id')::uuid
            else exists (select 1 from feedback_case c where c.case_id = %1$I.case_id and (%2$s))
        end
    $p$;
    original constant text := $p$ (app_setting('original') = 'on' or c.secrecy = 'thuong') $p$;
    part record;
begin
    for part in select * from (values
        ('case_event', $p$ app_setting('scope') <> 'own' or case_event.kind = 'nhap' $p$),
        ('case_message', $p$ app_setting('scope') <> 'own' and (case_message.direction = 'note' or $p$ || original || ')'),
        ('attachment', $p$ app_setting('scope') <> 'own' and $p$ || original),
        ('identity_opening', $p$ app_setting('scope') = 'all' or app_setting('original') = 'on' $p$),
        ('case_body', $p$ case when app_setting('scope') = 'own' then case_body.field = 'original'
            else case_body.field <> 'original' or $p$ || original || ' end')
    ) as parts (of_table, also) loop
        execute format('alter policy web_sees on %1$I using (' || follows || ')', part.of_table, part.also);
    end loop;
end $$;

-- All that counting and row security look at stands in this index (0009).
drop index feedback_case_counts;
create index feedback_case_counts on feedback_case (status, due_on, case_id)
    include (secrecy, assigned_unit_id, created_by, paused_on, proposal, kind, concerned_unit_id, recused, received_on)
    where status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet');
