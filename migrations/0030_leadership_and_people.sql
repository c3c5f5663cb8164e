-- What the leadership page and the register of people ask for.

-- The days that answers take are counted by the month of the answer.
create index feedback_case_answered on feedback_case (answered_on)
    include (assigned_unit_id, received_on, secrecy, concerned_unit_id, recused) where answered_on is not null;

-- The day on which an account was last used; sessions themselves go when they end.
alter table staff add column last_used_on date;

-- What a person has in hand: numbers alone, which tell nothing. Whoever administers accounts sees no case, and must know what an
-- account still holds before it is closed. Belongs to the owner, so it looks over row security.
create function held_cases(holder uuid) returns table (case_id uuid, number text, unit_id smallint)
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select c.case_id, c.number, c.assigned_unit_id from feedback_case c
        where c.handler_id = holder and c.status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly',
            'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
        order by c.due_on nulls last, c.number
    $$;
revoke all on function held_cases from public;
grant execute on function held_cases to app_web;
create index feedback_case_in_hand on feedback_case (handler_id)
    where handler_id is not null and status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly',
        'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet');
