//! Waiting for a condition, with a limit.

use crate::Result;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long a person would wait for a reaction of the dock before calling it broken.
pub const SOON: Duration = Duration::from_secs(10);

/// How often a condition is looked at.
const INTERVAL: Duration = Duration::from_millis(60);

/// Asks `probe` again and again until it says `Some`; after `limit` fails with `what` in the sentence.
/// An error of `probe` is kept for the sentence, and `probe` is asked again.
pub async fn until<T>(
    what: &str,
    limit: Duration,
    mut probe: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        let last = match probe().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => String::new(),
            Err(error) => format!(" ({error})"),
        };
        if Instant::now() >= deadline {
            return Err(format!("waited {limit:?} in vain for {what}{last}").into());
        }
        sleep(INTERVAL).await;
    }
}

/// Looks at a condition for the whole of `span` and fails as soon as it does not hold.
/// For "and it stays so": only a span of time can show that nothing happens.
pub async fn throughout(
    what: &str,
    span: Duration,
    mut holds: impl AsyncFnMut() -> Result<bool>,
) -> Result<()> {
    let deadline = Instant::now() + span;
    while Instant::now() < deadline {
        if !holds().await? {
            return Err(format!("did not hold for {span:?}: {what}").into());
        }
        sleep(INTERVAL).await;
    }
    Ok(())
}
