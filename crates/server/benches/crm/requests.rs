//! Requests through the router: everything but the network.

use std::time::{Duration, Instant};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use tower::ServiceExt;

pub struct Client {
    router: Router,
    cookie: String,
}

impl Client {
    /// Signs in as the administrator of the demo.
    pub async fn sign_in(router: Router) -> Self {
        let request = Request::post("/api/session/demo").header("x-ringdock", "1");
        let request = request
            .header("content-type", "application/json")
            .body(Body::from(r#"{"login":"admin"}"#));
        let reply = router.clone().oneshot(request.unwrap()).await.unwrap();
        let cookie =
            reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { router, cookie }
    }

    /// Asks so many times, after a tenth of it to warm up, and gives how long each took.
    pub async fn time(&self, count: usize, mut path: impl FnMut() -> String) -> Vec<Duration> {
        let mut times = Vec::with_capacity(count);
        for index in 0..count + count / 10 {
            let request =
                Request::get(path()).header("cookie", &self.cookie).body(Body::empty()).unwrap();
            let started = Instant::now();
            let reply = self.router.clone().oneshot(request).await.unwrap();
            let status = reply.status();
            let body = to_bytes(reply.into_body(), usize::MAX).await.unwrap();
            let took = started.elapsed();
            assert!(
                status.is_success() && body.len() > 60,
                "{status} {}",
                String::from_utf8_lossy(&body)
            );
            if index >= count / 10 {
                times.push(took);
            }
        }
        times
    }
}
