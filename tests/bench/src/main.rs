//! The dock beside JsSIP and SIP.js: in one run, in the same Chromium, against the same Asterisk.
//!
//! `ringdock-bench [--rounds N] [--json FILE] [--only NAME]`. There are six measurements: `visits`, `workspace`,
//! `parsing`, `stun`, `cuts` and `calls`; each module says what it does. `--rounds` is for `visits`, `workspace` and `cuts`.
//!
//! A round of `visits` visits each contender's page once; which one comes
//! first goes round. A visit is a fresh load without a cache: the page registers, a click calls the echo, the
//! far end hangs up, a caller from outside rings and is answered by a click. The times are taken in the page by
//! the same script for all (`probe.js`). The targets are judged by the differences within a round, so that
//! what else the machine does hits both sides alike.

mod calls;
mod contender;
mod cuts;
mod parsing;
mod report;
mod section;
mod site;
mod size;
mod statistics;
mod stun;
mod visit;
mod workspace;

use contender::CONTENDERS;
use report::Visits;
use ringdock_e2e::Result;
use ringdock_rigs::asterisk::{self, Asterisk};
use ringdock_rigs::page::{self, Page};
use section::{Section, Target};
use serde_json::{Map, Value, json};
use site::Site;
use std::collections::BTreeSet;
use std::path::PathBuf;
use visit::Bench;

const ROUNDS: usize = 15;

const NAMES: [&str; 6] = ["visits", "workspace", "parsing", "stun", "cuts", "calls"];

struct Arguments {
    rounds: Option<usize>,
    json: Option<PathBuf>,
    only: Option<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = arguments()?;
    let site = Site::build()?;
    let asterisk = Asterisk::start(asterisk::Options::default()).await?;
    let account = asterisk.account("1001")?.clone();
    let options = page::Options { dist: site.folder().to_owned(), port: 0, accounts: Vec::new() };
    let page = Page::start(options).await?;
    let bench = Bench::start(asterisk, &account, page.url()).await?;
    let (browser, pbx) = (bench.browser_version().await?, bench.asterisk_version().await?);
    let processors = std::thread::available_parallelism().map_or(1, usize::from);

    println!("{browser} · {pbx} · {processors} processors");
    let mut figures = Map::from_iter([
        ("browser".to_owned(), json!(browser)),
        ("asterisk".to_owned(), json!(pbx)),
        ("processors".to_owned(), json!(processors)),
    ]);
    let mut targets = Vec::new();
    for name in NAMES {
        if arguments.only.as_deref().is_none_or(|only| only == name) {
            let section = measure(name, &bench, &site, arguments.rounds).await?;
            print!("\n{section}");
            figures.extend(section.json());
            targets.extend(section.targets());
        }
    }
    print_targets(&targets);
    if let Some(file) = arguments.json {
        let as_json = |target: &Target| json!({ "target": target.sentence, "holds": target.holds });
        figures.insert("targets".to_owned(), targets.iter().map(as_json).collect());
        std::fs::write(&file, format!("{:#}\n", Value::Object(figures)))
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

fn print_targets(targets: &[Target]) {
    println!("\ntargets");
    for target in targets {
        let verdict = if target.holds { "holds " } else { "MISSED" };
        println!("  {verdict}  {}", target.sentence);
    }
}

fn arguments() -> Result<Arguments> {
    const USAGE: &str = "usage: ringdock-bench [--rounds N] [--json FILE] [--only NAME]";
    let mut arguments = Arguments { rounds: None, json: None, only: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(USAGE)?;
        match word.as_str() {
            "--rounds" => {
                let rounds = value.parse().ok().filter(|n| *n > 0).ok_or(USAGE)?;
                arguments.rounds = Some(rounds);
            }
            "--json" => arguments.json = Some(value.into()),
            "--only" if NAMES.contains(&value.as_str()) => arguments.only = Some(value),
            "--only" => return Err(format!("There are only: {}", NAMES.join(", ")).into()),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(arguments)
}

async fn measure(
    name: &str,
    bench: &Bench,
    site: &Site,
    rounds: Option<usize>,
) -> Result<Box<dyn Section>> {
    Ok(match name {
        "parsing" => Box::new(parsing::measure(bench).await?),
        "stun" => Box::new(stun::measure(bench).await?),
        "cuts" => Box::new(cuts::measure(bench, rounds.unwrap_or(cuts::CUTS)).await?),
        "calls" => Box::new(calls::measure(bench).await?),
        "workspace" => {
            let rounds = rounds.unwrap_or(workspace::ROUNDS);
            Box::new(workspace::measure(bench.lines(), rounds).await?)
        }
        _ => Box::new(visits(bench, site, rounds.unwrap_or(ROUNDS)).await?),
    })
}

async fn visits(bench: &Bench, site: &Site, count: usize) -> Result<Visits> {
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
    Ok(Visits { rounds, needed: [dock?, jssip?, sipjs?], later: size::later(site.folder())? })
}
