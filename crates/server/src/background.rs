//! What the server does by itself.

use std::{future::Future, sync::Arc, time::Duration};

use tokio::{task::JoinHandle, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    calls::close,
    error::Result,
    presence,
    webhooks::deliver::{self, Lanes},
};

const NOW: Duration = Duration::ZERO;
const HOUR: Duration = Duration::from_secs(3600);

/// While this server or its database was away, no dock was heard. So they get their time to be heard again before any call
/// counts as abandoned.
const UNTIL_HEARD: Duration = Duration::from_millis(close::SILENCE.unsigned_abs());

/// Starts all of it. It ends with [`App::close`].
pub fn start(app: &App) -> Vec<JoinHandle<()>> {
    let (closer, sweeper, sender, keeper) = (app.clone(), app.clone(), app.clone(), app.clone());
    let end = &app.shutdown;
    let mut tasks = vec![
        spawn(end, UNTIL_HEARD, Duration::from_secs(20), "closing abandoned calls", move || {
            let app = closer.clone();
            async move { close::abandoned(&app).await }
        }),
        spawn(end, NOW, Duration::from_secs(5), "forgetting silent agents", move || {
            let app = sweeper.clone();
            async move { presence::sweep(&app).await }
        }),
        // The first time is when the database is opened.
        spawn(end, HOUR, HOUR, "taking stock", move || {
            let app = keeper.clone();
            async move { Ok(app.db.take_stock().await?) }
        }),
    ];
    match deliver::client() {
        Ok(client) => {
            let lanes = Arc::new(Lanes::new(client));
            tasks.push(spawn(
                end,
                NOW,
                Duration::from_millis(500),
                "sending webhooks",
                move || {
                    let (app, lanes) = (sender.clone(), lanes.clone());
                    async move { lanes.due(&app).await }
                },
            ));
        }
        Err(error) => tracing::error!(?error, "no webhook is sent"),
    }
    tasks
}

/// Does something after `first`, and again each time `pause` after it was done, until the `end`. What failed is tried again
/// as at first, and no sooner than what succeeded: for a lock that another program holds, the database has waited already.
fn spawn<F>(
    end: &CancellationToken,
    first: Duration,
    pause: Duration,
    what: &'static str,
    work: impl Fn() -> F + Send + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = Result<()>> + Send,
{
    let end = end.clone();
    tokio::spawn(async move {
        let mut wait = first;
        loop {
            tokio::select! {
                biased;
                () = end.cancelled() => return,
                () = sleep(wait) => {}
            }
            wait = pause;
            if let Err(error) = work().await {
                tracing::warn!(?error, "{what} failed");
                wait = first.max(pause);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::time::Instant;

    use super::*;
    use crate::error::Error;

    #[tokio::test(start_paused = true)]
    async fn what_failed_begins_anew() {
        let (end, began, times) =
            (CancellationToken::new(), Instant::now(), Arc::new(Mutex::new(Vec::new())));
        let told = times.clone();
        let seconds = Duration::from_secs;
        let task = spawn(&end, seconds(180), seconds(20), "this", move || {
            let mut told = told.lock().unwrap();
            told.push(began.elapsed().as_secs());
            let outcome = if told.len() == 2 { Err(Error::Busy) } else { Ok(()) };
            async move { outcome }
        });
        sleep(seconds(410)).await;
        end.cancel();
        task.await.unwrap();
        assert_eq!(*times.lock().unwrap(), [180, 200, 380, 400]);
    }
}
