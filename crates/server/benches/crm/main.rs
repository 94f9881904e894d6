//! How quick the server is with much data and many people: matching a number, a long timeline, live events.
//! `cargo xtask bench match` runs it; an argument chooses one part.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement fails by panicking"
)]

mod data;
mod events;
mod requests;

use std::{env, fs, process::id, time::Duration};

use ringdock_rigs::postgres::Postgres;
use ringdock_server::{App, Options, Seal, router, seed_demo};

use data::Database;

#[tokio::main]
async fn main() {
    // cargo says that this is a benchmark; any other word is a part.
    let parts: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|p| p == part);
    let folder = env::temp_dir().join(format!("ringdock-bench-{}", id()));
    fs::create_dir(&folder).unwrap();
    if wanted("match") || wanted("timeline") {
        let file = folder.join("crm.db").display().to_string();
        measure("SQLite", Database::Sqlite(file)).await;
        let postgres = Postgres::start().unwrap();
        measure("PostgreSQL", Database::postgres(&postgres)).await;
    }
    if wanted("events") {
        events::measure(&folder).await;
    }
    fs::remove_dir_all(folder).unwrap();
}

async fn measure(name: &str, database: Database) {
    let seal = Seal::from_key(&[7; 32]).unwrap();
    let app = App::open(&database.place(), seal, Options { demo: true, ..Options::default() })
        .await
        .unwrap();
    seed_demo(&app, &[]).await.unwrap();
    database.fill().await;
    let client = requests::Client::sign_in(router(app.clone(), None)).await;
    let mut random = data::Random(42);
    let times = client
        .time(5_000, || format!("/api/match?number={}", data::number(random.below(data::NUMBERS))))
        .await;
    report(
        &format!(
            "{name}: match a number among {} records, {} phone fields",
            data::RECORDS,
            data::NUMBERS
        ),
        &times,
    );
    let times = client.time(200, || format!("/api/records/{}/timeline", data::BUSY)).await;
    report(&format!("{name}: first page of a timeline of {} entries", data::ENTRIES), &times);
    let times = client
        .time(200, || format!("/api/records?search=person{}", 1000 + random.below(8999)))
        .await;
    report(&format!("{name}: search for a word among {} records", data::RECORDS), &times);
    app.close().await;
}

/// Prints the middle, the 99th percentile and the worst.
fn report(what: &str, times: &[Duration]) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    println!(
        "{what}: p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms ({} times)",
        at(50),
        at(99),
        at(100),
        times.len()
    );
}
