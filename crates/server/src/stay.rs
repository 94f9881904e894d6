//! How long a page is there: as long as its stream of events is open, or its browser's, and a little longer.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use ringdock_api::Id;
use tokio::{runtime::Handle, time::sleep};

use crate::{app::App, presence, time::now};

/// A page whose stream ended is gone if it does not open another within this time. What holds for a page here holds for a
/// browser with all its pages.
const ABSENCE: Duration = Duration::from_secs(2);

/// How many streams each page has open on this server.
pub type Streams = Arc<Mutex<HashMap<(Id, String), u32>>>;

/// One stream of a page; the page is gone a little after the last of them.
pub struct Stay {
    app: App,
    page: (Id, String),
    /// Where to wait when the stream has ended.
    runtime: Handle,
}

impl Stay {
    /// A page of this user opens a stream.
    pub fn begin(app: &App, user: Id, page: String) -> Self {
        let page = (user, page);
        let mut streams = app.streams.lock().unwrap_or_else(PoisonError::into_inner);
        *streams.entry(page.clone()).or_default() += 1;
        Self { app: app.clone(), page, runtime: Handle::current() }
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        let mut streams = self.app.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = streams.get_mut(&self.page) {
            *open -= 1;
            if *open == 0 {
                streams.remove(&self.page);
            }
        }
        drop(streams);
        // A server that ends takes nobody along: their pages find another one, or this one again.
        if !self.app.shutdown.is_cancelled() {
            self.runtime.spawn(leave(self.app.clone(), self.page.clone()));
        }
    }
}

async fn leave(app: App, page: (Id, String)) {
    let left_at = now();
    sleep(ABSENCE).await;
    let is_back = app.streams.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&page);
    if is_back || app.shutdown.is_cancelled() {
        return;
    }
    // Otherwise it is forgotten for its silence.
    if let Err(error) = presence::leave(&app, page.0, &page.1, left_at).await {
        tracing::warn!(?error, "a page that is gone could not be forgotten");
    }
}
