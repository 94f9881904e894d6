//! `rig`: the rigs as a program, for a person who wants to use the dock rather than test it.

use std::{env, fs, path::PathBuf, process};

use ringdock_rigs::{
    Error, Result,
    asterisk::{self, Asterisk},
    crm::{self, Crm},
    page::{self, Page},
};
use tokio::{
    io::{AsyncReadExt, stdin},
    signal::unix::{SignalKind, signal},
};

const HELP: &str = "\
rig: what Ringdock is run against, until Ctrl-C

  rig serve [--port N] [--dist DIR]    Asterisk on a free port, the CRM with a demo company and its workspace on port N
                                       (7700), and the dock's development page on a free port
  rig asterisk [--port N]              Asterisk alone, SIP over WebSocket on port N (8088)

  --ready FILE      asterisk: writes process id, URL and accounts into FILE (for this user alone) once it is ready
  --until-eof       ends when standard input ends, that is with the program that started it
";

struct Arguments {
    command: String,
    port: Option<u16>,
    dist: PathBuf,
    ready: Option<PathBuf>,
    until_eof: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let outcome = run().await;
    if let Err(error) = &outcome {
        eprintln!("{error}");
    }
    // Not by returning: that would wait for the thread which reads from standard input, and that cannot be called off.
    process::exit(outcome.is_err().into());
}

async fn run() -> Result<()> {
    let arguments = parse(env::args().skip(1))?;
    match arguments.command.as_str() {
        "serve" => serve(&arguments).await,
        "asterisk" => asterisk_alone(&arguments).await,
        _ => {
            print!("{HELP}");
            Ok(())
        }
    }
}

async fn serve(arguments: &Arguments) -> Result<()> {
    let asterisk = Asterisk::start(asterisk::Options::default()).await?;
    let accounts = asterisk.accounts().to_vec();
    let crm = Crm::start(&crm::Options {
        port: arguments.port.unwrap_or(7700),
        site: ringdock_rigs::site_dir(),
        lines: accounts.clone(),
    })?;
    let hooks = crm.hooks()?;
    asterisk.tell_crm([&hooks[0], &hooks[1], &hooks[2]]).await?;
    let page =
        Page::start(page::Options { dist: arguments.dist.clone(), port: 0, accounts }).await?;
    println!("page {}", page.url());
    println!("ready {}", crm.url());
    until_told_to_end(arguments).await
}

async fn asterisk_alone(arguments: &Arguments) -> Result<()> {
    let port = Some(arguments.port.unwrap_or(8088));
    let asterisk = Asterisk::start(asterisk::Options { port, office: None }).await?;
    if let Some(file) = &arguments.ready {
        let mut state = format!("pid {}\nurl {}\n", std::process::id(), asterisk.url());
        for account in asterisk.accounts() {
            state += &format!("account {} password {}\n", account.identity, account.password);
        }
        write_private(file, &state)?;
    }
    println!("ready {}", asterisk.url());
    let ended = until_told_to_end(arguments).await;
    if let Some(file) = &arguments.ready {
        // Already gone is as good.
        let _ = fs::remove_file(file);
    }
    ended
}

async fn until_told_to_end(arguments: &Arguments) -> Result<()> {
    let listen =
        |kind| signal(kind).map_err(|e| Error::new(format!("Signals cannot be awaited: {e}")));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    let mut hangup = listen(SignalKind::hangup())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
        () = end_of_input(), if arguments.until_eof => {}
    }
    Ok(())
}

async fn end_of_input() {
    let mut buffer = [0; 64];
    while stdin().read(&mut buffer).await.is_ok_and(|n| n > 0) {}
}

fn write_private(file: &PathBuf, text: &str) -> Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let write = || {
        let mut options = fs::OpenOptions::new();
        options.create(true).truncate(true).write(true).mode(0o600);
        // Renamed when whole: who waits for the file must not read half of it.
        let part = file.with_extension("part");
        options.open(&part)?.write_all(text.as_bytes())?;
        fs::rename(part, file)
    };
    write().map_err(|e| Error::new(format!("{}: {e}", file.display())))
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Arguments> {
    let command = words.next().unwrap_or_default();
    let dist = ringdock_rigs::dist_dir();
    let mut arguments = Arguments { command, port: None, dist, ready: None, until_eof: false };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| Error::new(format!("{word} needs a value.")));
        match word.as_str() {
            "--port" => {
                let port = value()?;
                let number =
                    port.parse().map_err(|_| Error::new(format!("{port} is not a port.")))?;
                arguments.port = Some(number);
            }
            "--dist" => arguments.dist = value()?.into(),
            "--ready" => arguments.ready = Some(value()?.into()),
            "--until-eof" => arguments.until_eof = true,
            _ => return Err(Error::new(format!("{word} is unknown.\n\n{HELP}"))),
        }
    }
    Ok(arguments)
}
