-- Which keys belong to this database: a fingerprint of each version, noted by the owner. A process that holds others does not start.
create table key_fingerprint (
    kind text not null check (kind in ('service', 'receipt', 'blind', 'identity')),
    version smallint not null check (version > 0),
    fingerprint bytea not null check (length(fingerprint) = 32),
    noted_at timestamptz not null,
    primary key (kind, version)
);
grant select on key_fingerprint to app_web, app_unseal;

-- A process looks at the version of the schema before it starts. (The table is sqlx's; it is missing where only queries are described.)
do $$
begin
    if to_regclass('_sqlx_migrations') is not null then
        grant select on _sqlx_migrations to app_web, app_unseal;
    end if;
end $$;

-- Renewing keys takes the roles of the processes (`set local role`). A superuser may anyway; an owner who made them must say so: before
-- PostgreSQL 16 by membership, since then by the option SET.
do $$
declare
    role_name text;
begin
    if (select rolsuper from pg_roles where rolname = current_user) then
        return;
    end if;
    foreach role_name in array array['app_web', 'app_unseal'] loop
        begin
            if current_setting('server_version_num')::int >= 160000 then
                execute format('grant %I to %I with inherit false, set true', role_name, current_user);
            else
                execute format('grant %I to %I', role_name, current_user);
            end if;
        exception when insufficient_privilege then
            raise exception 'the role % was made by somebody else; let a superuser run: grant % to %', role_name, role_name, current_user;
        end;
    end loop;
end $$;
