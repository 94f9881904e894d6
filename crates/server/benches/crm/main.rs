//! How quick the server is with much data and many people: matching a number, a long timeline, live events.
//! `cargo xtask bench match` runs it; an argument chooses one part: `match` (with the timeline and searching) or `events`.
//!
//! Requests go through the server's router, so all but the network is measured; live events go over the network of this
//! machine, from the program itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement fails by panicking"
)]

mod data;
mod events;
mod report;
mod requests;

use std::{env, fs, path::Path, process::id, thread::available_parallelism};

use ringdock_rigs::postgres::Postgres;
use ringdock_server::{App, Options, Seal, router, seed_demo};

use data::{Database, ENTRIES, NUMBERS, RECORDS, SHARING};
use report::{Target, report};

#[tokio::main]
async fn main() {
    // cargo says that this is a benchmark; any other word is a part.
    let parts: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|p| p == part);
    if cfg!(debug_assertions) {
        println!("Built without optimization: the figures are those of no server.");
    }
    println!("{} processors", available_parallelism().map_or(1, usize::from));
    let folder = env::temp_dir().join(format!("ringdock-bench-{}", id()));
    fs::create_dir(&folder).unwrap();
    let postgres = Postgres::start().unwrap();
    if wanted("match") {
        measure(&sqlite(&folder, "crm")).await;
        measure(&Database::postgres(&postgres, "crm")).await;
    }
    if wanted("events") {
        events::measure(&folder, &sqlite(&folder, "events")).await;
        events::measure(&folder, &Database::postgres(&postgres, "events")).await;
    }
    fs::remove_dir_all(folder).unwrap();
}

fn sqlite(folder: &Path, name: &str) -> Database {
    Database::Sqlite(folder.join(format!("{name}.db")).display().to_string())
}

async fn open(database: &Database) -> App {
    let seal = Seal::from_key(&[7; 32]).unwrap();
    let options = Options { demo: true, ..Options::default() };
    App::open(database.place(), seal, options).await.unwrap()
}

async fn measure(database: &Database) {
    let app = open(database).await;
    seed_demo(&app, &[]).await.unwrap();
    app.close().await;
    database.fill().await;
    let app = open(database).await;
    let client = requests::Client::sign_in(router(app.clone(), None)).await;
    let (name, mut random) = (database.name(), data::Random(42));

    let times =
        client.time(5_000, || format!("/api/match?number={}", data::number(&mut random))).await;
    let what = format!("{name}: match a number among {RECORDS} records, {NUMBERS} phone fields");
    report(&what, &times, Some(&Target { percentile: 99, limit: 5.0 }));

    let times =
        client.time(500, || format!("/api/match?number={}", data::switchboard(&mut random))).await;
    report(&format!("{name}: match a number that {SHARING} records have"), &times, None);

    let times = client.time(200, || format!("/api/records/{}/timeline", data::BUSY)).await;
    let what = format!("{name}: first page of a timeline of {ENTRIES} entries");
    report(&what, &times, Some(&Target { percentile: 100, limit: 50.0 }));

    let times = client
        .time(200, || format!("/api/records?search=person{}", 1000 + random.below(8999)))
        .await;
    report(&format!("{name}: search for a word among {RECORDS} records"), &times, None);
    app.close().await;
}
