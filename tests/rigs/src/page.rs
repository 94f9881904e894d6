//! Serves the built dock and its development page, on loopback alone.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    path::PathBuf,
};

use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
    serve::ListenerExt,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tower_http::services::ServeDir;

use crate::{
    account::Account,
    error::{Context, Error, Result},
};

/// A name under which the page is no secure context; a browser has to be told where it leads.
pub const INSECURE: &str = "ringdock.test";

/// What is served, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the build, with `index.html`.
    pub dist: PathBuf,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The answer of `/dev/accounts.json`.
    pub accounts: Vec<Account>,
}

/// A running page server; it ends with the value.
#[derive(Debug)]
pub struct Page {
    port: u16,
    tasks: Vec<JoinHandle<()>>,
}

impl Page {
    /// Starts serving on 127.0.0.1 and, where there is IPv6, on ::1 (`localhost` may mean either).
    ///
    /// # Errors
    /// The folder has no `index.html`, or the port is taken.
    pub async fn start(options: Options) -> Result<Self> {
        if !options.dist.join("index.html").exists() {
            let dist = options.dist.display();
            return Err(Error::new(format!(
                "There is no index.html in {dist}: build the page first."
            )));
        }
        let router = router(options.dist, options.accounts);
        let v4 = listen(Ipv4Addr::LOCALHOST, options.port).await?;
        let port = v4.local_addr().context("The page server's own address")?.port();
        let v6 = listen(Ipv6Addr::LOCALHOST, port).await.ok();
        let tasks =
            [Some(v4), v6].into_iter().flatten().map(|l| serve(l, router.clone())).collect();
        Ok(Self { port, tasks })
    }

    /// `http://localhost:PORT`. A secure context, so the microphone may be asked for.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn listen(address: impl Into<std::net::IpAddr>, port: u16) -> Result<TcpListener> {
    let listener = TcpListener::bind((address.into(), port)).await;
    listener.map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => {
            Error::new(format!("Port {port} is taken by another program. Choose one with --port."))
        }
        _ => Error::new(format!("Port {port} cannot be opened: {e}")),
    })
}

fn serve(listener: TcpListener, router: Router) -> JoinHandle<()> {
    // Without this a small file waits for the acknowledgement of its own header, up to 40 ms.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            eprintln!("A connection of the page server stays slow: {error}");
        }
    });
    tokio::spawn(async move {
        // Without a shutdown signal this ends only by being aborted.
        let _ = axum::serve(listener, router).await;
    })
}

fn router(dist: PathBuf, accounts: Vec<Account>) -> Router {
    Router::new()
        .route("/dev/accounts.json", get(move || async move { Json(accounts) }))
        .fallback_service(ServeDir::new(dist))
        .layer(middleware::from_fn(guard))
}

/// The accounts hold passwords: another site whose name was made to point at 127.0.0.1 must not read them. Names in
/// `.test` are nobody's (RFC 6761): one is served for tests of a page that is not secure.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok());
    if !host.is_some_and(is_loopback) {
        return (StatusCode::FORBIDDEN, "This page is served to this machine alone.")
            .into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_is_number = port.is_none_or(|p| p.parse::<u16>().is_ok());
    port_is_number && matches!(name, "localhost" | "127.0.0.1" | "[::1]" | INSECURE)
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_this_machine_are_served() {
        for host in ["localhost", "localhost:7700", "127.0.0.1:80", "[::1]", "[::1]:7700", "ringdock.test:80"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "localhost.example.com",
            "127.0.0.1.nip.io:7700",
            "[::2]",
            "localhost:a",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
