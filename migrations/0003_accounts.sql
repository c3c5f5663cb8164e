-- Staff, their roles and sessions. A session row holds the SHA-256 of its token: a dump holds no live session.

create table staff (
    staff_id uuid primary key,
    username text not null constraint staff_username_key unique check (username ~ '^[a-z0-9._-]{2,40}$'),
    display_name text not null,
    unit_id smallint references unit,
    password_hash text not null,
    active boolean not null default true,
    created_at timestamptz not null
);

create table staff_role (
    staff_id uuid not null references staff on delete cascade,
    role text not null check (role in ('tong_dai', 'mot_cua', 'van_phong', 'lanh_dao_vp', 'thanh_tra', 'truong_don_vi',
        'chuyen_vien', 'lanh_dao_so', 'tiep_cong_dan', 'kiem_toan', 'bao_ve_du_lieu', 'quan_tri')),
    primary key (staff_id, role)
);

create table session (
    token_hash bytea primary key check (length(token_hash) = 32),
    staff_id uuid not null references staff on delete cascade,
    created_at timestamptz not null,
    -- when the password was last given: opening an identity asks for it again
    authenticated_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_staff on session (staff_id);

-- Counters behind every slow-down. The bucket is an HMAC under a daily key: no address or name is stored.
create table rate_counter (
    bucket bytea not null,
    window_start timestamptz not null,
    hits integer not null,
    primary key (bucket, window_start)
);
create index rate_counter_age on rate_counter (window_start);

-- Who did what to whom, append-only; no free text, no personal data.
create table audit_log (
    audit_id bigint generated always as identity primary key,
    at timestamptz not null,
    staff_id uuid references staff,
    action text not null,
    case_id uuid,
    detail jsonb not null default '{}'
);
create index audit_log_case on audit_log (case_id) where case_id is not null;
-- the unsealer counts the openings of a day and asks whether this one was seen
create index audit_log_opening on audit_log (at) where action = 'mo_danh_tinh';

grant select, insert, update on staff to app_web;
grant select, insert, delete on staff_role to app_web;
grant select, insert, update, delete on session, rate_counter to app_web;
grant insert, select on audit_log to app_web, app_unseal;
grant select on staff, staff_role, session to app_unseal;
