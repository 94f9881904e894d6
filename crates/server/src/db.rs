//! The database: SQLite in a file, or PostgreSQL.

mod connect;

use std::{path::Path, sync::Arc, time::Duration};

use ringdock_api::{Millis, event::Event};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, QueryResult, Statement, TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    error::{Error, Result},
    events::{Audience, Hub},
    migration::Migrator,
    relay,
};

/// How long a statement waits for a lock that another program holds, and a writer for its turn.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// Where the data is.
#[derive(Clone)]
pub struct Db {
    writer: DatabaseConnection,
    /// On SQLite, connections that cannot write.
    reader: DatabaseConnection,
    /// SQLite has one writer. Taking turns here is fair, and spares a transaction that has read the refusal to write.
    turn: Option<Arc<Mutex<()>>>,
    hub: Hub,
    webhook_delay: Millis,
}

impl Db {
    /// Opens the database and brings its tables up to date. `place` is a URL (`postgres://`) or a file's path. What other
    /// servers tell goes to `hub` until `shutdown`.
    pub async fn open(
        place: &str,
        hub: Hub,
        webhook_delay: Millis,
        shutdown: &CancellationToken,
    ) -> Result<Self, DbErr> {
        let postgres = place.starts_with("postgres://") || place.starts_with("postgresql://");
        let (writer, reader) = if postgres {
            let pool = connect::postgres(place).await?;
            (pool.clone(), pool)
        } else {
            connect::sqlite(Path::new(place)).await?
        };
        let turn = (!postgres).then(Arc::default);
        let db = Self { writer, reader, turn, hub, webhook_delay };
        db.migrate().await?;
        db.take_stock().await?;
        if postgres {
            let pool = db.writer.get_postgres_connection_pool().clone();
            let following = relay::follow(pool, db.hub.clone(), shutdown.clone()).await;
            following.map_err(|e| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e)))?;
        }
        Ok(db)
    }

    /// Lets SQLite look at a sample of what it holds, where that has changed much, so that it chooses the right index.
    /// PostgreSQL does so by itself. It writes, so it takes the writers' turn.
    pub async fn take_stock(&self) -> Result<(), DbErr> {
        let _turn = self.turn().await?;
        if !self.is_postgres() {
            // 0x10002: tables that nobody has asked for yet as well, and no more than a sample of each.
            self.writer.execute_unprepared("PRAGMA optimize = 0x10002").await?;
        }
        Ok(())
    }

    async fn migrate(&self) -> Result<(), DbErr> {
        if self.is_postgres() {
            // Several servers that start at once take turns.
            let lock = "SELECT pg_advisory_lock(7301)";
            let held = self.writer.begin().await?;
            held.execute_unprepared("SET LOCAL lock_timeout = 0").await?;
            held.execute_unprepared(lock).await?;
            let outcome = Migrator::up(&self.writer, None).await;
            held.execute_unprepared("SELECT pg_advisory_unlock(7301)").await?;
            held.commit().await?;
            return outcome;
        }
        Migrator::up(&self.writer, None).await
    }

    /// For reading alone; what is written goes through [`Self::begin`].
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// A transaction for writing. Dropped without [`Tx::commit`], it leaves nothing behind.
    pub async fn begin(&self) -> Result<Tx> {
        let turn = self.turn().await?;
        let inner = self.writer.begin().await?;
        Ok(Tx {
            inner,
            turn,
            hub: self.hub.clone(),
            webhook_delay: self.webhook_delay,
            told: Vec::new(),
        })
    }

    async fn turn(&self) -> Result<Option<OwnedMutexGuard<()>>, DbErr> {
        let Some(turn) = &self.turn else { return Ok(None) };
        let turn = timeout(LOCK_WAIT, turn.clone().lock_owned()).await;
        turn.map(Some).map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
    }

    fn is_postgres(&self) -> bool {
        self.turn.is_none()
    }

    /// Closes all connections.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.reader.clone().close().await?;
        self.writer.clone().close().await
    }
}

/// A transaction, and what is to be told once it has been committed.
pub struct Tx {
    inner: DatabaseTransaction,
    turn: Option<OwnedMutexGuard<()>>,
    hub: Hub,
    webhook_delay: Millis,
    told: Vec<(Audience, Event)>,
}

