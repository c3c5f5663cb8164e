-- Cases. `feedback_case` is metadata; everything a person wrote or is lies sealed beside it.

create table feedback_case (
    case_id uuid primary key,
    -- random with a check character: reveals no count (architecture, "Data at rest")
    number text not null constraint feedback_case_number_key unique check (number ~ '^PA[0-9]{2}-[0-9A-Z]{6}-[0-9A-Z]$'),
    -- the running number of the register, seen inside only
    register_no bigint generated always as identity,
    kind text not null check (kind in ('hanh_vi', 'quy_dinh', 'tre_hen')),
    reasons text[] not null check (cardinality(reasons) between 1 and 20),
    channel text not null check (channel in ('online', 'dien_thoai', 'van_ban_truc_tiep', 'buu_chinh', 'email', 'phieu_lay_y_kien',
        'tiep_cong_dan', 'dvc_quoc_gia', 'dvc_thanh_pho', 'chuyen_den')),
    status text not null check (status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh',
        'dang_xu_ly', 'cho_phe_duyet', 'da_tra_loi', 'ket_thuc', 'tu_choi', 'da_chuyen_co_quan', 'da_huong_dan_kntc', 'tap_hop', 'da_rut', 'da_gop')),
    secrecy text not null default 'thuong' check (secrecy in ('thuong', 'giu_bi_mat', 'to_cao')),
    -- without a name or a way to answer: kept as an information lead, outside the rates of handling
    is_lead boolean not null,
    concerned_unit_id smallint references unit,
    assigned_unit_id smallint references unit,
    handler_id uuid references staff,
    created_by uuid references staff,
    received_on date not null,
    due_on date,
    -- which rule and calendar counted `due_on`; null when no deadline runs
    due_rule text,
    calendar_version smallint references calendar_version,
    paused_on date,
    supplement_asked boolean not null default false,
    reopened boolean not null default false,
    -- a decision that waits for a second person
    proposal text check (proposal in ('tu_choi', 'chuyen_co_quan')),
    proposed_by uuid references staff,
    finding text check (finding in ('dung', 'dung_mot_phan', 'khong_dung', 'khong_du_co_so', 'khong_xac_minh_duoc',
        'co_co_so', 'da_co_quy_dinh', 'khong_tiep_thu', 'chua_du_co_so')),
    answered_on date,
    closed_on date,
    satisfaction smallint check (satisfaction between 1 and 4),
    check (answered_on is null or answered_on >= received_on)
);

-- The inbox asks for open cases by deadline; closed ones outnumber them a hundred to one.
create index feedback_case_open_due on feedback_case (due_on nulls last, case_id)
    where status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet');
create index feedback_case_status_due on feedback_case (status, due_on nulls last, case_id);
create index feedback_case_received on feedback_case (received_on, case_id);
create index feedback_case_unit on feedback_case (assigned_unit_id, status, due_on nulls last, case_id);
create index feedback_case_register on feedback_case (register_no);

-- The data key of a case, wrapped by a versioned service key kept outside the database.
create table case_key (
    case_id uuid primary key references feedback_case on delete cascade,
    kek_version smallint not null,
    wrapped bytea not null
);

-- One sealed text per field: the original, the extract for the unit, the finding, the reply.
create table case_body (
    case_id uuid not null references feedback_case on delete cascade,
    field text not null check (field in ('original', 'extract', 'finding', 'reply')),
    sealed bytea not null check (length(sealed) <= 131072),
    primary key (case_id, field)
);

-- Name, address, phone, e-mail: sealed to the vault's public key; the web process can write and never read.
create table case_identity (
    case_id uuid primary key references feedback_case on delete cascade,
    key_version smallint not null,
    sealed bytea not null
);

create table case_receipt (
    case_id uuid primary key references feedback_case on delete cascade,
    key_version smallint not null,
    code_hmac bytea not null constraint case_receipt_code_key unique check (length(code_hmac) = 32)
);

create table attachment (
    attachment_id uuid primary key,
    case_id uuid not null references feedback_case on delete cascade,
    message_id uuid,
    position smallint not null,
    media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'audio/mpeg', 'audio/mp4')),
    size_bytes integer not null check (size_bytes between 1 and 10485760),
    sealed_name bytea not null
);
create index attachment_case on attachment (case_id);

-- What happened, append-only. `data` holds codes and ids; words a person wrote are in `sealed`.
create table case_event (
    event_id bigint generated always as identity primary key,
    case_id uuid not null references feedback_case on delete cascade,
    at timestamptz not null,
    kind text not null,
    staff_id uuid references staff,
    role text,
    data jsonb not null default '{}',
    sealed bytea
);
create index case_event_case on case_event (case_id, event_id);

-- Conversation with the submitter, and notes among staff.
create table case_message (
    message_id uuid primary key,
    case_id uuid not null references feedback_case on delete cascade,
    direction text not null check (direction in ('in', 'out', 'note')),
    at timestamptz not null,
    staff_id uuid references staff,
    sealed bytea not null
);
create index case_message_case on case_message (case_id, at);

-- One sending, one case: the hidden key of the form, and the same words again within a short while.
-- `slip` is the receipt sealed under a key that only the sender's browser can derive; it goes after `expires_at`.
create table submission (
    key_hmac bytea primary key,
    content_hmac bytea not null,
    case_id uuid not null references feedback_case on delete cascade,
    at timestamptz not null,
    slip bytea,
    expires_at timestamptz not null
);
create index submission_content on submission (content_hmac, at);
create index submission_expiry on submission (expires_at);

-- The tracking page remembers for half an hour who showed a receipt code.
create table track_session (
    token_hash bytea primary key check (length(token_hash) = 32),
    case_id uuid not null references feedback_case on delete cascade,
    expires_at timestamptz not null
);

-- Opening an identity: asked with a reason, allowed by a second leader, expires, told to the submitter.
create table identity_opening (
    opening_id uuid primary key,
    case_id uuid not null references feedback_case on delete cascade,
    requested_by uuid not null references staff,
    requested_at timestamptz not null,
    sealed_reason bytea not null,
    approved_by uuid references staff,
    approved_at timestamptz,
    refused_by uuid references staff,
    refused_at timestamptz,
    opened_at timestamptz,
    expires_at timestamptz,
    constraint identity_opening_two_people check (approved_by is distinct from requested_by)
);
create index identity_opening_case on identity_opening (case_id);

grant select, insert, update on feedback_case, case_body to app_web;
grant select, insert, update on case_key to app_web;
grant insert on case_identity to app_web;
grant select, insert on case_receipt, case_event, case_message, attachment to app_web;
grant select, insert, update, delete on submission, track_session to app_web;
-- that it was opened, and until when, only the unsealer writes
grant select on identity_opening to app_web;
grant insert (opening_id, case_id, requested_by, requested_at, sealed_reason) on identity_opening to app_web;
grant update (approved_by, approved_at, refused_by, refused_at) on identity_opening to app_web;

grant select on feedback_case, identity_opening, case_event to app_unseal;
grant select, update on case_identity to app_unseal;
grant update (opened_at, expires_at) on identity_opening to app_unseal;
grant insert on case_event to app_unseal;
