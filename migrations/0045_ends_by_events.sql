-- When a case ended, and that it was refused, is what its history says; of the row the web may write the status, and of an event the
-- time. So each event has the moment at which the database took it in, which the web cannot choose, and none of them lies ahead.
alter table case_event add column recorded_at timestamptz;
create function event_is_recorded() returns trigger language plpgsql as $$
begin
    if current_user in ('app_web', 'app_unseal') then
        if new.at > wall_clock() + interval '10 minutes' then
            raise check_violation using message = 'an event lies ahead of the clock of the database';
        end if;
        new.recorded_at := wall_clock();
    else
        new.recorded_at := coalesce(new.recorded_at, new.at);
    end if;
    return new;
end $$;
create trigger event_is_recorded before insert on case_event for each row execute function event_is_recorded();

-- Whether somebody gave their name is settled when they send.
create function lead_is_settled() returns trigger language plpgsql as $$
begin
    if current_user = 'app_web' then
        raise insufficient_privilege using message = 'is_lead is written with the case';
    end if;
    return new;
end $$;
create trigger lead_is_settled before update of is_lead on feedback_case
    for each row when (new.is_lead is distinct from old.is_lead) execute function lead_is_settled();

-- A case ended with the last event that ends one, unless it was opened again after it. Notes, messages, consents and whatever else may
-- follow an end put nothing off. Of the row only "open" is believed, which keeps. Who was answered has not been refused.
create or replace function retention_due() returns table (case_id uuid, what text)
    language sql stable security definer set search_path = public, pg_temp
    as $$
    select d.case_id, d.what
    from (
        select c.case_id, case
            when t.ended + interval '10 years' <= t.today then 'tat_ca'
            when c.is_lead and t.ended + interval '24 months' <= t.today then 'tat_ca'
            when t.refused and t.ended + interval '6 months' <= t.today
                and not exists (select from case_event a where a.case_id = c.case_id and a.kind = 'tra_loi') then 'tat_ca'
            when t.ended + interval '24 months' <= t.today
                and exists (select from case_identity i where i.case_id = c.case_id) then 'danh_tinh'
        end as what
        from feedback_case c
        cross join lateral (
            select (wall_clock() at time zone 'Asia/Ho_Chi_Minh')::date as today,
                (l.taken_in at time zone 'Asia/Ho_Chi_Minh')::date as ended, l.kind = 'duyet_tu_choi' as refused
            from (
                select e.kind, coalesce(e.recorded_at, e.at) as taken_in from case_event e
                where e.case_id = c.case_id and coalesce(e.recorded_at, e.at) <= wall_clock()
                    and e.kind in ('tra_loi', 'ket_thuc', 'duyet_tu_choi', 'duyet_chuyen', 'huong_dan_kntc', 'rut', 'mo_lai', 'hoan_tac')
                order by taken_in desc, e.event_id desc limit 1
            ) l
            where l.kind not in ('mo_lai', 'hoan_tac')
        ) t
        where c.erased_on is null and c.held_since is null
            and c.status not in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly',
                'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
    ) d
    where d.what is not null
    $$;

-- What it takes to take a step back goes with the ten minutes in which one may.
create index feedback_case_last_step on feedback_case (case_id) where last_step is not null;
create function forget_last_steps() returns void
    language sql security definer set search_path = public, pg_temp
    as $$
    update feedback_case set last_step = null
    where last_step is not null
        and coalesce((last_step->>'luc')::bigint, 0) <= extract(epoch from wall_clock() - interval '10 minutes')
    $$;
revoke all on function forget_last_steps from public;
grant execute on function forget_last_steps to app_web;

-- And with the case.
create or replace function erase_case(id uuid) returns uuid[]
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
        recused = '{}', reply_owed = false, unread = false, last_step = null, closed_on = coalesce(closed_on, today),
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
