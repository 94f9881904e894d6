//! One call after the other in one page: does it grow, does it slow down? The same with JsSIP tells what of it is the
//! browser's own.

use crate::contender::{CONTENDERS, Contender, DOCK, JSSIP};
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

/// What was seen: of the dock, and of JsSIP.
pub struct Calls([Sequence; 2]);

/// The calls of one phone.
struct Sequence {
    phone: &'static Contender,
    /// From the click to the 200, in milliseconds, of each call.
    connected: Vec<f64>,
    /// What was held after each [`SOME`] of them.
    held: Vec<Held>,
}

/// Measures.
pub async fn measure(bench: &Bench) -> Result<Calls> {
    // The dock first: what is left of a page that was there before is none of its own.
    let dock = Sequence::measure(bench, &CONTENDERS[DOCK]).await?;
    Ok(Calls([dock, Sequence::measure(bench, &CONTENDERS[JSSIP]).await?]))
}

impl Sequence {
    async fn measure(bench: &Bench, phone: &'static Contender) -> Result<Sequence> {
        bench.open(phone).await?;
        let button = bench.call_button().await?;
        let mut connected = Vec::new();
        let mut held = Vec::new();
        for number in 1..=CALLS {
            let call = bench.one_call(button).await;
            connected.push(call.map_err(|error| format!("call {number}: {error}"))?);
            if number % SOME == 0 {
                eprintln!("calls of {}: {number} of {CALLS}", phone.name);
                held.push(bench.held().await?);
            }
        }
        Ok(Sequence { phone, connected, held })
    }

    fn after_some(&self) -> Held {
        self.held.first().copied().unwrap_or_default()
    }

    fn after_all(&self) -> Held {
        self.held.last().copied().unwrap_or_default()
    }

    fn heap(&self) -> f64 {
        self.after_all().heap / self.after_some().heap
    }

    /// What the heap grew by with each call, in bytes.
    fn growth(&self) -> f64 {
        (self.after_all().heap - self.after_some().heap) / (CALLS - SOME) as f64
    }

    fn first(&self) -> &[f64] {
        &self.connected[..SOME]
    }

    fn last(&self) -> &[f64] {
        &self.connected[CALLS - SOME..]
    }

    fn json(&self) -> (String, Value) {
        let held = |held: &Held| {
            json!({
                "heapBytes": held.heap, "webAssemblyBytes": held.memory, "peers": held.peers,
                "microphones": held.microphones, "sockets": held.sockets,
            })
        };
        let figures = json!({
            "callsBetween": SOME,
            "held": self.held.iter().map(held).collect::<Vec<Value>>(),
            "clickToConnected": self.connected,
        });
        (self.phone.key.to_owned(), figures)
    }
}

impl Section for Calls {
    fn json(&self) -> Map<String, Value> {
        let phones: Map<String, Value> = self.0.iter().map(Sequence::json).collect();
        Map::from_iter([("sequence".to_owned(), json!({ "calls": CALLS, "phones": phones }))])
    }

    fn targets(&self) -> Vec<Target> {
        let [dock, jssip] = &self.0;
        let (heap, time) = (dock.heap(), median(dock.last()) / median(dock.first()));
        let (growth, of_jssip) = (dock.growth() / 1e3, jssip.growth() / 1e3);
        let Held { peers, microphones, sockets, .. } = dock.after_all();
        vec![
            Target {
                sentence: format!(
                    "heap after {CALLS} calls: {heap:.3} of after {SOME}, at most {HEAP_LIMIT} \
                     ({growth:.1} kB with each call; JsSIP {of_jssip:.1} kB)"
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
        for sequence in &self.0 {
            writeln!(f, "{sequence}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = format!("{CALLS} calls in a row, {}", self.phone.name);
        writeln!(f, "{head:45} {:>9} {:>9}", format!("first {SOME}"), format!("last {SOME}"))?;
        let (first, last) = (self.first(), self.last());
        let mut row = |title: &str, first: String, last: String| {
            writeln!(f, "{title:45} {first:>9} {last:>9}")
        };
        let times =
            |of: fn(&[f64]) -> f64| (format!("{:.1}", of(first)), format!("{:.1}", of(last)));
        let (some, all) = (self.after_some(), self.after_all());
        let held = |of: fn(&Held) -> f64| (format!("{:.0}", of(&some)), format!("{:.0}", of(&all)));
        for (title, (first, last)) in [
            ("click to connected, median ms", times(median)),
            ("click to connected, p95 ms", times(p95)),
            ("heap after collection, kB", held(|held| held.heap / 1e3)),
            ("memory of WebAssembly, kB", held(|held| held.memory as f64 / 1e3)),
            ("peer connections open", held(|held| held.peers as f64)),
            ("microphones open", held(|held| held.microphones as f64)),
            ("sockets open", held(|held| held.sockets as f64)),
        ] {
            row(title, first, last)?;
        }
        Ok(())
    }
}
