//! Many agents who listen while some come and go: the program itself, over the network of this machine.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use reqwest::{Client, RequestBuilder};
use serde_json::json;
use tokio::{sync::mpsc, time::timeout};

use crate::{
    data::Database,
    report::{Target, report},
};

const AGENTS: usize = 200;
const CHANGES: usize = 60;
/// Two changes a second.
const PAUSE: Duration = Duration::from_millis(500);
/// What the server may hold, in kB.
const MEMORY: u64 = 200_000;
/// A change that has not come by then never will.
const PATIENCE: Duration = Duration::from_secs(10);

/// Prints how long a change takes to reach everybody, and the server's memory.
pub async fn measure(folder: &Path, database: &Database) {
    let (mut server, url) = start(folder, database);
    database.run([database.agents(AGENTS)]).await;
    let client = Client::builder().tcp_nodelay(true).build().unwrap();
    let post = |path: &str| client.post(format!("{url}{path}")).header("x-ringdock", "1");
    let (sender, mut heard) = mpsc::unbounded_channel();
    let mut cookies = Vec::new();
    for agent in 1..=AGENTS {
        let login = json!({ "login": format!("agent{agent}") });
        let reply = send(post("/api/session/demo"), &login).await;
        let cookie = reply.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let stream = client.get(format!("{url}/api/events")).header("cookie", &cookie);
        let mut parts = stream.send().await.unwrap().error_for_status().unwrap().bytes_stream();
        // It has said that it is ready: what changes from now on is told.
        parts.next().await.unwrap().unwrap();
        let sender = sender.clone();
        tokio::spawn(async move {
            while let Some(Ok(part)) = parts.next().await {
                let name = br#""event":"presence""#;
                let events = part.windows(name.len()).filter(|window| window == name).count();
                (0..events).for_each(|_| sender.send(Instant::now()).unwrap_or_default());
            }
        });
        cookies.push(cookie);
    }
    let mut times = Vec::new();
    for cookie in cookies.iter().take(CHANGES) {
        tokio::time::sleep(PAUSE).await;
        let state = json!({ "state": "on_call" });
        let began = Instant::now();
        send(post("/api/presence").header("cookie", cookie), &state).await;
        for _ in 0..AGENTS {
            let at = timeout(PATIENCE, heard.recv()).await.unwrap().unwrap();
            times.push(at.saturating_duration_since(began));
        }
    }
    let what = format!("{}: a presence change reaches each of {AGENTS} agents", database.name());
    report(&what, &times, Some(&Target { percentile: 99, limit: 250.0 }));
    let memory = memory(&server);
    let verdict = if memory <= MEMORY { "holds" } else { "MISSED" };
    println!(
        "{}: the server's resident memory with them: {memory} kB at most: {verdict}, at most {MEMORY} kB",
        database.name()
    );
    server.kill().unwrap();
    server.wait().unwrap();
}

fn start(folder: &Path, database: &Database) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_ringdock-server"));
    server.args(["--demo", "--listen", "127.0.0.1:0", "--database", database.place()]);
    server.arg("--key").arg(folder.join("key")).env("RUST_LOG", "warn").stdout(Stdio::piped());
    let mut server = server.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("ready ").unwrap().to_owned();
    (server, url)
}

async fn send(request: RequestBuilder, body: &serde_json::Value) -> reqwest::Response {
    let request = request.header("content-type", "application/json").body(body.to_string());
    request.send().await.unwrap().error_for_status().unwrap()
}

/// The most that has been in memory at a time, in kB.
fn memory(server: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    most.trim().trim_end_matches(" kB").parse().unwrap()
}
