//! Events between the servers of one PostgreSQL: what one of them commits, the pages of all hear (`NOTIFY`, which
//! PostgreSQL delivers after the commit, in its order, to the teller as well).

use std::time::Duration;

use ringdock_api::event::Event;
use sea_orm::{
    DbBackend, Statement,
    sqlx::{self, PgPool, postgres::PgListener},
};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::{
    error::{Error, Result},
    events::{Audience, Hub},
};

const CHANNEL: &str = "ringdock";

/// PostgreSQL takes payloads of less than 8000 bytes.
const LONGEST: usize = 7999;

/// Between two attempts to listen again.
const PAUSE: Duration = Duration::from_secs(1);

/// The statement that tells an event, once its transaction has been committed.
pub fn notify(to: Audience, event: &Event) -> Result<Statement> {
    let text = |event: &Event| {
        serde_json::to_string(&(to, event)).map_err(|e| Error::Internal(e.to_string()))
    };
    let mut told = text(event)?;
    if told.len() > LONGEST {
        // The pages fetch again what they show.
        told = text(&Event::Ready)?;
    }
    let values = [CHANNEL.into(), told.into()];
    let tell = "SELECT pg_notify($1, $2)";
    Ok(Statement::from_sql_and_values(DbBackend::Postgres, tell, values))
}

/// Passes on to `hub` what is told from now on, until `shutdown`.
pub async fn follow(
    pool: PgPool,
    hub: Hub,
    shutdown: CancellationToken,
) -> std::result::Result<(), sqlx::Error> {
    let mut listener = listen(&pool).await?;
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = hear(listener, &hub) => {}
                () = shutdown.cancelled() => return,
            }
            listener = tokio::select! {
                listener = listen_again(&pool) => listener,
                () = shutdown.cancelled() => return,
            };
            // What was told meanwhile, nobody here has heard.
            hub.tell(Audience::Everyone, Event::Ready);
        }
    });
    Ok(())
}

async fn listen(pool: &PgPool) -> std::result::Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

async fn listen_again(pool: &PgPool) -> PgListener {
    loop {
        match listen(pool).await {
            Ok(listener) => return listener,
            Err(error) => tracing::warn!(%error, "events of other servers cannot be heard"),
        }
        sleep(PAUSE).await;
    }
}

/// Passes on what is told, until the connection is lost.
async fn hear(mut listener: PgListener, hub: &Hub) {
    while let Ok(Some(told)) = listener.try_recv().await {
        match serde_json::from_str(told.payload()) {
            Ok((to, event)) => hub.tell(to, event),
            // Of a server of another version.
            Err(error) => tracing::warn!(%error, "an event of another server is not understood"),
        }
    }
}
