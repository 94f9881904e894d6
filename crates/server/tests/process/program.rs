//! Runs the server's program.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use futures_util::{Stream, StreamExt};
use reqwest::{Method, header::HeaderMap};
use ringdock_rigs::postgres::Postgres;
use serde_json::{Value, json};

pub static POSTGRES: LazyLock<Postgres> = LazyLock::new(|| Postgres::start().unwrap());

/// A folder that goes with the value.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("ringdock-program-{}-{}", id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A running server with the demo company.
pub struct Program {
    child: Child,
    pub url: String,
    pub log: PathBuf,
}

impl Program {
    /// Starts it with a database, and waits until it is ready.
    pub fn start(folder: &Folder, database: &str) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_ringdock-server")), folder, database)
    }

    /// Starts it by a command that ends in the program's own name.
    pub fn run(mut command: Command, folder: &Folder, database: &str) -> Self {
        let log = folder.path().join("log");
        command.args(["--demo", "--listen", "127.0.0.1:0", "--database", database, "--key"]);
        command
            .arg(folder.path().join("key"))
            .env("RUST_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let file = fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let mut child = command.stderr(file).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line
            .strip_prefix("ready ")
            .unwrap_or_else(|| panic!("{}", fs::read_to_string(&log).unwrap()));
        Self { child, url: url.trim().to_owned(), log }
    }

    /// Ends it as a power cut would (SIGKILL).
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// A user of the demo, signed in.
    pub async fn client(&self, login: &str) -> Client {
        let nobody = Client {
            url: self.url.clone(),
            http: reqwest::Client::new(),
            headers: HeaderMap::new(),
        };
        let reply = nobody
            .reply(Method::POST, "/api/session/demo", Some(&json!({ "login": login })))
            .await
            .unwrap();
        let cookie = reply.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("cookie", cookie);
        Client { headers, ..nobody }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Clone)]
pub struct Client {
    url: String,
    http: reqwest::Client,
    pub headers: HeaderMap,
}

impl Client {
    async fn reply(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> reqwest::Result<reqwest::Response> {
        let mut request =
            self.http.request(method, format!("{}{path}", self.url)).headers(self.headers.clone());
        request = request.header("x-ringdock", "1").header("content-type", "application/json");
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        request.send().await
    }

    /// Status and body; an error if the server went away.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> reqwest::Result<(u16, Value)> {
        let reply = self.reply(method, path, body).await?;
        let status = reply.status().as_u16();
        Ok((status, serde_json::from_str(&reply.text().await?).unwrap_or(Value::Null)))
    }

    /// What comes in reply, part by part.
    pub async fn stream(&self, path: &str) -> impl Stream<Item = reqwest::Result<Vec<u8>>> + use<> {
        let reply = self.reply(Method::GET, path, None).await.unwrap();
        assert_eq!(reply.status().as_u16(), 200);
        reply.bytes_stream().map(|part| part.map(|part| part.to_vec()))
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, None).await.unwrap().1
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send(Method::POST, path, Some(body)).await.unwrap()
    }

    pub async fn put(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send(Method::PUT, path, Some(body)).await.unwrap()
    }
}
