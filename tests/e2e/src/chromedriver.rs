//! The chromedriver process of one browser.

use crate::{Result, wait};
use rustix::process::{Pid, Signal, kill_process_group};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;

/// A running chromedriver. Dropping it ends it, and the browsers it started with it.
pub(crate) struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts chromedriver (`CHROMEDRIVER`, else the one on the path) on a free port.
    /// What it and its browser leave behind is in `folder`.
    pub(crate) async fn start(folder: &Path) -> Result<Chromedriver> {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .env("TMPDIR", folder)
            // A group of their own for the driver and its browser, so that both can be ended together.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot start {program}: {error}"))?;
        let driver = Chromedriver { process, port };
        wait::until("chromedriver's port", Duration::from_secs(20), async || {
            Ok(TcpStream::connect(("127.0.0.1", port)).await.ok())
        })
        .await?;
        Ok(driver)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sends a signal to it and to all processes of its browser.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        let group = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw);
        let group = group.ok_or("chromedriver has no process id")?;
        Ok(kill_process_group(group, signal)?)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        if let Ok(Some(_)) = self.process.try_wait() {
            return;
        }
        // Errors mean that it has ended by itself.
        let _ = self.signal(Signal::KILL);
        let _ = self.process.wait();
    }
}
