//! The dock beside JsSIP and SIP.js: in one run, in the same Chromium, against the same Asterisk.
//!
//! `ringdock-bench [--rounds N] [--json FILE]`. A round visits each contender's page once; which one comes
//! first goes round. A visit is a fresh load without a cache: the page registers, a click calls the echo, the
//! far end hangs up, a caller from outside rings and is answered by a click. The times are taken in the page by
//! the same script for all (`probe.js`). The targets are judged by the differences within a round, so that
//! what else the machine does hits both sides alike.

mod contender;
mod report;
mod site;
mod size;
mod statistics;
mod visit;

use contender::CONTENDERS;
use report::{Report, Setting};
use ringdock_e2e::Result;
use ringdock_rigs::asterisk::{self, Asterisk};
use ringdock_rigs::page::{self, Page};
use site::Site;
use std::collections::BTreeSet;
use std::path::PathBuf;
use visit::Bench;

const ROUNDS: usize = 15;

struct Arguments {
    rounds: usize,
    json: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = arguments()?;
    let report = measure(arguments.rounds).await?;
    print!("{report}");
    if let Some(file) = arguments.json {
        std::fs::write(&file, format!("{:#}\n", report.json()))
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

fn arguments() -> Result<Arguments> {
    const USAGE: &str = "usage: ringdock-bench [--rounds N] [--json FILE]";
    let mut arguments = Arguments { rounds: ROUNDS, json: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(USAGE)?;
        match word.as_str() {
            "--rounds" => arguments.rounds = value.parse().ok().filter(|n| *n > 0).ok_or(USAGE)?,
            "--json" => arguments.json = Some(value.into()),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(arguments)
}

async fn measure(count: usize) -> Result<Report> {
    let site = Site::build()?;
    let asterisk = Asterisk::start(asterisk::Options::default()).await?;
    let account = asterisk.account("1001")?.clone();
    let options = page::Options { dist: site.folder().to_owned(), port: 0, accounts: Vec::new() };
    let page = Page::start(options).await?;
    let bench = Bench::start(asterisk, &account, page.url()).await?;

    eprintln!("warming up");
    let mut loaded: [BTreeSet<String>; CONTENDERS.len()] = Default::default();
    for (contender, loaded) in CONTENDERS.iter().zip(&mut loaded) {
        (_, *loaded) = bench.visit(contender).await?;
    }
    let mut rounds = Vec::new();
    for number in 0..count {
        eprintln!("round {} of {count}", number + 1);
        let mut round = [None; CONTENDERS.len()];
        for place in 0..CONTENDERS.len() {
            let index = (number + place) % CONTENDERS.len();
            let (times, files) = bench.visit(&CONTENDERS[index]).await?;
            round[index] = Some(times);
            loaded[index].extend(files);
        }
        if let [Some(dock), Some(jssip), Some(sipjs)] = round {
            rounds.push([dock, jssip, sipjs]);
        }
    }

    let [dock, jssip, sipjs] = loaded.map(|files| size::needed(site.folder(), &files));
    Ok(Report {
        setting: Setting {
            browser: bench.browser_version().await?,
            asterisk: bench.asterisk_version().await?,
            processors: std::thread::available_parallelism().map_or(1, usize::from),
        },
        rounds,
        needed: [dock?, jssip?, sipjs?],
        later: size::later(site.folder())?,
    })
}
