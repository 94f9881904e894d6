//! Ending what was started when this program is told to end.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio, exit, id},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::error::{Error, Result};

/// How long the others have to end by themselves.
const LIMIT: Duration = Duration::from_secs(10);

static TOLD: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C and a termination signal end every program that this one started, then this one.
pub fn end_children_when_told() -> Result<()> {
    ctrlc::set_handler(|| {
        TOLD.store(true, Ordering::SeqCst);
        end_descendants();
        eprintln!("\nStopped.");
        exit(130);
    })
    .map_err(|e| Error(format!("Ctrl-C cannot be handled: {e}")))
}

/// Keeps the main thread from reporting as a failure that its programs were ended: the handler has the last word.
pub fn wait_if_told() {
    while TOLD.load(Ordering::SeqCst) {
        thread::park();
    }
}

fn end_descendants() {
    let deadline = Instant::now() + LIMIT;
    let mut signal = "-TERM";
    let mut told = Vec::new();
    loop {
        let alive = descendants();
        if alive.is_empty() {
            return;
        }
        if Instant::now() > deadline {
            signal = "-KILL";
        }
        let new: Vec<_> =
            alive.into_iter().filter(|p| signal == "-KILL" || !told.contains(p)).collect();
        if !new.is_empty() {
            // A process that ended meanwhile is what is wanted.
            let _ = Command::new("sh")
                .args(["-c", "kill \"$@\"", "sh", signal])
                .args(&new)
                .stderr(Stdio::null())
                .status();
            told.extend(new);
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The ids of the processes that descend from this one and still run.
fn descendants() -> Vec<String> {
    let mut found = vec![id().to_string()];
    let parents: Vec<(String, String)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|e| parent(&e.path()))
        .collect();
    let mut next = 0;
    while let Some(ancestor) = found.get(next).cloned() {
        found.extend(
            parents
                .iter()
                .filter(|(_, parent)| *parent == ancestor)
                .map(|(child, _)| child.clone()),
        );
        next += 1;
    }
    found.split_off(1)
}

/// Id and parent's id of a process that is not a zombie.
fn parent(process: &Path) -> Option<(String, String)> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name in the second field may hold anything, parentheses and blanks too.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let (state, parent) = (fields.next()?, fields.next()?);
    (state != "Z").then(|| {
        (
            process.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            parent.to_owned(),
        )
    })
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;

    #[test]
    fn children_of_children_are_found() {
        let mut shell = Command::new("sh")
            .args(["-c", "sleep 30 & echo $!; wait"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut sleeper = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut sleeper).unwrap();
        let found = descendants();
        assert!(
            found.contains(&shell.id().to_string()) && found.contains(&sleeper.trim().to_owned()),
            "{found:?}"
        );
        Command::new("sh").args(["-c", "kill \"$@\"", "sh", sleeper.trim()]).status().unwrap();
        shell.wait().unwrap();
    }
}
