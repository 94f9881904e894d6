//! A real PostgreSQL: a cluster of its own in a temporary folder, reached by a socket in that folder alone.
//!
//! The program refuses to run as root, so root starts it as the user `postgres`, whom the Debian package made. It ends with
//! the value, and also when the program that started it dies.

use std::{
    env, fs,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    error::{Context, Error, Result},
    nursery,
};

const USER: &str = "postgres";
const READY_LIMIT: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(50);
const FOLDER_PREFIX: &str = "ringdock-postgres-";

/// A running PostgreSQL.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    child: Child,
}

impl Postgres {
    /// Makes a cluster and starts it. Blocks for a few seconds. What it writes is not forced to the disk.
    ///
    /// # Errors
    /// It is not installed, or does not come up.
    pub fn start() -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        remove_leftovers();
        let programs = programs()?;
        let name = format!("{FOLDER_PREFIX}{}-{}", id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir(&folder).context(folder.display())?;
        let owner = unprivileged()?;
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group)).context(folder.display())?;
        }
        let data = folder.join("data");
        let mut make = as_owner(owner, &programs.join("initdb"));
        make.args([
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--username=ringdock",
        ]);
        run(make.arg("--pgdata").arg(&data))?;
        let mut server = as_owner(owner, &programs.join("postgres"));
        server.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-c", "listen_addresses="]);
        server.args(["-c", "fsync=off", "-c", "max_connections=300", "-c", "shared_buffers=256MB"]);
        let log = fs::File::create(folder.join("log")).context("The log of PostgreSQL")?;
        server.current_dir(&folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let child = nursery::spawn(server).context("PostgreSQL could not be started")?;
        let mut postgres = Self { folder, programs, child };
        postgres.wait_until_ready()?;
        Ok(postgres)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + READY_LIMIT;
        loop {
            let mut ask = Command::new(self.programs.join("pg_isready"));
            ask.arg("-q").arg("-h").arg(&self.folder).stdin(Stdio::null());
            if ask.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            let ended = !matches!(self.child.try_wait(), Ok(None));
            if ended || Instant::now() > deadline {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(Error::new(format!("PostgreSQL did not come up:\n{log}")));
            }
            thread::sleep(POLL);
        }
    }

    /// Makes an empty database and gives its URL. `name` is of `a`-`z`, `0`-`9`, `_`.
    ///
    /// # Errors
    /// There is one of that name.
    pub fn create(&self, name: &str) -> Result<String> {
        let mut create = Command::new(self.programs.join("createdb"));
        run(create.arg("-h").arg(&self.folder).args(["-U", "ringdock", name]))?;
        Ok(format!("postgres://ringdock@localhost/{name}?host={}", self.folder.display()))
    }

    /// Runs SQL in one of its databases.
    ///
    /// # Errors
    /// The SQL is refused; the sentence holds why.
    pub fn sql(&self, name: &str, sql: &str) -> Result<()> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.arg("-h").arg(&self.folder).args(["-U", "ringdock", "-q", "-v", "ON_ERROR_STOP=1"]);
        run(psql.args(["-d", name, "-c", sql]))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Both fail only for a process that is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder of the newest version's programs, as Debian lays them out.
fn programs() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, folder): &(u32, PathBuf)| folder.join("initdb").exists())
        .collect();
    versions.sort();
    let newest = versions.pop().map(|(_, folder)| folder);
    newest.ok_or_else(|| {
        Error::new("There is no PostgreSQL here. `cargo xtask test server` installs it.")
    })
}

/// User and group to run as; none for who is not root.
fn unprivileged() -> Result<Option<(u32, u32)>> {
    if !fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").context("/etc/passwd")?;
    let ids = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next() == Some(USER)).then_some(())?;
        Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    ids.map(Some).ok_or_else(|| {
        Error::new(format!("PostgreSQL refuses root, and there is no user {USER} to run it."))
    })
}

fn as_owner(owner: Option<(u32, u32)>, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if let Some((user, group)) = owner {
        command.args([format!("--reuid={user}"), format!("--regid={group}")]).arg("--clear-groups");
    }
    command.args(["--pdeathsig", "KILL", "--"]).arg(program).process_group(0);
    command
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.current_dir("/").stdin(Stdio::null()).output();
    let output = output.context(command.get_program().to_string_lossy())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::new(format!("{}: {said}", command.get_program().to_string_lossy())))
}

/// Removes the folders of processes that were killed before they could.
fn remove_leftovers() {
    for entry in fs::read_dir(env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|n| n.strip_prefix(FOLDER_PREFIX)?.split('-').next());
        if owner.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            // Another user's folder stays.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
