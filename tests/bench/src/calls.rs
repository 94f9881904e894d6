//! One call after the other in one page of the dock: does it grow, does it slow down?

use crate::section::{Section, Target};
use crate::statistics::{median, p95};
use crate::visit::{Bench, Held};
use ringdock_e2e::Result;
use serde_json::{Map, Value, json};
use std::fmt;

const CALLS: usize = 200;

/// The calls at the beginning and at the end that are compared.
const SOME: usize = 20;

/// What the heap may be at the end, as a share of what it was after the first calls.
const HEAP_LIMIT: f64 = 1.05;

/// The same for the time that a call takes to be set up.
const TIME_LIMIT: f64 = 1.1;

/// What was seen.
pub struct Calls {
    /// From the click to the 200, in milliseconds, of each call.
    connected: Vec<f64>,
    after_some: Held,
    after_all: Held,
}

/// Measures.
pub async fn measure(bench: &Bench) -> Result<Calls> {
    bench.open_dock().await?;
    let mut connected = Vec::new();
    let mut after_some = Held::default();
    for number in 1..=CALLS {
        connected.push(bench.one_call().await?);
        if number % SOME == 0 {
            eprintln!("calls: {number} of {CALLS}");
        }
        if number == SOME {
            after_some = bench.held().await?;
        }
    }
    Ok(Calls { connected, after_some, after_all: bench.held().await? })
}

impl Calls {
    fn heap(&self) -> f64 {
        self.after_all.heap / self.after_some.heap
    }

    fn first(&self) -> f64 {
        median(&self.connected[..SOME])
    }

    fn last(&self) -> f64 {
        median(&self.connected[CALLS - SOME..])
    }
}

impl Section for Calls {
    fn json(&self) -> Map<String, Value> {
        let held = |held: &Held| {
            json!({
                "heapBytes": held.heap, "peers": held.peers,
                "microphones": held.microphones, "sockets": held.sockets,
            })
        };
        let figures = json!({
            "calls": CALLS,
            "afterSome": held(&self.after_some),
            "afterAll": held(&self.after_all),
            "clickToConnected": self.connected,
        });
        Map::from_iter([("sequence".to_owned(), figures)])
    }

    fn targets(&self) -> Vec<Target> {
        let (heap, time) = (self.heap(), self.last() / self.first());
        let Held { peers, microphones, sockets, .. } = self.after_all;
        vec![
            Target {
                sentence: format!(
                    "heap after {CALLS} calls: {heap:.3} of after {SOME}, at most {HEAP_LIMIT}"
                ),
                holds: heap <= HEAP_LIMIT,
            },
            Target {
                sentence: format!(
                    "left open: {peers} peer connections, {microphones} microphones, {sockets} sockets; wanted 0, 0, 1"
                ),
                holds: (peers, microphones, sockets) == (0, 0, 1),
            },
            Target {
                sentence: format!(
                    "set-up of the last {SOME} calls: {time:.2} of the first, at most {TIME_LIMIT}"
                ),
                holds: time <= TIME_LIMIT,
            },
        ]
    }
}

impl fmt::Display for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = format!("{CALLS} calls in a row");
        writeln!(f, "{head:45} {:>9} {:>9}", format!("first {SOME}"), format!("last {SOME}"))?;
        let (first, last) = (&self.connected[..SOME], &self.connected[CALLS - SOME..]);
        let title = "click to connected, median ms";
        writeln!(f, "{title:45} {:>9.1} {:>9.1}", median(first), median(last))?;
        let title = "click to connected, p95 ms";
        writeln!(f, "{title:45} {:>9.1} {:>9.1}", p95(first), p95(last))?;
        let (some, all) = (&self.after_some, &self.after_all);
        writeln!(
            f,
            "{:45} {:>9.0} {:>9.0}",
            "heap after collection, kB",
            some.heap / 1e3,
            all.heap / 1e3
        )?;
        writeln!(f, "{:45} {:>9} {:>9}", "peer connections open", some.peers, all.peers)?;
        writeln!(f, "{:45} {:>9} {:>9}", "microphones open", some.microphones, all.microphones)?;
        writeln!(f, "{:45} {:>9} {:>9}", "sockets open", some.sockets, all.sockets)
    }
}
