//! Tests in which the computer changes networks.
//!
//! Such a test is run once more, as a process in a network namespace of its own. That is the agent's computer: browser
//! and page are in it. Asterisk is in an [`Office`], reached over the links that the test makes and takes away.

use crate::Result;
use crate::stage::{SLOTS, Stage, name_of, run_as};
use ringdock_rigs::asterisk;
use ringdock_rigs::netns::{self, Office};
use std::env;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Set in the process that is in a network of its own.
const INSIDE: &str = "RINGDOCK_E2E_INSIDE";

/// The ways into a network of one's own: as root, by a user namespace of one's own, and as whom `sudo` makes root.
const WAYS: [&[&str]; 3] = [
    &["unshare", "--net", "--"],
    &["unshare", "--net", "--map-root-user", "--"],
    &["sudo", "--non-interactive", "--preserve-env", "unshare", "--net", "--"],
];

/// Runs one test as [`crate::stage::run`] does, on a computer that no link leads away from yet. Where the system lets
/// nobody make networks, the test is left out, and says so.
pub fn run<T: AsyncFnOnce(&mut Stage, &Office) -> Result<()>>(test: T) -> Result<()> {
    let name = name_of::<T>();
    if env::var_os(INSIDE).is_none() {
        return run_inside(&name);
    }
    netns::open_loopback()?;
    let office = Arc::new(Office::open()?);
    let options = asterisk::Options { office: Some(office.clone()), ..Default::default() };
    run_as(&name, options, async |stage| test(stage, &office).await)
}

/// Runs the test of this name in a process of its own.
fn run_inside(name: &str) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let _slot = runtime.block_on(SLOTS.acquire())?;
    let Some(way) = WAYS.into_iter().find(|way| leads_inside(way)) else {
        // Straight to the terminal: what a test that passes prints is not shown.
        writeln!(
            std::io::stderr(),
            "test {name} was LEFT OUT: this system allows no network namespace, neither to this user nor to sudo"
        )?;
        return Ok(());
    };
    let mut again = command(way);
    again.args(["setpriv", "--pdeathsig", "KILL", "--"]).arg(env::current_exe()?);
    again.args([name, "--exact", "--nocapture"]).env(INSIDE, "yes").stdin(Stdio::null());
    let output = again.output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    // Without the second half a test that was renamed would pass by not being found.
    if output.status.success() && said.contains("1 passed") {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    eprintln!("In a network of its own:\n{said}\n{errors}");
    Err("it failed in a network of its own, see above".into())
}

fn leads_inside(way: &[&str]) -> bool {
    let mut probe = command(way);
    probe.args(["ip", "link", "set", "lo", "up"]);
    probe.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

fn command(way: &[&str]) -> Command {
    let mut command = Command::new(way[0]);
    command.args(&way[1..]);
    command
}
