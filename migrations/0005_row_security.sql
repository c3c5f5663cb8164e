-- The second wall. Each transaction of the web says for whom it works (`set local app.*`); rows outside are not there.
--   app.scope     'intake' insert only · 'case' the submitter's own case (app.case_id) · 'all' · 'unit' (app.unit_id)
--                 · 'own' entries of app.staff_id · anything else: nothing
--   app.sealed    'on' where denunciations may be seen as well
--   app.original  'on' where the original words may be read; without it only the extract
-- Without these settings no row is visible.

create function app_setting(name text) returns text
    language sql stable parallel safe
    as $$ select nullif(current_setting('app.' || name, true), '') $$;

alter table feedback_case enable row level security;
create policy web_sees on feedback_case to app_web using (
    case app_setting('scope')
        when 'case' then case_id = app_setting('case_id')::uuid
        when 'all' then secrecy <> 'to_cao' or app_setting('sealed') = 'on'
        when 'unit' then assigned_unit_id = app_setting('unit_id')::smallint
            and (secrecy <> 'to_cao' or app_setting('sealed') = 'on')
        when 'own' then created_by = app_setting('staff_id')::uuid
        when 'intake' then case_id = app_setting('case_id')::uuid
        else false
    end
);
create policy unsealer_sees on feedback_case for select to app_unseal using (true);

-- Everything beside a case follows its case. Who writes or follows one case needs no look-up.
create function case_visible(id uuid) returns boolean
    language sql stable
    as $$ select case
        when app_setting('scope') in ('case', 'intake') then id = app_setting('case_id')::uuid
        else exists (select 1 from feedback_case c where c.case_id = id)
    end $$;

do $$
declare
    t text;
begin
    foreach t in array array['case_key', 'case_event', 'case_message', 'attachment', 'identity_opening'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy web_sees on %I to app_web using (case_visible(case_id))', t);
    end loop;
    foreach t in array array['case_event', 'identity_opening'] loop
        execute format('create policy unsealer_sees on %I to app_unseal using (true)', t);
    end loop;
end $$;

alter table case_body enable row level security;
create policy web_sees on case_body to app_web using (
    case_visible(case_id)
    and (field <> 'original' or app_setting('original') = 'on' or app_setting('scope') in ('case', 'intake', 'own'))
);

alter table case_identity enable row level security;
create policy web_writes on case_identity for insert to app_web with check (case_visible(case_id));
create policy unsealer_reads on case_identity to app_unseal using (true);
