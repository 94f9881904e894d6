//! How long it takes to read an INVITE of 2 kB, in the same page of the same browser.

use crate::contender::{CONTENDERS, DOCK, JSSIP};
use crate::section::{Section, Target};
use crate::statistics::{median, p95};
use crate::visit::Bench;
use ringdock_e2e::Result;
use serde_json::{Map, Value, json};
use std::fmt;

/// The share of JsSIP's time that the dock may take.
const LIMIT: f64 = 0.1;

const ROUNDS: u32 = 25;

/// Messages in a row, so that the clock's steps do not matter.
const IN_A_ROW: u32 = 200;

/// Microseconds for a message: one value for each round, for each contender.
pub struct Parsing(Vec<Vec<f64>>);

/// Measures.
pub async fn measure(bench: &Bench) -> Result<Parsing> {
    let message = include_str!("invite.txt").replace('\n', "\r\n");
    let times = bench.parse(&message, ROUNDS, IN_A_ROW).await?;
    let of = |key: &str| times[key].as_array().into_iter().flatten().filter_map(Value::as_f64);
    Ok(Parsing(CONTENDERS.iter().map(|contender| of(contender.key).collect()).collect()))
}

impl Parsing {
    fn share(&self) -> f64 {
        median(&self.0[DOCK]) / median(&self.0[JSSIP])
    }
}

impl Section for Parsing {
    fn json(&self) -> Map<String, Value> {
        let figures = CONTENDERS.iter().zip(&self.0).map(|(contender, times)| {
            let figures = json!({ "median": median(times), "p95": p95(times), "samples": times });
            (contender.key.to_owned(), figures)
        });
        Map::from_iter([("parsingMicroseconds".to_owned(), Value::Object(figures.collect()))])
    }

    fn targets(&self) -> Vec<Target> {
        let share = self.share();
        let sentence = format!("parsing: {share:.3} of JsSIP's time, at most {LIMIT}");
        vec![Target { sentence, holds: share <= LIMIT }]
    }
}

impl fmt::Display for Parsing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:45} {:>9} {:>9} {:>10}", "microseconds", "median", "p95", "to JsSIP")?;
        let base = median(&self.0[JSSIP]);
        for (index, (contender, times)) in CONTENDERS.iter().zip(&self.0).enumerate() {
            let title = if index == 0 { "parsing a 2 kB INVITE" } else { "" };
            let (median, p95) = (median(times), p95(times));
            let (name, ratio) = (contender.name, median / base);
            writeln!(f, "{title:28} {name:16} {median:>9.1} {p95:>9.1} {ratio:>9.3}x")?;
        }
        Ok(())
    }
}
