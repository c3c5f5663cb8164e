-- Opening an identity rests on nothing that the web may write: who may take part and by which password, the second leader's consent,
-- and every look. Only the unsealer writes these; who may take part, only the owner (`lang-nghe admin`).

-- A person who may ask for or allow an opening, as the owner of the installation admitted them. The unsealer checks their password
-- against this form of it, not against `staff`, which the web may write.
create table identity_opener (
    staff_id uuid primary key references staff,
    -- their unit when they were admitted: to be moved elsewhere does not let anybody open a case about it
    unit_id smallint references unit,
    password_hash text not null,
    admitted_at timestamptz not null
);

-- Every look at an identity. The daily limit counts these.
create table identity_look (
    look_id bigint generated always as identity primary key,
    opening_id uuid not null references identity_opening on delete cascade,
    staff_id uuid not null references staff,
    at timestamptz not null
);
create index identity_look_at on identity_look (at);
create index identity_look_opening on identity_look (opening_id);

-- whoever leads today was admitted under the rules of before
insert into identity_opener (staff_id, unit_id, password_hash, admitted_at)
select s.staff_id, s.unit_id, s.password_hash, now() from staff s
where s.active and exists (select from staff_role r where r.staff_id = s.staff_id and r.role in ('lanh_dao_so', 'lanh_dao_vp'));

grant select, update (password_hash) on identity_opener to app_unseal;
grant select, insert on identity_look to app_unseal;

-- An approval that the web wrote proves nothing: those that still run wait for the second leader again.
update identity_opening set approved_by = null, approved_at = null where approved_at > now() - interval '24 hours';
revoke update (approved_by, approved_at) on identity_opening from app_web;
grant update (approved_by, approved_at) on identity_opening to app_unseal;

-- The lines of the audit log and of a case's history that tell of an opening are the unsealer's.
alter table audit_log enable row level security;
create policy web_reads on audit_log for select to app_web using (true);
create policy web_writes on audit_log for insert to app_web
    with check (action not in ('mo_danh_tinh', 'mo_danh_tinh_duyet', 'mo_danh_tinh_khong_duoc'));
create policy unsealer_reads on audit_log for select to app_unseal using (true);
create policy unsealer_writes on audit_log for insert to app_unseal with check (true);
create policy unsealer_alone on case_event as restrictive for insert to app_web
    with check (kind not in ('mo_danh_tinh', 'mo_danh_tinh_duyet'));

-- wrong passwords are counted from the audit log, looks no longer
drop index audit_log_opening;
create index audit_log_refused on audit_log (staff_id, at) where action = 'mo_danh_tinh_khong_duoc';
