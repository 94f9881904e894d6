//! From the loss of the socket, or the end of an outage, to the dock's registration.

use crate::section::{Section, Target};
use crate::statistics::{median, p95};
use crate::visit::Bench;
use ringdock_e2e::Result;
use ringdock_rigs::chaos::{Network, TcpRelay};
use serde_json::{Map, Value, json};
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

/// What it may take for 95 of 100, in milliseconds.
const LIMIT: f64 = 3000.0;

/// Cuts, if nobody says how many.
pub const CUTS: usize = 100;

/// The longest outage, in milliseconds; the shortest is [`SHORTEST`].
const LONGEST: u64 = 6000;
const SHORTEST: u64 = 200;

/// Milliseconds.
pub struct Cuts {
    /// The socket breaks, and the network is there: from its end.
    socket: Vec<f64>,
    /// The network is away for a while: from its return.
    outage: Vec<f64>,
}

/// Measures; every second cut is an outage, each longer than the one before.
pub async fn measure(bench: &Bench, count: usize) -> Result<Cuts> {
    let network = Network::new(1);
    let upstream = SocketAddr::from(([127, 0, 0, 1], bench.asterisk_port()));
    let relay = TcpRelay::start(upstream, &network).await?;
    bench.register_through(&relay.url()).await?;
    let mut cuts = Cuts { socket: Vec::new(), outage: Vec::new() };
    for number in 0..count {
        if number % 10 == 0 {
            eprintln!("cuts: {number} of {count}");
        }
        if number % 2 == 0 {
            cuts.socket.push(
                bench
                    .registered_after("closed", async || {
                        network.cut();
                        Ok(())
                    })
                    .await?,
            );
        } else {
            let longer = (LONGEST - SHORTEST) * number as u64 / count as u64;
            let away = Duration::from_millis(SHORTEST + longer);
            cuts.outage.push(
                bench
                    .registered_after("online", async || {
                        bench.set_offline(true).await?;
                        network.refuse();
                        tokio::time::sleep(away).await;
                        network.restore();
                        bench.set_offline(false).await
                    })
                    .await?,
            );
        }
    }
    Ok(cuts)
}

impl Cuts {
    fn all(&self) -> Vec<f64> {
        [self.socket.as_slice(), &self.outage].concat()
    }
}

impl Section for Cuts {
    fn json(&self) -> Map<String, Value> {
        let figures =
            |times: &[f64]| json!({ "median": median(times), "p95": p95(times), "samples": times });
        let figures = json!({ "socket": figures(&self.socket), "outage": figures(&self.outage) });
        Map::from_iter([("registeredAgain".to_owned(), figures)])
    }

    fn targets(&self) -> Vec<Target> {
        let worst = p95(&self.all());
        let sentence =
            format!("registered again after a cut: {worst:.0} ms (p95), at most {LIMIT}");
        vec![Target { sentence, holds: worst <= LIMIT }]
    }
}

impl fmt::Display for Cuts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:45} {:>9} {:>9} {:>10}", "milliseconds", "median", "p95", "cuts")?;
        for (title, times) in [
            ("socket cut to registered", &self.socket),
            ("network back to registered", &self.outage),
            ("both", &self.all()),
        ] {
            let (median, p95, count) = (median(times), p95(times), times.len());
            writeln!(f, "{title:45} {median:>9.1} {p95:>9.1} {count:>10}")?;
        }
        Ok(())
    }
}
