//! What a process on the operator's own server looks at before it starts: whether it has more power
//! than its work needs. Every finding names the remedy.

use super::{MIGRATOR, binaries::Account};
use anyhow::{Context as _, bail, ensure};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::time::Duration;

/// What a role must not be able to do: table, column (empty: any), privilege.
type Forbidden = &'static [(&'static str, &'static str, &'static str)];

/// The web seals identities and never reads them; it asks for openings and never allows or counts
/// them.
const NOT_WEB: Forbidden = &[
    ("case_identity", "", "SELECT"),
    ("case_identity", "", "UPDATE"),
    ("identity_opener", "", "SELECT"),
    ("identity_opener", "", "INSERT"),
    ("identity_opener", "", "UPDATE"),
    ("identity_look", "", "INSERT"),
    ("identity_look", "", "DELETE"),
    ("identity_opening", "approved_by", "UPDATE"),
    ("identity_opening", "approved_by", "INSERT"),
    ("identity_opening", "opened_at", "UPDATE"),
    ("identity_opening", "", "DELETE"),
    ("audit_log", "", "UPDATE"),
    ("audit_log", "", "DELETE"),
    ("case_event", "", "UPDATE"),
    ("key_fingerprint", "", "INSERT"),
    ("key_fingerprint", "", "UPDATE"),
];
/// The unsealer opens identities and never reads what people wrote; whom it believes, it does not
/// decide.
const NOT_UNSEALER: Forbidden = &[
    ("case_body", "", "SELECT"),
    ("case_key", "", "SELECT"),
    ("case_message", "", "SELECT"),
    ("identity_opener", "", "INSERT"),
    ("identity_look", "", "DELETE"),
    ("staff_role", "", "INSERT"),
    ("key_fingerprint", "", "INSERT"),
    ("key_fingerprint", "", "UPDATE"),
];
/// A server that lets anybody in answers at once.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether this process runs as root.
///
/// # Errors
/// Without `/proc`.
pub fn runs_as_root() -> anyhow::Result<bool> {
    Ok(own_uid()? == 0)
}

/// The user this process runs as.
///
/// # Errors
/// Without `/proc`.
pub fn own_uid() -> anyhow::Result<u32> {
    Account::own_uid()
}

/// Demands that `options` sign in as `role` (`app_web` or `app_unseal`) and nothing more, on a
/// schema of this version.
///
/// # Errors
/// What is wrong and what to do.
pub async fn demand_plain_role(
    options: &PgConnectOptions,
    role: &'static str,
) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(options)
        .await
        .with_context(|| format!("cannot sign in at the database as {role}"))?;
    demand_login(&mut connection, role).await?;
    demand_schema(&mut connection).await?;
    demand_few_rights(&mut connection, role).await?;
    let owner = owner_of_tables(&mut connection).await?;
    connection.close().await?;
    let other = match role {
        "app_web" => "app_unseal",
        _ => "app_web",
    };
    for stranger in [other, &owner] {
        demand_closed_door(options, stranger).await?;
    }
    Ok(())
}

async fn demand_login(connection: &mut PgConnection, role: &str) -> anyhow::Result<()> {
    let login = sqlx::query!(
        r#"select r.rolname as "name!", r.rolsuper as "is_superuser!",
            r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls
                as "is_powerful!",
            exists (select from pg_class c where c.relowner = r.oid
                and c.relnamespace = 'public'::regnamespace) as "owns!",
            coalesce((select string_agg(g.rolname, ', ') from pg_auth_members m
                join pg_roles g on g.oid = m.roleid where m.member = r.oid), '') as "member_of!"
        from pg_roles r where r.rolname = session_user"#
    )
    .fetch_one(connection)
    .await?;
    let name = &login.name;
    ensure!(
        !login.is_superuser,
        "signed in at the database as {name}, a superuser: no row would be hidden from this \
         process. Sign in as {role}: DATABASE_URL=postgres://{role}@…"
    );
    ensure!(
        !login.owns,
        "signed in at the database as {name}, who owns its tables: row security does not hold for \
         an owner. Sign in as {role}: DATABASE_URL=postgres://{role}@…"
    );
    ensure!(
        name == role,
        "signed in at the database as {name}. This process works as {role}: \
         DATABASE_URL=postgres://{role}@…"
    );
    ensure!(
        !login.is_powerful,
        "{role} may make roles or databases, replicate, or bypass row security. Take that away: \
         alter role {role} nocreaterole nocreatedb noreplication nobypassrls"
    );
    ensure!(
        login.member_of.is_empty(),
        "{role} may act as {0}. Take that away: revoke {0} from {role}",
        login.member_of
    );
    Ok(())
}

