//! A real Asterisk, one private instance per value.
//!
//! The program comes from the Debian tree that the set-up keeps in the project's cache and is run in place by that tree's
//! own loader: no root, no chroot, nothing mounted. An instance keeps all it writes in a folder of its own, so several run
//! side by side. It ends with the value, and also when the program that started it dies.

mod files;
mod log;
mod process;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::Arc,
    time::Duration,
};

use tokio::time::{Instant, sleep};

pub use self::log::Follow;
use self::{files::Folder, process::Program};
use crate::{
    account::Account,
    error::{Context, Error, Result},
    netns::Office,
    nursery,
};

/// From the start of the program to "fully booted". It takes a third of a second on an idle machine.
const BOOT_LIMIT: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);

/// How an instance is started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port for SIP over WebSocket; without one, a free port is taken.
    pub port: Option<u16>,
    /// The network it is in; without one, it is in this process's and listens on 127.0.0.1.
    pub office: Option<Arc<Office>>,
}

/// Who calls in from outside.
#[derive(Debug, Clone)]
pub struct Caller<'a> {
    /// The display name.
    pub name: &'a str,
    /// The number, digits with or without a leading `+`.
    pub number: &'a str,
}

/// What the outside caller's end does once the call is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FarEnd {
    /// Sends the agent's own sound back.
    Echo,
    /// Plays 440 Hz.
    Tone,
    /// Records the agent into a file of [`Asterisk::recordings`]; the log tells its name (`recording=`).
    Record,
}

/// A running (or stopped) Asterisk.
#[derive(Debug)]
pub struct Asterisk {
    program: Program,
    folder: Folder,
    accounts: Vec<Account>,
    port: u16,
    office: Option<Arc<Office>>,
    child: Option<Child>,
}

impl Asterisk {
    /// Starts an instance and waits until it takes SIP over WebSocket.
    ///
    /// # Errors
    /// Set-up was not run, the port is taken, or Asterisk did not come up; the sentence holds the end of its log.
    pub async fn start(options: Options) -> Result<Self> {
        let program = Program::find(&crate::cache_dir())?;
        let port = options.port.map_or_else(free_port, Ok)?;
        let office = options.office;
        let address = address(office.as_deref(), port);
        let accounts = files::accounts(address)?;
        let folder = Folder::create(&program, address, free_udp_port()?, &accounts)?;
        let mut asterisk = Self { program, folder, accounts, port, office, child: None };
        asterisk.start_again().await?;
        Ok(asterisk)
    }

    /// Starts a stopped instance on the same port with the same accounts. Registrations do not survive a stop.
    ///
    /// # Errors
    /// As [`Asterisk::start`].
    pub async fn start_again(&mut self) -> Result<()> {
        if self.child.is_some() {
            return Ok(());
        }
        self.folder.forget_last_run()?;
        let mut command =
            self.program.tied_to_this_process(&self.folder.config(), self.office.as_deref());
        command.arg("-f").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = nursery::spawn(command).context("Asterisk could not be started")?;
        self.child = Some(child);
        if let Err(error) = self.wait_until_ready().await {
            self.kill();
            return Err(error);
        }
        Ok(())
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + BOOT_LIMIT;
        loop {
            let answer = self.cli("core waitfullybooted").await;
            if answer.is_ok_and(|text| text.contains("fully booted")) {
                break;
            }
            let exited = self.child.as_mut().is_none_or(|c| !matches!(c.try_wait(), Ok(None)));
            if exited || Instant::now() > deadline {
                return Err(Error::new(format!("Asterisk did not come up:\n{}", self.log_end())));
            }
            sleep(POLL).await;
        }
        // Asterisk boots without its HTTP server when the port is taken, and says so only in its log.
        let bound = format!("Bound HTTP server 'http server' to address {}", self.address());
        if log::read(&self.folder.full_log())?.contains(&bound) {
            return Ok(());
        }
        Err(Error::new(format!("Port {} is taken, so Asterisk cannot listen there.", self.port)))
    }

