//! `asterisk up` and `asterisk down`: the test PBX in the background, for a page or a phone of one's own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    error::{Context, Error, Result, fail},
    paths, process,
    setup::{self, Tool},
    toolchain::host_cargo,
};

const LIMIT: Duration = Duration::from_secs(40);
const POLL: Duration = Duration::from_millis(100);

/// Written by the rig once it is ready, removed by it when it ends.
fn state_file() -> PathBuf {
    paths::cache().join("asterisk.txt")
}

/// Starts it, unless it runs, and prints where it is and who may register.
pub fn up(port: &str) -> Result<()> {
    if let Some((_, state)) = running() {
        print!("Asterisk is up already.\n{state}");
        return Ok(());
    }
    setup::ensure(&[Tool::Asterisk])?;
    process::run(host_cargo().args([
        "build",
        "--quiet",
        "--package",
        "ringdock-rigs",
        "--bin",
        "rig",
    ]))?;
    fs::create_dir_all(paths::logs()).context(paths::logs().display())?;
    let log_path = paths::logs().join("asterisk-up.log");
    let log = fs::File::create(&log_path).context(log_path.display())?;
    // Whatever a killed one left behind.
    let _ = fs::remove_file(state_file());

    // A session of its own: it outlives this terminal.
    let mut rig = Command::new("setsid");
    rig.args(["cargo", "run", "--quiet", "--package", "ringdock-rigs", "--bin", "rig", "--"]);
    rig.args(["asterisk", "--port", port, "--ready"]).arg(state_file());
    rig.current_dir(paths::root()).env("RINGDOCK_CACHE", paths::cache());
    rig.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    let mut child = rig.spawn().context("setsid")?;
    let started = Instant::now();
    while !state_file().exists() {
        let ended = child.try_wait().context("rig")?.is_some();
        if ended || started.elapsed() > LIMIT {
            let said = fs::read_to_string(&log_path).unwrap_or_default();
            return fail(format!("Asterisk did not start: {}", said.trim()));
        }
        thread::sleep(POLL);
    }
    print!("{}", fs::read_to_string(state_file()).context("Asterisk's state")?);
    println!("`cargo xtask asterisk down` ends it.");
    Ok(())
}

/// Ends it and waits until it is gone.
pub fn down() -> Result<()> {
    let Some((pid, _)) = running() else {
        println!("Asterisk is not up.");
        return Ok(());
    };
    process::run(Command::new("sh").args(["-c", "kill \"$1\"", "sh", &pid]))?;
    let started = Instant::now();
    while Path::new("/proc").join(&pid).exists() {
        if started.elapsed() > LIMIT {
            return Err(Error(format!(
                "Asterisk's process {pid} does not end. By hand: kill -KILL {pid}"
            )));
        }
        thread::sleep(POLL);
    }
    println!("Asterisk is down.");
    Ok(())
}

/// Process id and state of the one that runs. The number alone is not trusted: it may be another program's by now.
fn running() -> Option<(String, String)> {
    let state = fs::read_to_string(state_file()).ok()?;
    let pid = state.lines().find_map(|line| line.strip_prefix("pid "))?.to_owned();
    let name = fs::read_to_string(Path::new("/proc").join(&pid).join("comm")).ok()?;
    (name.trim() == "rig").then_some((pid, state))
}
