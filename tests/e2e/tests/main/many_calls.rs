//! One call after the other.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{TONE, run};
use ringdock_e2e::wait::{SOON, until};

const CALLS: usize = 20;

/// What memory grows to is measured by the benchmark.
#[test]
fn twenty_calls_leave_nothing_open() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let before = dock.open_things().await?;
        assert_eq!(before["peers"], 0);
        assert_eq!(before["sockets"], 1);
        for call in 1..=CALLS {
            dock.dial("600").await?;
            dock.is_in_a_call().await?;
            dock.end().await?;
            until(&format!("what call {call} had open to be closed"), SOON, async || {
                let open = dock.open_things().await?;
                if open == before { Ok(Some(())) } else { Err(format!("open: {open}").into()) }
            })
            .await?;
        }
        stage.no_calls_left().await?;
        dock.can_call(TONE).await
    })
}
