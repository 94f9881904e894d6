//! What the server does by itself.

use std::{future::Future, time::Duration};

use tokio::{task::JoinHandle, time::sleep};

use crate::{app::App, calls::close, error::Result, presence, webhooks::deliver};

/// Starts all of it. It ends with [`App::close`].
pub fn start(app: &App) -> Vec<JoinHandle<()>> {
    let (closer, sweeper, sender, keeper) = (app.clone(), app.clone(), app.clone(), app.clone());
    let client = deliver::client();
    vec![
        spawn(app, Duration::from_secs(20), "closing abandoned calls", move || {
            let app = closer.clone();
            async move { close::abandoned(&app).await.map(drop) }
        }),
        spawn(app, Duration::from_secs(5), "forgetting silent agents", move || {
            let app = sweeper.clone();
            async move { presence::sweep(&app).await }
        }),
        spawn(app, Duration::from_secs(3600), "taking stock", move || {
            let app = keeper.clone();
            async move { Ok(app.db.take_stock().await?) }
        }),
        spawn(app, Duration::from_millis(500), "sending webhooks", move || {
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

/// Does something again and again, `pause` after it was done, until the server ends.
fn spawn<F>(
    app: &App,
    pause: Duration,
    what: &'static str,
    work: impl Fn() -> F + Send + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = Result<()>> + Send,
{
    let shutdown = app.shutdown.clone();
    tokio::spawn(async move {
        while !shutdown.is_cancelled() {
            if let Err(error) = work().await {
                tracing::warn!(?error, "{what} failed");
            }
            tokio::select! {
                () = sleep(pause) => {}
                () = shutdown.cancelled() => {}
            }
        }
    })
}
