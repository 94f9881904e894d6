//! `ringdock-server`: see `--help`.

use std::{
    env, fs,
    io::{self, Write},
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
    process::ExitCode,
};

use axum::serve::ListenerExt;
use ringdock_server::{
    App, DemoLine, Options, Proxy, Seal, add_administrator, pbx_hooks, router, seed_demo,
    start_background,
};
use tokio::{
    io::{AsyncReadExt, stdin},
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

const HELP: &str = "\
ringdock-server: the CRM behind the dock

  ringdock-server [OPTIONS]                      serves until it is told to end (SIGINT, SIGTERM)
  ringdock-server add-admin LOGIN [OPTIONS]      makes an administrator; the password is read from standard input

  --database PLACE   a file (ringdock.db), or postgres://USER:PASSWORD@HOST/NAME; DATABASE_URL says the same
  --key FILE         the key that seals secrets, made if it is not there (ringdock.key); keep a copy of it elsewhere
  --listen ADDRESS   where to listen (127.0.0.1:7700; port 0 takes a free one)
  --site FOLDER      pages to serve beside the API
  --proxy ADDRESS    a proxy in front, or a network of such (10.0.0.0/8), whose X-Forwarded-For is believed; may be
                     said several times
  --https            browsers come over https:// (through a proxy): cookies are for that alone
  --demo             a demo company, whose users sign in with one click; never with data of your own
  --demo-lines FILE  lines for the demo's users: JSON, as the test PBX writes it
  --hooks FILE       writes the PBX's three secret addresses into FILE, one a line, for this user alone
  --until-eof        ends when standard input ends, that is with the program that started it

RUST_LOG chooses what is logged (info); numbers and secrets never are.
";

/// How long a webhook waits for late reports of a call that is over, in milliseconds.
const WEBHOOK_DELAY: i64 = 5_000;

struct Arguments {
    admin: Option<String>,
    database: String,
    key: PathBuf,
    listen: String,
    site: Option<PathBuf>,
    proxies: Vec<Proxy>,
    https: bool,
    demo: bool,
    demo_lines: Option<PathBuf>,
    hooks: Option<PathBuf>,
    until_eof: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let Some(arguments) = parse(env::args().skip(1))? else {
        print!("{HELP}");
        return Ok(());
    };
    let seal =
        Seal::open(&arguments.key).map_err(|e| format!("{}: {e}", arguments.key.display()))?;
    let options = Options {
        demo: arguments.demo,
        https: arguments.https,
        webhook_delay: WEBHOOK_DELAY,
        proxies: arguments.proxies.clone(),
    };
    let app = App::open(&arguments.database, seal, options).await.map_err(|e| e.to_string())?;
    if let Some(login) = &arguments.admin {
        return add_admin(&app, login).await;
    }
    if arguments.demo {
        let lines = arguments.demo_lines.as_ref().map(read_lines).transpose()?.unwrap_or_default();
        seed_demo(&app, &lines).await.map_err(|e| e.to_string())?;
    }
    serve(app, arguments).await
}

async fn serve(app: App, arguments: Arguments) -> Result<(), String> {
    let listener = TcpListener::bind(&arguments.listen).await;
    let listener =
        listener.map_err(|e| format!("{} cannot be listened on: {e}", arguments.listen))?;
    let address = listener.local_addr().map_err(|e| format!("The server's own address: {e}"))?;
    // Without this a small reply waits for the acknowledgement of its own header, up to 40 ms.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::warn!(%error, "a connection stays slow");
        }
    });
    let background = start_background(&app);
    let service =
        router(app.clone(), arguments.site).into_make_service_with_connect_info::<SocketAddr>();
    if let Some(file) = &arguments.hooks {
        let hooks = pbx_hooks(&app).await.map_err(|e| e.to_string())?;
        let hooks = hooks.map(|hook| format!("http://{address}{hook}\n")).concat();
        write_private(file, &hooks).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    println!("ready http://{address}");
    let _ = io::stdout().flush();
    let until_eof = arguments.until_eof;
    let ending = app.clone();
    let told = async move {
        until_told_to_end(until_eof).await;
        // Streams of events would keep their connections open for ever.
        ending.end_streams();
    };
    axum::serve(listener, service)
        .with_graceful_shutdown(told)
        .await
        .map_err(|e| format!("The server ended: {e}"))?;
    app.close().await;
    for task in background {
        // A task that panicked has been logged.
        let _ = task.await;
    }
    Ok(())
}

async fn until_told_to_end(until_eof: bool) {
    let listen = |kind| async move {
        match signal(kind) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::warn!(%error, "a signal cannot be awaited");
                std::future::pending().await
            }
        }
    };
    tokio::select! {
        () = listen(SignalKind::interrupt()) => {}
        () = listen(SignalKind::terminate()) => {}
        () = end_of_input(), if until_eof => {}
    }
}

async fn end_of_input() {
    let mut buffer = [0; 64];
    while stdin().read(&mut buffer).await.is_ok_and(|n| n > 0) {}
}

fn write_private(file: &PathBuf, text: &str) -> io::Result<()> {
    // One that is there may be readable by others.
    match fs::remove_file(file) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(file)?
        .write_all(text.as_bytes())
}

async fn add_admin(app: &App, login: &str) -> Result<(), String> {
    let mut password = String::new();
    stdin()
        .read_to_string(&mut password)
        .await
        .map_err(|e| format!("The password cannot be read: {e}"))?;
    add_administrator(app, login, password.trim_end_matches(['\r', '\n']).to_owned())
        .await
        .map_err(|e| e.to_string())?;
    app.close().await;
    println!("{login} can sign in.");
    Ok(())
}

fn read_lines(file: &PathBuf) -> Result<Vec<DemoLine>, String> {
    let text = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    // What is wrong is not repeated: passwords are inside.
    serde_json::from_slice(&text).map_err(|_| format!("{} does not hold lines.", file.display()))
}

/// None if help is asked for.
fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let database = env::var("DATABASE_URL").unwrap_or_else(|_| "ringdock.db".to_owned());
    let mut arguments = Arguments {
        admin: None,
        database,
        key: PathBuf::from("ringdock.key"),
        listen: "127.0.0.1:7700".to_owned(),
        site: None,
        proxies: Vec::new(),
        https: false,
        demo: false,
        demo_lines: None,
        hooks: None,
        until_eof: false,
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value."));
        match word.as_str() {
            "add-admin" => arguments.admin = Some(value()?),
            "--database" => arguments.database = value()?,
            "--key" => arguments.key = value()?.into(),
            "--listen" => arguments.listen = value()?,
            "--site" => arguments.site = Some(value()?.into()),
            "--proxy" => arguments.proxies.push(value()?.parse()?),
            "--https" => arguments.https = true,
            "--demo" => arguments.demo = true,
            "--demo-lines" => arguments.demo_lines = Some(value()?.into()),
            "--hooks" => arguments.hooks = Some(value()?.into()),
            "--until-eof" => arguments.until_eof = true,
            "--help" | "-h" | "help" => return Ok(None),
            _ => return Err(format!("{word} is unknown.\n\n{HELP}")),
        }
    }
    Ok(Some(arguments))
}
