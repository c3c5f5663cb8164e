//! The committed descriptions of the queries (`.sqlx`) are what the migrated schema says of them.

use crate::support::fresh_database;
use serde_json::Value;
use sqlx::{
    Column as _, Connection as _, Executor as _, PgConnection, SqlSafeStr as _, TypeInfo as _,
};
use std::{fs, path::Path};

#[tokio::test]
async fn every_prepared_query_still_describes_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files: Vec<_> = fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    assert!(
        !files.is_empty(),
        ".sqlx is missing or empty: run `make sqlx` and commit it"
    );
    let (owner, _) = fresh_database().await;
    let mut connection = PgConnection::connect_with(&owner).await.unwrap();
    let mut stale = Vec::new();
    for file in files {
        let query: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        if let Err(why) = check(&mut connection, &query).await {
            stale.push(format!("{}: {why}", query["query"].as_str().unwrap_or("?")));
        }
    }
    assert!(
        stale.is_empty(),
        "run `make sqlx` and commit .sqlx:\n{}",
        stale.join("\n")
    );
}

async fn check(connection: &mut PgConnection, query: &Value) -> Result<(), String> {
    let text = query["query"].as_str().ok_or("no query")?.to_owned();
    let text = sqlx::AssertSqlSafe(text).into_sql_str();
    let described = connection
        .describe(text)
        .await
        .map_err(|error| error.to_string())?;
    let columns = query["describe"]["columns"]
        .as_array()
        .ok_or("no columns")?;
    let nullable = query["describe"]["nullable"]
        .as_array()
        .ok_or("no nullables")?;
    if columns.len() != described.columns.len() {
        return Err(format!(
            "{} columns now, {} prepared",
            described.columns.len(),
            columns.len()
        ));
    }
    for (index, (now, prepared)) in described.columns.iter().zip(columns).enumerate() {
        let same = prepared["name"] == now.name()
            && type_name(&prepared["type_info"]) == now.type_info().name().to_lowercase();
        // what a query says of itself holds; what is guessed from the plan changes with the statistics
        let guessed = !now.name().ends_with(['!', '?']);
        if !same || (guessed && nullable[index].as_bool() != described.nullable[index]) {
            return Err(format!("column {} differs", now.name()));
        }
    }
    Ok(())
}

/// The name in a prepared type: `"Text"`, or `{"Custom": {"name": …}}`.
fn type_name(prepared: &Value) -> String {
    let name = prepared.as_str().map_or_else(
        || {
            prepared["Custom"]["name"]
                .as_str()
                .unwrap_or("?")
                .to_owned()
        },
        str::to_owned,
    );
    display_name(&name.to_lowercase())
}

/// PostgreSQL's own word for a type the driver names differently.
fn display_name(name: &str) -> String {
    let name = match name {
        "textarray" => "text[]",
        "byteaarray" => "bytea[]",
        "int2array" => "int2[]",
        "int4array" => "int4[]",
        "int8array" => "int8[]",
        "uuidarray" => "uuid[]",
        "bpchar" => "char",
        other => other,
    };
    name.to_owned()
}
