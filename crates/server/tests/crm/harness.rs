//! A server with the demo company, and clients that talk to its router.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use ringdock_rigs::postgres::Postgres;
use ringdock_server::{App, DemoLine, Options, Seal, router, seed_demo};
use serde_json::{Value, json};
use tower::ServiceExt;

/// How long a condition may take to come true.
const LIMIT: Duration = Duration::from_secs(20);

static POSTGRES: LazyLock<Postgres> = LazyLock::new(|| Postgres::start().unwrap());
static NEXT: AtomicU32 = AtomicU32::new(0);

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// Runs each of these functions on both databases.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::harness::Crm::start($crate::harness::Kind::Sqlite).await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::harness::Crm::start($crate::harness::Kind::Postgres).await).await;
            })+
        }
    };
}
pub(crate) use on_both;

/// A folder that goes with the value.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let name =
            format!("ringdock-crm-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
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

/// Where an empty database is.
pub fn place(kind: Kind, folder: &Folder) -> String {
    match kind {
        Kind::Sqlite => folder.path().join("crm.db").display().to_string(),
        Kind::Postgres => {
            POSTGRES.create(&format!("crm_{}", NEXT.fetch_add(1, Ordering::Relaxed))).unwrap()
        }
    }
}

/// A server.
pub struct Crm {
    pub app: App,
    pub router: Router,
    pub place: String,
    _folder: Folder,
}

impl Crm {
    pub async fn start(kind: Kind) -> Self {
        let folder = Folder::new();
        let place = place(kind, &folder);
        let options = Options { demo: true, ..Options::default() };
        let app = App::open(&place, Seal::from_key(&[7; 32]).unwrap(), options).await.unwrap();
        let line = |user: u32| DemoLine {
            identity: format!("{user}@127.0.0.1"),
            username: user.to_string(),
            password: format!("sip-password-{user}"),
            server: "ws://127.0.0.1:8088/ws".to_owned(),
        };
        seed_demo(&app, &[line(1001), line(1002)]).await.unwrap();
        Self { router: router(app.clone(), None), app, place, _folder: folder }
    }

    /// Changes the database behind the server's back.
    pub async fn sql(&self, sql: &str) {
        let db = sea_orm::Database::connect(self.url()).await.unwrap();
        sea_orm::ConnectionTrait::execute_unprepared(&db, sql).await.unwrap();
        db.close().await.unwrap();
    }

    /// A table as text.
    pub async fn dump(&self, table: &str) -> String {
        use sea_orm::{ConnectionTrait, Statement};
        let db = sea_orm::Database::connect(self.url()).await.unwrap();
        let all =
            Statement::from_string(db.get_database_backend(), format!("SELECT * FROM {table}"));
        let rows = db.query_all(all).await.unwrap();
        db.close().await.unwrap();
        rows.iter().map(|row| format!("{row:?}\n")).collect()
    }

    fn url(&self) -> String {
        if self.place.contains("://") {
            self.place.clone()
        } else {
            format!("sqlite://{}", self.place)
        }
    }

    /// Nobody.
    pub fn nobody(&self) -> Client {
        Client {
            router: self.router.clone(),
            headers: vec![("x-ringdock".to_owned(), "1".to_owned())],
        }
    }

    /// A user with a password, signed in.
    pub async fn with_password(&self, login: &str, password: &str) -> Client {
        let sign_in = json!({ "login": login, "password": password });
        let reply = self.nobody().post("/api/session", &sign_in).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        self.nobody().with("cookie", &reply.cookie())
    }

    /// A user of the demo, signed in.
    pub async fn client(&self, login: &str) -> Client {
        let reply = self.nobody().post("/api/session/demo", &json!({ "login": login })).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        self.nobody().with("cookie", &reply.cookie())
    }

    pub async fn anna(&self) -> Client {
        self.client("anna").await
    }

    pub async fn ben(&self) -> Client {
        self.client("ben").await
    }

    pub async fn admin(&self) -> Client {
        self.client("admin").await
    }
}

/// Talks to a server's router.
#[derive(Clone)]
pub struct Client {
    pub router: Router,
    pub headers: Vec<(String, String)>,
}

impl Client {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(header, _)| header != name);
        self
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let body = body.map(|body| ("application/json", body.to_string()));
        self.send_text(method, path, body.as_ref().map(|(kind, text)| (*kind, text.as_str()))).await
    }

    pub async fn send_text(&self, method: Method, path: &str, body: Option<(&str, &str)>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let body = match body {
            Some((kind, text)) => {
                request = request.header("content-type", kind);
                Body::from(text.to_owned())
            }
            None => Body::empty(),
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { status: parts.status.as_u16(), headers: parts.headers, text, body }
    }
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Reply {
    /// What the session's cookie is to be sent as.
    pub fn cookie(&self) -> String {
        let cookie = self.headers.get("set-cookie").unwrap().to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(
            StatusCode::from_u16(self.status).unwrap().is_success(),
            "{} {}",
            self.status,
            self.text
        );
        self.body
    }

    /// Asserts a refusal, and its form.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str, field: Option<&str>) {
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.text
        );
        assert_eq!(self.body["field"].as_str(), field, "{}", self.text);
        assert_eq!(self.body["status"], status);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert!(self.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    }
}

/// The ids of a list's items.
pub fn ids(page: &Value) -> Vec<i64> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
}

/// Waits until `look` finds something.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + LIMIT;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