    /// Ends the program at once, as a power cut would; sockets are closed by the kernel. Its folder stays.
    pub fn stop(&mut self) {
        self.kill();
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Both fail only for a process that is gone already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// The port of SIP over WebSocket.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where it listens for SIP over WebSocket.
    pub fn address(&self) -> SocketAddr {
        address(self.office.as_deref(), self.port)
    }

    /// Where SIP is spoken, `ws://ADDRESS:PORT/ws`.
    pub fn url(&self) -> String {
        files::url(self.address())
    }

    /// The extensions 1001 to 1003 with this instance's passwords. 1003 is asked for SHA-256 digests, the others for MD5.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// One of [`Asterisk::accounts`].
    ///
    /// # Errors
    /// There is no such extension.
    pub fn account(&self, number: &str) -> Result<&Account> {
        let found = self.accounts.iter().find(|a| a.username == number);
        found.ok_or_else(|| Error::new(format!("The test PBX has no extension {number}.")))
    }

    /// Runs one command of Asterisk's command line and gives its output.
    ///
    /// # Errors
    /// Asterisk is not running.
    pub async fn cli(&self, command: &str) -> Result<String> {
        let mut cli = tokio::process::Command::from(self.program.command(&self.folder.config()));
        let output = cli.args(["-rx", command]).stdin(Stdio::null()).output().await;
        let output = output.context("Asterisk's command line could not be started")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() { Ok(text) } else { Err(Error::new(text.trim())) }
    }

    /// Lets a caller from outside ring extension `to` for up to 60 s. Returns as soon as the call is on its way.
    ///
    /// # Errors
    /// Asterisk is not running, or `caller` holds a character its command line cannot take (`"` or `\`).
    pub async fn call_in(&self, to: &str, caller: &Caller<'_>, far_end: FarEnd) -> Result<()> {
        self.call_in_on("", to, caller, far_end).await
    }

    /// The same on the telephone number `called`, which leads to extension `to`.
    ///
    /// # Errors
    /// As [`Asterisk::call_in`].
    pub async fn call_in_on(
        &self,
        called: &str,
        to: &str,
        caller: &Caller<'_>,
        far_end: FarEnd,
    ) -> Result<()> {
        self.cli(&format!("dialplan set global CALLED_NUMBER \"{called}\"")).await?;
        self.originate(&format!("{to}@customer"), caller, far_end).await
    }

    /// The same, but the caller takes the place of the call to 608 that `to` is in (RFC 3891), as after a transfer
    /// at the far end.
    ///
    /// # Errors
    /// As [`Asterisk::call_in`].
    pub async fn call_in_place(
        &self,
        to: &str,
        caller: &Caller<'_>,
        far_end: FarEnd,
    ) -> Result<()> {
        self.originate(&format!("{to}@successor"), caller, far_end).await
    }

    async fn originate(&self, to: &str, caller: &Caller<'_>, far_end: FarEnd) -> Result<()> {
        if caller.name.contains(['"', '\\']) {
            return Err(Error::new("A caller's name must be without quotes and backslashes here."));
        }
        let far = match far_end {
            FarEnd::Echo => "echo",
            FarEnd::Tone => "tone",
            FarEnd::Record => "record",
        };
        self.cli(&format!("dialplan set global CALLER_NAME \"{}\"", caller.name)).await?;
        self.cli(&format!("dialplan set global CALLER_NUMBER \"{}\"", caller.number)).await?;
        self.cli(&format!("channel originate Local/{to} extension {far}@far")).await?;
        Ok(())
    }

    /// From now on it tells a CRM of calls that come in and go out. `hooks` are the addresses for inbound, outbound and log.
    ///
    /// # Errors
    /// Asterisk is not running.
    pub async fn tell_crm(&self, hooks: [&str; 3]) -> Result<()> {
        for (name, hook) in ["INBOUND", "OUTBOUND", "LOG"].into_iter().zip(hooks) {
            self.cli(&format!("dialplan set global RINGDOCK_{name} {hook}")).await?;
        }
        Ok(())
    }

    /// Hangs up every call, as the far end would.
    ///
    /// # Errors
    /// Asterisk is not running.
    pub async fn hang_up_all(&self) -> Result<()> {
        self.cli("channel request hangup all").await.map(drop)
    }

    /// How many channels are up; two per call between extensions, one for a call to a service number.
    ///
    /// # Errors
    /// Asterisk is not running.
    pub async fn channels(&self) -> Result<usize> {
        let lines = self.cli("core show channels concise").await?;
        Ok(lines.lines().filter(|line| line.contains('!')).count())
    }

    /// Where the recordings of number 602 and of [`FarEnd::Record`] are: 8 kHz mono WAV, whole once the call is over.
    pub fn recordings(&self) -> PathBuf {
        self.folder.recordings()
    }

    /// The log of the current run, whole: warnings, errors, what the dialplan logs, and each digit that arrives. The steps
    /// of the dialplan are in `log/full.log` of [`Asterisk::folder`].
    ///
    /// # Errors
    /// The file could not be read.
    pub fn log(&self) -> Result<String> {
        log::read(&self.folder.log())
    }

    /// A reader of what is logged from now on: take it before the action whose trace is awaited.
    pub fn follow(&self) -> Follow {
        Follow::from_end(self.folder.log())
    }

    fn log_end(&self) -> String {
        let log = log::read(&self.folder.full_log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// The folder of this instance, for what has no method here.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Asterisk {
    fn drop(&mut self) {
        self.kill();
    }
}

fn address(office: Option<&Office>, port: u16) -> SocketAddr {
    let address = if office.is_some() { Office::ADDRESS } else { Ipv4Addr::LOCALHOST };
    SocketAddr::from((address, port))
}

/// A loopback port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("No free port on 127.0.0.1")?;
    Ok(listener.local_addr().context("No free port on 127.0.0.1")?.port())
}

fn free_udp_port() -> Result<u16> {
    let socket = UdpSocket::bind(("127.0.0.1", 0)).context("No free port on 127.0.0.1")?;
    Ok(socket.local_addr().context("No free port on 127.0.0.1")?.port())
}
