//! Figures for people.

use std::time::Duration;

/// What is promised of a measurement.
pub struct Target {
    /// The percentile that is meant; 100 is the worst.
    pub percentile: usize,
    /// Milliseconds.
    pub limit: f64,
}

/// Prints the middle, the 99th percentile and the worst, and whether the promise was kept.
pub fn report(what: &str, times: &[Duration], target: Option<&Target>) {
    let mut times = times.to_vec();
    times.sort_unstable();
    // The least value that so many in a hundred do not exceed.
    let at = |percentile: usize| {
        let rank = (times.len() * percentile).div_ceil(100).max(1);
        times[rank - 1].as_secs_f64() * 1000.0
    };
    let verdict = target.map_or(String::new(), |Target { percentile, limit }| {
        let word = if at(*percentile) <= *limit { "holds" } else { "MISSED" };
        format!(": {word}, at most {limit} ms")
    });
    println!(
        "{what}: p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms ({} times){verdict}",
        at(50),
        at(99),
        at(100),
        times.len()
    );
}
