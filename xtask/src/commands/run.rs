//! `run`: the dock on this machine, with an Asterisk behind it, until Ctrl-C.

use std::{
    env,
    io::{BufRead, BufReader, ErrorKind},
    net::TcpListener,
    process::{Command, Stdio},
};

use crate::{
    error::{Context, Result, fail},
    interrupt, page, paths, process,
    setup::{self, PAGE, Tool},
    toolchain::host_cargo,
};

/// What was asked for.
pub struct Options {
    port: u16,
    open: bool,
}

/// Reads the words after `run`.
pub fn parse(words: &[&str]) -> Result<Options> {
    let mut options = Options { port: 7700, open: true };
    let mut rest = words;
    loop {
        rest = match rest {
            [] => return Ok(options),
            ["--line", "asterisk", rest @ ..] => rest,
            ["--line", line, ..] => {
                return fail(format!("There is no line {line}; the only one is asterisk."));
            }
            ["--port", port, rest @ ..] => {
                options.port = port.parse().context(format!("{port} is not a port"))?;
                rest
            }
            ["--no-open", rest @ ..] => {
                options.open = false;
                rest
            }
            [word, ..] => {
                return fail(format!("{word} is not understood here; see `cargo xtask help`."));
            }
        };
    }
}

/// Sets up, builds, serves.
pub fn run(options: &Options) -> Result<()> {
    // Said now rather than after minutes of building.
    check_port(options.port)?;
    let tools: Vec<Tool> = PAGE.into_iter().chain([Tool::Asterisk]).collect();
    setup::ensure(&tools)?;
    page::build_site()?;
    serve(options)
}

fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Err(e) if e.kind() == ErrorKind::AddrInUse => fail(format!(
            "Port {port} is taken by another program. Choose one: cargo xtask run --port {}",
            port.checked_add(1).unwrap_or(7700)
        )),
        // Anything else is said by the server itself.
        _ => Ok(()),
    }
}

fn serve(options: &Options) -> Result<()> {
    // One build for both: the rig looks for the server beside itself.
    let programs = ["--package", "ringdock-rigs", "--package", "ringdock-server", "--bins"];
    process::run(host_cargo().arg("build").args(programs))?;
    let mut rig = host_cargo();
    rig.args([
        "run",
        "--quiet",
        "--package",
        "ringdock-rigs",
        "--bin",
        "rig",
        "--",
        "serve",
        "--until-eof",
    ]);
    rig.args(["--port", &options.port.to_string(), "--dist"]).arg(paths::dist());
    rig.env("RINGDOCK_CACHE", paths::cache()).env("RINGDOCK_SITE", paths::site());
    // The rig ends when this pipe closes, so also when we are killed.
    rig.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = rig.spawn().context("cargo")?;
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        let line = line.context("The server's output")?;
        if let Some(url) = line.strip_prefix("page ") {
            println!("\nThe dock alone, on a page for development: {url}");
        } else if let Some(url) = line.strip_prefix("ready ") {
            println!("Ringdock is ready at {url}\nCtrl-C ends it and everything it started.");
            if options.open {
                open_browser(url);
            }
        }
    }
    let status = child.wait().context("The server")?;
    interrupt::wait_if_told();
    if status.success() { Ok(()) } else { fail("The server ended; see its message above.") }
}

/// Where there is a screen. A browser that does not open is no failure: the address is printed.
fn open_browser(url: &str) {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|v| !v.is_empty()));
    if screen && paths::find_program("xdg-open").is_some() {
        let mut open = Command::new("xdg-open");
        let _ = process::output(open.arg(url));
    }
}
