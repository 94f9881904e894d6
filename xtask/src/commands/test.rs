//! `test`: all suites in order of cheapness, or one of them.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    commands::fuzz,
    error::{Result, fail},
    page, paths, process,
    setup::{self, PAGE, Tool},
    toolchain::{WASM, host_cargo},
};

struct Suite {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<()>,
}

const SUITES: [Suite; 9] = [
    Suite { name: "sip", about: "the SIP user agent, in virtual time", run: sip },
    Suite { name: "phone", about: "the phone machine, in virtual time", run: phone },
    Suite { name: "dock", about: "the dock's state, module directions, xtask", run: dock },
    Suite {
        name: "fuzz",
        about: "the SIP user agent, fed with anything for a short time",
        run: fuzz::all,
    },
    Suite { name: "server", about: "the CRM server on SQLite and on PostgreSQL", run: server },
    Suite { name: "openapi", about: "the CRM server by its description", run: openapi },
    Suite { name: "rigs", about: "the test PBX and the page server", run: rigs },
    Suite {
        name: "web",
        about: "sip, phone and dock as WebAssembly in headless Chromium",
        run: web,
    },
    Suite { name: "e2e", about: "the built dock in Chromium against Asterisk", run: e2e },
];

/// Runs everything; a suite that fails does not keep the others from running.
pub fn all() -> Result<()> {
    let mut results = Vec::new();
    for suite in &SUITES {
        let (outcome, duration) = timed(suite);
        if let Err(error) = &outcome {
            eprintln!("{error}");
        }
        results.push((suite.name, (outcome, duration)));
    }
    println!();
    for (name, (outcome, duration)) in &results {
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        println!("{name:<6} {word}  {}", process::in_words(*duration));
    }
    let failed: Vec<&str> = results
        .iter()
        .filter(|(_, (outcome, _))| outcome.is_err())
        .map(|(name, _)| *name)
        .collect();
    match failed.as_slice() {
        [] => Ok(()),
        names => fail(format!(
            "Failed: {}. Again alone: cargo xtask test {}",
            names.join(", "),
            names[0]
        )),
    }
}

/// Runs the suite of that name.
pub fn one(name: &str) -> Result<()> {
    match SUITES.iter().find(|suite| suite.name == name) {
        Some(suite) => timed(suite).0,
        None => {
            let names: Vec<_> = SUITES.iter().map(|suite| suite.name).collect();
            fail(format!("There is no suite {name}; there are {}.", names.join(", ")))
        }
    }
}

fn timed(suite: &Suite) -> (Result<()>, Duration) {
    println!("\n== {}: {}", suite.name, suite.about);
    let started = Instant::now();
    let outcome = (suite.run)();
    (outcome, started.elapsed())
}

fn cargo_test(arguments: &[&str]) -> Result<()> {
    let mut cargo = host_cargo();
    cargo.arg("test").args(arguments);
    with_rigs(&mut cargo);
    process::run(&mut cargo)
}

/// Where tests find what set-up made.
fn with_rigs(command: &mut Command) {
    command.env("RINGDOCK_CACHE", paths::cache()).env("RINGDOCK_DIST", paths::dist());
    command.env("RINGDOCK_SITE", paths::site());
    if let Some(driver) = setup::chromedriver() {
        command.env("CHROMEDRIVER", driver);
    }
}

fn sip() -> Result<()> {
    cargo_test(&["-p", "ringdock-sip"])
}

fn phone() -> Result<()> {
    cargo_test(&["-p", "ringdock-phone"])
}

fn dock() -> Result<()> {
    cargo_test(&["-p", "ringdock", "-p", "ringdock-numbers", "-p", "ringdock-crm", "-p", "xtask"])
}

fn server() -> Result<()> {
    setup::ensure(&[Tool::Postgres, Tool::Asterisk])?;
    cargo_test(&[
        "-p",
        "ringdock-api",
        "--features",
        "ringdock-api/openapi",
        "-p",
        "ringdock-server",
    ])
}

fn openapi() -> Result<()> {
    setup::ensure(&[Tool::Schemathesis])?;
    let mut cargo = host_cargo();
    cargo.args(["test", "-p", "ringdock-server", "--test", "process", "openapi"]);
    cargo.args(["--", "--ignored", "--nocapture"]);
    process::run(cargo.env("RINGDOCK_SCHEMATHESIS", setup::schemathesis()))
}

fn rigs() -> Result<()> {
    setup::ensure(&[Tool::Asterisk])?;
    cargo_test(&["-p", "ringdock-rigs"])
}

fn web() -> Result<()> {
    setup::ensure(&[Tool::WasmTarget, Tool::WasmBindgen, Tool::Browser])?;
    let mut cargo = page::toolchain()?.cargo();
    cargo.args([
        "test",
        "--target",
        WASM,
        "-p",
        "ringdock-sip",
        "-p",
        "ringdock-phone",
        "-p",
        "ringdock",
        "--tests",
    ]);
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        paths::tools().join("bin/wasm-bindgen-test-runner"),
    );
    // Every test, also those that name no place to run.
    cargo.env("WASM_BINDGEN_USE_BROWSER", "1").env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", paths::root().join("tests/web/webdriver.json"));
    with_rigs(&mut cargo);
    process::run(&mut cargo)
}

fn e2e() -> Result<()> {
    let more = [Tool::Browser, Tool::Asterisk, Tool::Axe, Tool::Networks];
    let tools: Vec<Tool> = PAGE.into_iter().chain(more).collect();
    setup::ensure(&tools)?;
    page::build_site()?;
    process::run(host_cargo().args(["build", "--package", "ringdock-server"]))?;
    cargo_test(&["-p", "ringdock-e2e"])
}
