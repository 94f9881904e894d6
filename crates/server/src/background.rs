//! What the server does by itself.

use std::{future::Future, time::Duration};

use tokio::{task::JoinHandle, time::sleep};

use crate::{app::App, calls::close, error::Result, presence, webhooks::deliver};

const NOW: Duration = Duration::ZERO;
const HOUR: Duration = Duration::from_secs(3600);

/// Starts all of it. It ends with [`App::close`].
pub fn start(app: &App) -> Vec<JoinHandle<()>> {
    let (closer, sweeper, sender, keeper) = (app.clone(), app.clone(), app.clone(), app.clone());
    let client = deliver::client();
    vec![
        spawn(app, NOW, Duration::from_secs(20), "closing abandoned calls", move || {
            let app = closer.clone();
            async move { close::abandoned(&app).await.map(drop) }
        }),
        spawn(app, NOW, Duration::from_secs(5), "forgetting silent agents", move || {
            let app = sweeper.clone();
            async move { presence::sweep(&app).await }
        }),
        // The first time is when the database is opened.
        spawn(app, HOUR, HOUR, "taking stock", move || {
            let app = keeper.clone();
            async move { Ok(app.db.take_stock().await?) }
        }),
        spawn(app, NOW, Duration::from_millis(500), "sending webhooks", move || {
            let (app, client) = (sender.clone(), client.as_ref().ok().cloned());
            async move {
                match client {
                    Some(client) => deliver::due(&app, &client).await.map(drop),
                    None => Ok(()),
                }
            }
        }),
    ]
}

/// Does something after `first`, and again each time `pause` after it was done, until the server ends. What failed is
/// tried again no sooner than what succeeded: for a lock that another program holds, the database has waited already.
fn spawn<F>(
    app: &App,
    first: Duration,
    pause: Duration,
    what: &'static str,
    work: impl Fn() -> F + Send + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = Result<()>> + Send,
{
    let shutdown = app.shutdown.clone();
    tokio::spawn(async move {
        let mut wait = first;
        loop {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => return,
                () = sleep(wait) => {}
            }
            if let Err(error) = work().await {
                tracing::warn!(?error, "{what} failed");
            }
            wait = pause;
        }
    })
}