async fn demand_schema(connection: &mut PgConnection) -> anyhow::Result<()> {
    // no macro: sqlx makes this table itself, it is in no migration
    let applied: Result<Vec<(i64, Vec<u8>)>, _> =
        sqlx::query_as("select version, checksum from _sqlx_migrations where success")
            .fetch_all(connection)
            .await;
    let Ok(applied) = applied else {
        bail!("the database has no schema yet; run `lang-nghe migrate` as its owner");
    };
    for migration in MIGRATOR.iter() {
        let checksum = applied
            .iter()
            .find(|(version, _)| *version == migration.version)
            .map(|(_, checksum)| checksum.as_slice());
        match checksum {
            Some(checksum) if checksum == &*migration.checksum => {}
            Some(_) => bail!(
                "migration {} of the database is another one than this program's",
                migration.version
            ),
            None => bail!(
                "the schema is older than this program (migration {} is missing); run `lang-nghe \
                 migrate` as the owner",
                migration.version
            ),
        }
    }
    Ok(())
}

async fn demand_few_rights(connection: &mut PgConnection, role: &str) -> anyhow::Result<()> {
    let forbidden = match role {
        "app_web" => NOT_WEB,
        _ => NOT_UNSEALER,
    };
    let of = |part: fn(&(&str, &str, &str)) -> String| forbidden.iter().map(part).collect();
    let (tables, columns, privileges): (Vec<String>, Vec<String>, Vec<String>) = (
        of(|f| f.0.to_owned()),
        of(|f| f.1.to_owned()),
        of(|f| f.2.to_owned()),
    );
    let held = sqlx::query_scalar!(
        r#"select coalesce(string_agg(f.privilege || ' on ' || f.name, ', '), '') as "held!"
        from unnest($1::text[], $2::text[], $3::text[]) as f(name, col, privilege)
        where case
            when f.privilege = 'DELETE' then has_table_privilege(f.name, f.privilege)
            when f.col = '' then has_any_column_privilege(f.name, f.privilege)
            else has_column_privilege(f.name, f.col, f.privilege)
        end"#,
        &tables,
        &columns,
        &privileges
    )
    .fetch_one(&mut *connection)
    .await?;
    ensure!(
        held.is_empty(),
        "{role} has rights it must not have: {held}. Somebody granted them to {role} or to public; \
         revoke them as the owner"
    );
    let creates =
        sqlx::query_scalar!(r#"select has_schema_privilege('public', 'CREATE') as "creates!""#)
            .fetch_one(connection)
            .await?;
    ensure!(
        !creates,
        "{role} may make tables and functions. Take that away: revoke create on schema public from \
         public"
    );
    Ok(())
}

async fn owner_of_tables(connection: &mut PgConnection) -> anyhow::Result<String> {
    Ok(sqlx::query_scalar!(
        r#"select r.rolname as "name!" from pg_class c join pg_roles r on r.oid = c.relowner
        where c.oid = 'case_identity'::regclass"#
    )
    .fetch_one(connection)
    .await?)
}

/// Demands that the server does not let this process in as somebody else.
async fn demand_closed_door(options: &PgConnectOptions, stranger: &str) -> anyhow::Result<()> {
    let as_stranger = options.clone().username(stranger);
    let tried = tokio::time::timeout(PATIENCE, PgConnection::connect_with(&as_stranger)).await;
    if let Ok(Ok(connection)) = tried {
        let _ = connection.close().await;
        bail!(
            "the database lets this process in as {stranger} as well: its pg_hba.conf does not ask \
             who it is, or the password is the same. Use peer authentication with a map, or \
             passwords of their own (docs/operations.md)"
        );
    }
    Ok(())
}
