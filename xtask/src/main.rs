//! Every command a person types. `cargo xtask help` lists them.

mod commands;
mod error;
mod interrupt;
mod page;
mod paths;
mod process;
mod setup;
mod toolchain;
mod versions;

use std::{env, process::ExitCode};

use error::{Result, fail};

const HELP: &str = "\
cargo xtask COMMAND

  run      sets up what is missing, builds the pages, and starts Asterisk and the CRM with a demo company until Ctrl-C
             --line asterisk   the line to start; Asterisk is the only one so far
             --port N          the CRM's port (7700)
             --no-open         does not open a browser
  test     sets up what is missing and runs all tests; or some: sip, phone, dock, fuzz, server, openapi, rigs, web, e2e
  fuzz TARGET
           feeds the SIP user agent: message (bytes) or agent (messages, timers, intents)
             --seconds N       for how long (60)
             --keep            takes what was found and reaches something new into the corpus of the repository
  check    the quality gates: formatting, clippy, documentation, dependencies, release build and its size
  bench    compares the dock with JsSIP and SIP.js
             --json FILE       writes the figures as well
             --only NAME       one measurement: visits, workspace, parsing, stun, cuts or calls
             --rounds N        how many visits, or cuts
  bench match
           measures the server: numbers among 1,000,000 records, a long timeline, live events
             --only NAME       one part: match or events
  asterisk up | down
           starts or ends an Asterisk in the background, SIP over WebSocket on --port N (8088)
  help     this text

What set-up installs goes into .cache, except Debian packages (root or sudo). RINGDOCK_WASM=rustup or =debian chooses the
compiler for WebAssembly; without it, rustup's is taken where it can be had.
";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<()> {
    interrupt::end_children_when_told()?;
    match words {
        ["run", options @ ..] => commands::run::run(&commands::run::parse(options)?),
        ["test"] => commands::test::all(),
        ["test", suite] => commands::test::one(suite),
        ["fuzz", target] => commands::fuzz::fuzz(target, 60),
        ["fuzz", target, "--keep"] => commands::fuzz::keep(target),
        ["fuzz", target, "--seconds", seconds] => match seconds.parse() {
            Ok(seconds) => commands::fuzz::fuzz(target, seconds),
            Err(_) => fail(format!("`{seconds}` is not a number of seconds.")),
        },
        ["check"] => commands::check::check(),
        ["bench", "match"] => commands::bench::server(None),
        ["bench", "match", "--only", part] => commands::bench::server(Some(part)),
        ["bench", options @ ..] => commands::bench::bench(&commands::bench::parse(options)?),
        ["asterisk", "up"] => commands::asterisk::up("8088"),
        ["asterisk", "up", "--port", port] => commands::asterisk::up(port),
        ["asterisk", "down"] => commands::asterisk::down(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => fail(format!("`cargo xtask {}` is not a command.\n\n{HELP}", words.join(" "))),
    }
}