impl Tx {
    /// Tells open pages after the commit.
    pub fn tell(&mut self, to: Audience, event: Event) {
        if !self.told.contains(&(to, event.clone())) {
            self.told.push((to, event));
        }
    }

    /// Writes everything. Once this has returned, it is on the disk.
    pub async fn commit(self) -> Result<()> {
        if self.is_postgres() {
            for (to, event) in &self.told {
                self.inner.execute(relay::notify(*to, event)?).await?;
            }
            return Ok(self.inner.commit().await?);
        }
        self.inner.commit().await?;
        // Before the next writer's turn: events come in the order of what they tell of.
        for (to, event) in self.told {
            self.hub.tell(to, event);
        }
        drop(self.turn);
        Ok(())
    }

    fn is_postgres(&self) -> bool {
        self.inner.get_database_backend() == DbBackend::Postgres
    }

    /// How long a webhook waits for late reports.
    pub fn webhook_delay(&self) -> Millis {
        self.webhook_delay
    }

    /// Makes all who write calls take turns, across servers.
    pub async fn lock_calls(&self) -> Result<()> {
        if self.is_postgres() {
            self.inner.execute_unprepared("SELECT pg_advisory_xact_lock(7302)").await?;
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }
    async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute(statement).await
    }
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }
    async fn query_one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one(statement).await
    }
    async fn query_all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all(statement).await
    }
}

/// A statement with `$1`, `$2`, ... for its values; both databases take that.
pub fn sql(
    db: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), text, values)
}

/// Turns a broken unique constraint into the error of a name that is taken.
pub fn unique(error: DbErr, taken: impl FnOnce() -> Error) -> Error {
    match error.sql_err() {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => taken(),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_writer_waits_for_its_turn_and_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("crm.db").display().to_string();
        let db = Db::open(&place, Hub::default(), 0, &CancellationToken::new()).await.unwrap();
        let tx = db.begin().await.unwrap();
        tokio::time::pause();
        let began = tokio::time::Instant::now();
        let writers = (0..10).map(|_| db.begin());
        for refused in futures_util::future::join_all(writers).await {
            assert!(matches!(refused.map(drop), Err(Error::Busy)));
        }
        assert_eq!(began.elapsed().as_secs(), LOCK_WAIT.as_secs());
        tokio::time::resume();
        tx.commit().await.unwrap();
        db.begin().await.unwrap().commit().await.unwrap();
    }

    #[tokio::test]
    async fn who_reads_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("crm.db").display().to_string();
        let db = Db::open(&place, Hub::default(), 0, &CancellationToken::new()).await.unwrap();
        let write = "INSERT INTO roles (name, permissions) VALUES ('Agent', '[]')";
        db.read().execute_unprepared(write).await.unwrap_err();
        let tx = db.begin().await.unwrap();
        tx.execute_unprepared(write).await.unwrap();
        tx.commit().await.unwrap();
        let count = sql(db.read(), "SELECT COUNT(*) AS roles FROM roles", []);
        let roles = db.read().query_one(count).await.unwrap().unwrap();
        assert_eq!(roles.try_get::<i64>("", "roles").unwrap(), 1, "what was committed is read");
    }

    #[tokio::test]
    async fn stock_is_not_taken_between_reading_and_writing() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("crm.db").display().to_string();
        let db = Db::open(&place, Hub::default(), 0, &CancellationToken::new()).await.unwrap();
        let tx = db.begin().await.unwrap();
        let done = std::sync::Mutex::new(Vec::new());
        let writing = async {
            for _ in 0..200 {
                tx.query_one(sql(&tx, "SELECT COUNT(*) FROM roles", [])).await.unwrap();
            }
            done.lock().unwrap().push("written");
            tx.commit().await.unwrap();
        };
        let stock = async {
            db.take_stock().await.unwrap();
            done.lock().unwrap().push("stock taken");
        };
        tokio::join!(stock, writing);
        assert_eq!(*done.lock().unwrap(), ["written", "stock taken"]);
    }
}
