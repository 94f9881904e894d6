//! `check`: the quality gates.

use std::process::Command;

use crate::{
    error::{Result, fail},
    page, paths, process,
    setup::{self, PAGE, Tool},
    toolchain::{WASM, host_cargo},
};

/// What runs in the browser, and so is looked at by the compiler for the browser too.
const IN_THE_BROWSER: [&str; 12] = [
    "-p",
    "ringdock",
    "-p",
    "ringdock-sip",
    "-p",
    "ringdock-phone",
    "-p",
    "ringdock-numbers",
    "-p",
    "ringdock-workspace",
    "-p",
    "ringdock-crm",
];

/// Runs the gates one after the other and stops at the first that fails.
pub fn check() -> Result<()> {
    let tools: Vec<Tool> = PAGE.into_iter().chain([Tool::WasmClippy, Tool::CargoDeny]).collect();
    setup::ensure(&tools)?;
    gate("formatting", host_cargo().args(["fmt", "--all", "--check"]))?;
    gate(
        "clippy, host",
        host_cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    let mut clippy = page::toolchain()?.cargo();
    clippy.args(["clippy", "--target", WASM]).args(IN_THE_BROWSER);
    // The tests of the cores are the same ones as on the host, where they have been looked at.
    clippy.args(["--lib", "--bins", "--test", "web", "--", "-D", "warnings"]);
    gate("clippy, WebAssembly", &mut clippy)?;
    let mut doc = host_cargo();
    doc.args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-Dwarnings");
    gate("documentation", &mut doc)?;
    gate("licences, bans, sources", deny().args(["check", "bans", "licenses", "sources"]))?;
    advisories()?;
    println!("\n== release build and its size");
    page::build()?;
    page::check_size()
}

fn gate(name: &str, command: &mut Command) -> Result<()> {
    println!("\n== {name}");
    process::run(command)
}

fn deny() -> Command {
    let mut command = Command::new(paths::tools().join("bin/cargo-deny"));
    command.current_dir(paths::root());
    command
}

/// The database of advisories is on a host that not every machine can reach.
fn advisories() -> Result<()> {
    println!("\n== advisories");
    let reached = deny().args(["fetch", "db"]).output().is_ok_and(|output| output.status.success());
    if !reached {
        println!("Skipped: the database of advisories cannot be reached from here.");
        return Ok(());
    }
    let mut command = deny();
    process::run(command.args(["check", "--disable-fetch", "advisories"]))
        .or_else(|_| fail("A dependency has an advisory against it; see above."))
}
