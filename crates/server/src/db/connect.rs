//! How the two databases are reached, and how they are set.

use std::{path::Path, str::FromStr, time::Duration};

use sea_orm::{
    DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        ConnectOptions as _, Connection as _, Executor as _,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};

use super::LOCK_WAIT;

/// A connection that was used so lately is taken without asking whether it still is one.
const TRUSTED: Duration = Duration::from_secs(1);

/// So many statements read from SQLite at a time.
const READERS: u32 = 8;

/// The file at `path`: the one connection that writes, and those that read.
pub(super) async fn sqlite(path: &Path) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
    let options = sqlite_at(path)?;
    let writer = sqlite_pool(options.clone(), 1).await?;
    Ok((writer, sqlite_pool(options.pragma("query_only", "on"), READERS).await?))
}

fn sqlite_at(path: &Path) -> Result<SqliteConnectOptions, DbErr> {
    let options = SqliteConnectOptions::from_str("sqlite://")
        .map_err(|e| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e)))?;
    Ok(options
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(LOCK_WAIT)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged is on the disk, also when the power fails.
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-32000")
        .pragma("mmap_size", "1073741824")
        .disable_statement_logging())
}

async fn sqlite_pool(
    options: SqliteConnectOptions,
    connections: u32,
) -> Result<DatabaseConnection, DbErr> {
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(LOCK_WAIT)
        .connect_with(options)
        .await
        .map_err(|e| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e)))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// The server at a `postgres://` URL.
pub(super) async fn postgres(url: &str) -> Result<DatabaseConnection, DbErr> {
    let conn = |e| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e));
    let options = PgConnectOptions::from_str(url).map_err(conn)?.disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(LOCK_WAIT)
        // To ask each time would double the way of every statement.
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            let limit = format!("SET lock_timeout = {}", LOCK_WAIT.as_millis());
            Box::pin(async move { connection.execute(limit.as_str()).await.map(drop) })
        })
        .before_acquire(|connection, about| {
            Box::pin(async move { Ok(about.idle_for < TRUSTED || connection.ping().await.is_ok()) })
        })
        .connect_with(options)
        .await
        .map_err(conn)?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}
