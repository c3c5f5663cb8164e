-- How long things are kept is what the public page says (src/guidance/privacy_page.rs):
--   name and contact                24 months after the end of the case
--   leads, which have no sender     24 months after their end, everything
--   refused                         6 months after the refusal, everything
--   every other case                10 years after its end, everything
--   audit log                       10 years
-- A case that an inspection, an investigation or a court needs is held until that is over.
-- What remains of an erased case is what the figures count, and that it was erased.
alter table feedback_case
    add column held_since date,
    add column erased_on date;

-- Destroys the name and the contact of a case. Called by the two functions below and by the owner alone.
create function erase_identity(id uuid) returns void
    language plpgsql set search_path = public, pg_temp
    as $$
begin
    delete from case_identity where case_id = id;
    delete from outbox_address where case_id = id;
    update submission set slip = null where case_id = id;
    insert into case_event (case_id, at, kind) values (id, wall_clock(), 'xoa_danh_tinh');
end $$;

-- Destroys the key of a case and everything that was sealed under it; gives the files to remove from the store.
create function erase_case(id uuid) returns uuid[]
    language plpgsql set search_path = public, pg_temp
    as $$
declare
    files uuid[];
    today constant date := (wall_clock() at time zone 'Asia/Ho_Chi_Minh')::date;
begin
    select coalesce(array_agg(attachment_id), '{}') into files from attachment where case_id = id;
    delete from case_key where case_id = id;
    delete from case_identity where case_id = id;
    delete from case_receipt where case_id = id;
    delete from case_body where case_id = id;
    delete from case_message where case_id = id;
    delete from attachment where case_id = id;
    delete from submission where case_id = id;
    delete from track_session where case_id = id;
    delete from outbox_address where case_id = id;
    update identity_opening set sealed_reason = '' where case_id = id;
    update case_event set sealed = null, data = data - 'nguoi' where case_id = id;
    update feedback_case
    set erased_on = today, handler_id = null, created_by = null, proposal = null, proposed_by = null, paused_on = null,
        recused = '{}', reply_owed = false, unread = false, closed_on = coalesce(closed_on, today),
        status = case
            when status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh',
                'dang_xu_ly', 'cho_phe_duyet') then 'da_rut'
            else status
        end
    where case_id = id;
    insert into case_event (case_id, at, kind) values (id, wall_clock(), 'xoa_ho_so');
    insert into audit_log (at, action, case_id, detail)
    values (wall_clock(), 'xoa_ho_so', id, jsonb_build_object('tep', cardinality(files)));
    return files;
end $$;

-- What is to be erased by now: `danh_tinh` name and contact, `tat_ca` everything.
create function retention_due() returns table (case_id uuid, what text)
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
                coalesce(c.closed_on, c.answered_on, (
                    select max(e.at at time zone 'Asia/Ho_Chi_Minh')::date from case_event e
                    where e.case_id = c.case_id and e.kind not in ('xoa_danh_tinh', 'mo_danh_tinh')
                ), c.received_on) as ended
        ) t
        where c.erased_on is null and c.held_since is null and c.received_on <= t.today - interval '6 months'
            and c.status not in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly',
                'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
    ) d
    where d.what is not null
    $$;

-- Erases at most so many of them, oldest first, and says what it did. Whoever calls it can only hasten what is due: the time is
-- the database's, and two callers at once share the work.
create function apply_retention(most integer) returns table (erased uuid, what text, files uuid[])
    language plpgsql security definer set search_path = public, pg_temp
    as $$
declare
    due record;
begin
    for due in
        select d.case_id, d.what from retention_due() d join feedback_case c on c.case_id = d.case_id
        order by c.received_on, c.case_id limit most for update of c skip locked
    loop
        -- another run may have ended between the list and the lock
        continue when not exists (
            select from feedback_case c where c.case_id = due.case_id and c.erased_on is null and c.held_since is null
                and (due.what = 'tat_ca' or exists (select from case_identity i where i.case_id = c.case_id))
        );
        erased := due.case_id;
        what := due.what;
        files := '{}';
        if due.what = 'tat_ca' then
            files := erase_case(due.case_id);
        else
            perform erase_identity(due.case_id);
        end if;
        return next;
    end loop;
    delete from audit_log where at < wall_clock() - interval '10 years';
end $$;

revoke all on function erase_identity, erase_case, retention_due, apply_retention from public;
grant execute on function retention_due, apply_retention to app_web;
