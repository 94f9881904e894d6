//! Running other programs.

use std::{
    env, fs,
    io::{BufRead, BufReader, IsTerminal, Write},
    os::unix::fs::MetadataExt,
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    error::{Context, Result, fail},
    interrupt, paths,
};

/// Lines of a failed step's output that are shown; the rest is in its log file.
const SHOWN_LINES: usize = 20;
/// How often a step tells that it is alive where no line can be rewritten (a CI log).
const HEARTBEAT: Duration = Duration::from_secs(30);
const REDRAW: Duration = Duration::from_millis(200);

/// Runs a program with our terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().context(program(command))?;
    interrupt::wait_if_told();
    if status.success() {
        Ok(())
    } else {
        fail(format!("This failed ({status}): {}", as_typed(command)))
    }
}

/// The standard output of a short program, when it succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a long program: its output goes into a log file, its last line is shown as progress, and when it fails the end of
/// the output and the command to type are in the error.
pub fn run_logged(log_name: &str, command: &mut Command) -> Result<()> {
    fs::create_dir_all(paths::logs()).context(paths::logs().display())?;
    let log_path = paths::logs().join(format!("{log_name}.log"));
    let mut log = fs::File::create(&log_path).context(log_path.display())?;

    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context(program(command))?;
    let (sender, lines) = mpsc::channel();
    for stream in [child.stdout.take().map(Stream::Out), child.stderr.take().map(Stream::Err)] {
        let sender = sender.clone();
        thread::spawn(move || stream.map(|s| s.send_lines(&sender)));
    }
    drop(sender);

    let mut tail = Vec::new();
    let mut progress = Progress::new();
    loop {
        match lines.recv_timeout(REDRAW) {
            Ok(line) => {
                // A log that cannot be written is no reason to stop.
                let _ = writeln!(log, "{line}");
                tail.push(line);
                if tail.len() > SHOWN_LINES {
                    tail.remove(0);
                }
            }
            Err(RecvTimeoutError::Timeout) => progress.show(tail.last().map_or("", String::as_str)),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    progress.clear();
    let status = child.wait().context(program(command))?;
    interrupt::wait_if_told();
    if status.success() {
        return Ok(());
    }
    let tail = tail.join("\n  ");
    let (log, typed) = (log_path.display(), as_typed(command));
    fail(format!(
        "It failed ({status}). The end of its output, all of which is in {log}:\n\n  {tail}\n\nTo try it by hand:\n\n  {typed}"
    ))
}

enum Stream {
    Out(std::process::ChildStdout),
    Err(std::process::ChildStderr),
}

impl Stream {
    fn send_lines(self, sender: &mpsc::Sender<String>) {
        let reader: Box<dyn BufRead> = match self {
            Self::Out(out) => Box::new(BufReader::new(out)),
            Self::Err(err) => Box::new(BufReader::new(err)),
        };
        for line in reader.split(b'\n').map_while(std::result::Result::ok) {
            // The receiver outlives this thread's stream.
            let _ = sender.send(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
    }
}

/// One line under a step's name that says how long it has run and what it last said.
struct Progress {
    started: Instant,
    last_beat: Instant,
    terminal: bool,
}

impl Progress {
    fn new() -> Self {
        let now = Instant::now();
        Self { started: now, last_beat: now, terminal: std::io::stderr().is_terminal() }
    }

    fn show(&mut self, line: &str) {
        let elapsed = in_words(self.started.elapsed());
        if self.terminal {
            let line: String = line.chars().filter(|c| !c.is_control()).take(90).collect();
            eprint!("\r\x1b[K      {elapsed}  {}", line.trim());
        } else if self.last_beat.elapsed() > HEARTBEAT {
            self.last_beat = Instant::now();
            eprintln!("      {elapsed}  {}", line.trim());
        }
    }

    fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[K");
        }
    }
}

/// "8 s", "2 min 5 s".
pub fn in_words(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// The command as a person would type it, `PATH` shortened.
pub fn as_typed(command: &Command) -> String {
    let path = env::var("PATH").unwrap_or_default();
    let variables = command.get_envs().filter_map(|(name, value)| {
        let value = value?.to_string_lossy().replace(&path, "$PATH");
        Some(format!("{}={}", name.to_string_lossy(), quoted(&value)))
    });
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| quoted(&word.to_string_lossy()));
    let line = variables.chain(words).collect::<Vec<_>>().join(" ");
    match command.get_current_dir() {
        Some(folder) => format!("(cd {} && {line})", folder.display()),
        None => line,
    }
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    // `$PATH` is meant to be expanded.
    let quote = if word.contains("$PATH") { '"' } else { '\'' };
    format!("{quote}{word}{quote}")
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// A command with root's rights: as it is for root, through sudo for others.
pub fn as_root(program: &str) -> Command {
    if is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.arg(program);
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_can_be_typed() {
        let mut command = Command::new("cargo");
        command.args(["install", "a b"]).env("RUSTFLAGS", "--sysroot /x").current_dir("/tmp");
        assert_eq!(as_typed(&command), "(cd /tmp && RUSTFLAGS='--sysroot /x' cargo install 'a b')");
    }

    #[test]
    fn a_failed_step_shows_its_last_words_and_its_command() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo working; echo the reason >&2; exit 3"]);
        let sentence = run_logged("xtask-self-test", &mut command).unwrap_err().to_string();
        assert!(sentence.contains("the reason") && sentence.contains("sh -c"), "{sentence}");
        fs::remove_file(paths::logs().join("xtask-self-test.log")).unwrap();
    }
}
