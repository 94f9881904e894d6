//! A real CRM server with a demo company, in a temporary folder. It ends with the value, and also when the program that
//! started it dies.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{
    account::Account,
    error::{Context, Error, Result},
    nursery,
};

/// Says where the program is, if not beside the running one.
const VARIABLE: &str = "RINGDOCK_SERVER";
const PROGRAM: &str = "ringdock-server";

/// What is served, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The built pages.
    pub site: PathBuf,
    /// Lines for the demo's users, first to first.
    pub lines: Vec<Account>,
}

/// A running server.
#[derive(Debug)]
pub struct Crm {
    folder: PathBuf,
    site: PathBuf,
    port: u16,
    child: Mutex<Option<Child>>,
}

impl Crm {
    /// Starts a server with a new demo company. Blocks until it serves.
    ///
    /// # Errors
    /// It is not built, or does not come up; the sentence says why.
    pub fn start(options: &Options) -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        if !options.site.join("index.html").exists() {
            let site = options.site.display();
            return Err(Error::new(format!("There is no index.html in {site}: build it first.")));
        }
        let name = format!("ringdock-crm-{}-{}", id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir(&folder).context(folder.display())?;
        let mut crm = Self {
            folder,
            site: options.site.clone(),
            port: options.port,
            child: Mutex::default(),
        };
        crm.write_lines(&options.lines)?;
        crm.port = crm.run()?;
        Ok(crm)
    }

    /// `http://localhost:PORT`. A secure context, so the microphone may be asked for.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The three addresses that a PBX posts to, for [`Asterisk::tell_crm`](crate::asterisk::Asterisk::tell_crm).
    ///
    /// # Errors
    /// The server did not write them.
    pub fn hooks(&self) -> Result<[String; 3]> {
        let path = self.folder.join("hooks");
        let text = fs::read_to_string(&path).context(path.display())?;
        let hooks: Vec<String> = text.lines().map(str::to_owned).collect();
        hooks.try_into().map_err(|_| Error::new(format!("{} has not three lines.", path.display())))
    }

    /// Kills the server as a power cut would. What it acknowledged is on the disk.
    pub fn stop(&self) {
        let child = self.child.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut child) = child {
            // Already dead is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts it again after [`Crm::stop`], with the same data at the same address. Blocks until it serves.
    ///
    /// # Errors
    /// It does not come up.
    pub fn start_again(&self) -> Result<()> {
        self.run().map(drop)
    }

    /// The passwords are in it: for this user alone.
    fn write_lines(&self, lines: &[Account]) -> Result<()> {
        let text = serde_json::to_vec(lines).context("The lines")?;
        let mut file = fs::OpenOptions::new();
        file.create_new(true).write(true).mode(0o600);
        let path = self.lines();
        let mut file = file.open(&path).context(path.display())?;
        file.write_all(&text).context(path.display())
    }

    fn lines(&self) -> PathBuf {
        self.folder.join("lines.json")
    }

    /// Runs the program and gives the port it serves on.
    fn run(&self) -> Result<u16> {
        let log_path = self.folder.join("log");
        let log = fs::OpenOptions::new().create(true).append(true).open(&log_path);
        let mut command = Command::new(program()?);
        command.arg("--demo").arg("--database").arg(self.folder.join("ringdock.db"));
        command.arg("--key").arg(self.folder.join("ringdock.key"));
        command.args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        command.arg("--site").arg(&self.site).arg("--demo-lines").arg(self.lines());
        command.arg("--hooks").arg(self.folder.join("hooks"));
        // It ends when this pipe closes, so also when we are killed.
        command.arg("--until-eof").env_remove("DATABASE_URL");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log.context("The log")?);
        let mut child = nursery::spawn(command).context("The server could not be started")?;
        let out = child.stdout.take();
        let first =
            out.and_then(|out| BufReader::new(out).lines().next()).and_then(std::io::Result::ok);
        let port = first.as_deref().and_then(|line| line.strip_prefix("ready "));
        let port = port.and_then(|url| url.rsplit(':').next()?.parse().ok());
        let Some(port) = port else {
            // It is of no use; why it did not come up is in its log.
            let _ = child.kill();
            let _ = child.wait();
            let log = fs::read_to_string(&log_path).unwrap_or_default();
            return Err(Error::new(format!("The server did not come up:\n{log}")));
        };
        *self.child.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
        Ok(port)
    }
}

impl Drop for Crm {
    fn drop(&mut self) {
        self.stop();
        // Left over in the folder for temporary files at worst.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The built server: named by the environment, else beside the running program, or one folder up from a test.
fn program() -> Result<PathBuf> {
    if let Some(path) = env::var_os(VARIABLE) {
        return Ok(path.into());
    }
    let me = env::current_exe().context("The running program")?;
    let found = me.ancestors().skip(1).take(2).map(|folder| folder.join(PROGRAM));
    found.into_iter().find(|path: &PathBuf| Path::exists(path)).ok_or_else(|| {
        Error::new("The server is not built: cargo build --package ringdock-server".to_owned())
    })
}
