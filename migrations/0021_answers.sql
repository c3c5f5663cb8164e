-- The way of answer that was chosen, and whether a call or a letter is still owed: a task that somebody ticks.
alter table feedback_case
    add column reply_by text not null default 'trang' check (reply_by in ('trang', 'email', 'dien_thoai', 'thu')),
    add column reply_owed boolean not null default false;
create index feedback_case_reply_owed on feedback_case (due_on nulls last, case_id) where reply_owed;
create index feedback_case_reply_owed_received on feedback_case (received_on, case_id) where reply_owed;

-- A message of the submitter that nobody who may answer it has dealt with, whatever the status: it may come after the end.
alter table feedback_case add column unread boolean not null default false;
create index feedback_case_unread on feedback_case (due_on nulls last, case_id) where unread;
create index feedback_case_unread_received on feedback_case (received_on, case_id) where unread;

-- The answer before a case was opened again stays beside the next one.
alter table case_body drop constraint case_body_field_check;
alter table case_body add constraint case_body_field_check
    check (field in ('original', 'extract', 'finding', 'reply', 'reply_first'));
