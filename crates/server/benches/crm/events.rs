//! Many agents who listen while some come and go: the program itself, over the network of this machine.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use tokio::sync::mpsc;

const AGENTS: usize = 200;
const CHANGES: usize = 40;
/// Two changes a second.
const PAUSE: Duration = Duration::from_millis(500);

/// Prints how long a change takes to reach everybody, and the server's memory.
pub async fn measure(folder: &Path) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_ringdock-server"));
    server.args(["--demo", "--listen", "127.0.0.1:0", "--database"]).arg(folder.join("events.db"));
    server.arg("--key").arg(folder.join("key")).env("RUST_LOG", "warn").stdout(Stdio::piped());
    let mut server = server.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("ready ").unwrap().to_owned();
    let client = reqwest::Client::builder().tcp_nodelay(true).build().unwrap();
    let post = |path: &str, body: String| {
        client
            .post(format!("{url}{path}"))
            .header("x-ringdock", "1")
            .header("content-type", "application/json")
            .body(body)
    };
    let reply = post("/api/session/demo", r#"{"login":"anna"}"#.to_owned()).send().await.unwrap();
    let cookie =
        reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let (sender, mut heard) = mpsc::unbounded_channel();
    for _ in 0..AGENTS {
        let reply =
            client.get(format!("{url}/api/events")).header("cookie", &cookie).send().await.unwrap();
        let sender = sender.clone();
        tokio::spawn(async move {
            let mut parts = reply.bytes_stream();
            while let Some(Ok(part)) = parts.next().await {
                let events = part.windows(8).filter(|window| window == b"presence").count();
                for _ in 0..events {
                    let _ = sender.send(Instant::now());
                }
            }
        });
    }
    let mut times = Vec::new();
    for change in 0..CHANGES {
        tokio::time::sleep(PAUSE).await;
        let state = ["idle", "on_call"][change % 2];
        let began = Instant::now();
        let reply = post("/api/presence", format!(r#"{{"state":"{state}"}}"#))
            .header("cookie", &cookie)
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status().as_u16(), 204);
        for _ in 0..AGENTS {
            let at =
                tokio::time::timeout(Duration::from_secs(10), heard.recv()).await.unwrap().unwrap();
            times.push(at.saturating_duration_since(began));
        }
    }
    super::report(&format!("A presence change reaches each of {AGENTS} pages"), &times);
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let memory = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    println!(
        "The server's memory with them, at most: {}",
        memory.trim_start_matches("VmHWM:").trim()
    );
    server.kill().unwrap();
    server.wait().unwrap();
}
