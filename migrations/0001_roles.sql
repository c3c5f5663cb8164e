-- Who may connect. The roles belong to the cluster, so a second database finds them made.
-- `app_web` serves pages, `app_unseal` opens identities, `app_read` counts for the public figures.
-- The migrating user owns every table and is none of them.
do $$
declare
    role_name text;
begin
    foreach role_name in array array['app_web', 'app_unseal', 'app_read'] loop
        begin
            execute format('create role %I login', role_name);
        exception when duplicate_object or unique_violation then null;
        end;
    end loop;
end $$;

grant usage on schema public to app_web, app_unseal, app_read;
