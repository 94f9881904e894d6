//! What every request has at hand.

use std::sync::Arc;

use ringdock_api::Millis;
use sea_orm::EntityTrait;
use tokio_util::sync::CancellationToken;

use crate::{
    auth::{attempts::Attempts, client::Proxy},
    db::Db,
    entity::workspace,
    error::{Error, Result},
    events::Hub,
    secret::Seal,
    stay::Streams,
};

/// How the server is run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A demo: its users sign in with one click.
    pub demo: bool,
    /// Whether browsers reach the server over `https://`, so that the cookie never travels without.
    pub https: bool,
    /// How long a webhook waits for late reports of a call that is over.
    pub webhook_delay: Millis,
    /// Proxies whose word is taken on where a request comes from (`X-Forwarded-For`).
    pub proxies: Vec<Proxy>,
}

/// The state of the server; clones are the same server.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Db,
    pub(crate) hub: Hub,
    pub(crate) seal: Seal,
    pub(crate) attempts: Arc<Attempts>,
    pub(crate) streams: Streams,
    pub(crate) options: Options,
    pub(crate) shutdown: CancellationToken,
}

impl App {
    /// Opens the database at `place` (a path, or a `postgres://` URL) and makes the workspace's row if there is none.
    ///
    /// # Errors
    /// The database cannot be opened, or is of a newer version.
    pub async fn open(
        place: &str,
        seal: Seal,
        options: Options,
    ) -> std::result::Result<Self, OpenError> {
        let (hub, shutdown) = (Hub::default(), CancellationToken::new());
        let db = Db::open(place, hub.clone(), options.webhook_delay, &shutdown).await?;
        let app = Self {
            db,
            hub,
            seal,
            attempts: Arc::default(),
            streams: Streams::default(),
            options,
            shutdown,
        };
        crate::settings::first_time(&app).await.map_err(|error| OpenError(format!("{error:?}")))?;
        Ok(app)
    }

    /// Ends streams of events and background work.
    pub fn end_streams(&self) {
        self.shutdown.cancel();
    }

    /// Ends streams and background work, and closes the database.
    pub async fn close(&self) {
        self.end_streams();
        if let Err(error) = self.db.close().await {
            tracing::warn!(%error, "the database did not close");
        }
    }

    pub(crate) async fn workspace(&self) -> Result<workspace::Model> {
        let row = workspace::Entity::find_by_id(1).one(self.db.read()).await?;
        row.ok_or_else(|| Error::Internal("the workspace has no row".to_owned()))
    }

    /// Whose national numbers are meant when nobody in particular asks.
    pub(crate) async fn country(&self) -> Result<String> {
        self.workspace().await.map(|workspace| workspace.country)
    }
}

/// Why the server cannot start.
#[derive(Debug)]
pub struct OpenError(String);

impl OpenError {
    pub(crate) fn new(sentence: String) -> Self {
        Self(sentence)
    }
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OpenError {}

impl From<sea_orm::DbErr> for OpenError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self(format!("The database cannot be opened: {error}"))
    }
}
