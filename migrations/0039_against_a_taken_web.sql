-- The end of a case is what its history says, which the web can only add to; of the row it may write every other date. A case ends with
-- the last thing done about it: what may follow an end (a rating, a look at the name) does not put it off.
create or replace function retention_due() returns table (case_id uuid, what text)
    language sql stable security definer set search_path = public, pg_temp
    as $$
    select d.case_id, d.what
    from (
        select c.case_id, case
            when t.ended + interval '10 years' <= t.today then 'tat_ca'
            when c.is_lead and t.ended + interval '24 months' <= t.today then 'tat_ca'
            when c.status = 'tu_choi' and t.ended + interval '6 months' <= t.today then 'tat_ca'
            when t.ended + interval '24 months' <= t.today
                and exists (select from case_identity i where i.case_id = c.case_id) then 'danh_tinh'
        end as what
        from feedback_case c
        cross join lateral (
            select (wall_clock() at time zone 'Asia/Ho_Chi_Minh')::date as today,
                greatest(c.received_on, c.answered_on, c.closed_on, (
                    select max(e.at at time zone 'Asia/Ho_Chi_Minh')::date from case_event e
                    where e.case_id = c.case_id and e.kind not in ('danh_gia', 'xoa_danh_tinh', 'mo_danh_tinh',
                        'mo_danh_tinh_yeu_cau', 'mo_danh_tinh_duyet', 'mo_danh_tinh_tu_choi', 'da_goi', 'da_gui_thu')
                )) as ended
        ) t
        where c.erased_on is null and c.held_since is null and c.received_on <= t.today - interval '6 months'
            and c.status not in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly',
                'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
    ) d
    where d.what is not null
    $$;

-- To hold a case, to let it go and to say that it is erased is for the owner.
create function owner_holds_and_erases() returns trigger language plpgsql as $$
begin
    if current_user = 'app_web' and (new.held_since, new.erased_on) is distinct from (old.held_since, old.erased_on) then
        raise insufficient_privilege using message = 'held_since and erased_on are written by the owner';
    end if;
    return new;
end $$;
create trigger owner_holds_and_erases before update of held_since, erased_on on feedback_case
    for each row execute function owner_holds_and_erases();

-- A secret for a second proof belongs to whoever opened its page: another sign-in gets another one.
alter table staff_totp add column shown_to bytea;
delete from staff_totp where confirmed_at is null;

-- A note by somebody who reads the original may say who spoke, and stays with those who read it too (row security shows a unit no other
-- direction than `note`). Those of before that were not written in the unit are such notes.
alter table case_message drop constraint case_message_direction_check,
    add constraint case_message_direction_check check (direction in ('in', 'out', 'note', 'note_office'));
update case_message m set direction = 'note_office'
from feedback_case c, staff s
where m.direction = 'note' and c.case_id = m.case_id and s.staff_id = m.staff_id
    and s.unit_id is distinct from c.assigned_unit_id;
