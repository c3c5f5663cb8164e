-- People: what of an account a second person must allow, how somebody proves who they are, and how guessing is paced.

-- A new account, other roles or another unit, a password set anew, a closed account opened again. One person asks and another
-- confirms; nothing of it holds before. The password is set with two halves that never meet but in the hands of the person: the
-- link is shown to whoever asks, the code to whoever confirms. Of both only the SHA-256 is here.
create table account_request (
    request_id uuid primary key,
    staff_id uuid not null references staff on delete cascade,
    kind text not null check (kind in ('tao', 'doi_quyen', 'cap_lai', 'mo_lai')),
    unit_id smallint references unit,
    roles text[] not null default '{}',
    -- null: asked for at the terminal of the server
    requested_by uuid references staff,
    requested_at timestamptz not null,
    approved boolean,
    decided_by uuid references staff,
    decided_at timestamptz,
    link_hash bytea constraint account_request_link_key unique check (length(link_hash) = 32),
    code_hash bytea check (length(code_hash) = 32),
    -- until when the link opens; null while nobody confirmed it, and once it was used
    expires_at timestamptz,
    constraint account_request_two_people
        check (decided_by is null or (decided_by is distinct from requested_by and decided_by <> staff_id)),
    constraint account_request_confirmed
        check (expires_at is null or (approved is true and link_hash is not null and code_hash is not null))
);
create unique index account_request_waiting on account_request (staff_id) where decided_at is null;
create index account_request_decided on account_request (decided_at desc) where decided_at is not null;

-- The secret of an authenticator app, sealed under the service key. A step that was used is never taken again.
create table staff_totp (
    staff_id uuid primary key references staff on delete cascade,
    sealed bytea not null,
    -- null while it is being set up
    confirmed_at timestamptz,
    last_step bigint not null default 0
);

-- Used in place of the app, once each.
create table recovery_code (
    staff_id uuid not null references staff on delete cascade,
    code_hash bytea not null check (length(code_hash) = 32),
    primary key (staff_id, code_hash)
);

-- The password was right and the second proof is still owed. This is no session.
create table sign_in_step (
    token_hash bytea primary key check (length(token_hash) = 32),
    staff_id uuid not null references staff on delete cascade,
    expires_at timestamptz not null
);

-- When the next password for an account under attack may be tried. The bucket is an HMAC under a daily key.
create table sign_in_turn (
    bucket bytea primary key,
    next_at timestamptz not null
);

-- Whether the roles that need a second proof must have one. Made-up data asks for none.
create table account_policy (
    account_policy_id boolean primary key default true check (account_policy_id),
    second_factor_required boolean not null
);
insert into account_policy (second_factor_required) values (true);

-- the page of the log reads a day at a time
create index audit_log_at on audit_log (at);

grant select, insert, update, delete on account_request, sign_in_step, sign_in_turn to app_web;
grant select, insert, update, delete on staff_totp, recovery_code to app_web;
grant select on account_policy to app_web;
