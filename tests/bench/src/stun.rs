//! From a click to the INVITE while a STUN server does not reply.

use crate::contender::{CONTENDERS, DOCK};
use crate::section::{Section, Target};
use crate::statistics::{median, p95};
use crate::visit::Bench;
use ringdock_e2e::Result;
use serde_json::{Map, Value, json};
use std::fmt;
use tokio::net::UdpSocket;

/// What a click may take then, in milliseconds.
const LIMIT: f64 = 600.0;

const ROUNDS: usize = 3;

/// Milliseconds: one value for each round, for each contender.
pub struct Stun(Vec<Vec<f64>>);

/// Measures.
pub async fn measure(bench: &Bench) -> Result<Stun> {
    // It takes what comes, and never says anything.
    let silent = UdpSocket::bind("127.0.0.1:0").await?;
    let url = format!("stun:{}", silent.local_addr()?);
    let mut times = vec![Vec::new(); CONTENDERS.len()];
    for round in 1..=ROUNDS {
        eprintln!("dead STUN server: round {round} of {ROUNDS}");
        for (contender, times) in CONTENDERS.iter().zip(&mut times) {
            times.push(bench.call_with_stun(contender, &url).await?);
        }
    }
    silent.try_recv(&mut [0; 64])?;
    Ok(Stun(times))
}

impl Section for Stun {
    fn json(&self) -> Map<String, Value> {
        let figures = CONTENDERS.iter().zip(&self.0).map(|(contender, times)| {
            let figures = json!({ "median": median(times), "p95": p95(times), "samples": times });
            (contender.key.to_owned(), figures)
        });
        Map::from_iter([("clickToInviteDeadStun".to_owned(), Value::Object(figures.collect()))])
    }

    fn targets(&self) -> Vec<Target> {
        let worst = p95(&self.0[DOCK]);
        let sentence = format!("click to INVITE, dead STUN server: {worst:.0} ms, at most {LIMIT}");
        vec![Target { sentence, holds: worst <= LIMIT }]
    }
}

impl fmt::Display for Stun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:45} {:>9} {:>9}", "milliseconds", "median", "p95")?;
        for (index, (contender, times)) in CONTENDERS.iter().zip(&self.0).enumerate() {
            let title = if index == 0 { "click to INVITE, dead STUN" } else { "" };
            let (name, median, p95) = (contender.name, median(times), p95(times));
            writeln!(f, "{title:28} {name:16} {median:>9.1} {p95:>9.1}")?;
        }
        Ok(())
    }
}
