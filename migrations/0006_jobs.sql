-- Work to do after a change, written in the same transaction. The payload holds ids, never words.
create table job (
    job_id bigint generated always as identity primary key,
    kind text not null,
    payload jsonb not null,
    run_at timestamptz not null,
    attempts smallint not null default 0,
    last_error text
);
create index job_due on job (run_at);

-- An address to acknowledge to, sealed under the service key until the mail has left; then the row goes.
create table outbox_address (
    outbox_id uuid primary key,
    sealed bytea not null
);

grant select, insert, update, delete on job, outbox_address to app_web;
