//! Live events to open pages (server-sent events).

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{Event as Sent, Sse},
};
use futures_util::{Stream, stream};
use ringdock_api::{
    Id,
    event::{Event, EventQuery},
    user::Permission,
};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::{Who, identify::identify},
    check,
    error::{Error, Result},
    extract,
    stay::Stay,
};

/// So many events may wait for the slowest page; then it is told that it lost some.
const BACKLOG: usize = 1024;

/// Proxies and browsers take a connection that is silent for longer as dead. So often it is asked as well whether who
/// listens still may.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A browser opens a stream that it lost again after this time: sooner than its agent counts as gone.
const RETRY: Duration = Duration::from_secs(1);

/// Who is told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Audience {
    /// Everybody who is signed in.
    Everyone,
    /// One user.
    User(Id),
    /// The program with this key.
    Key(Id),
    /// Who may see a call of this agent.
    CallOf(Option<Id>),
}

/// Passes events on to all who listen on this server.
#[derive(Clone)]
pub struct Hub(broadcast::Sender<(Audience, Event)>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Hub {
    /// Tells it. Nobody listening is no failure.
    pub fn tell(&self, to: Audience, event: Event) {
        let _ = self.0.send((to, event));
    }
}

impl Audience {
    fn has(self, who: &Who) -> bool {
        match self {
            Self::Everyone => true,
            Self::User(user) => who.user == Some(user),
            Self::Key(key) => who.key == Some(key),
            Self::CallOf(agent) => {
                who.may(Permission::SeeAllCalls)
                    || who.may(Permission::SeeOwnCalls) && agent.is_some() && who.user == agent
            }
        }
    }
}

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events))
}

/// What changes from now on, as `text/event-stream`.
#[utoipa::path(get, path = "/api/events", tag = "events", params(EventQuery),
    responses((status = 200, description = "a stream of events", body = Event, content_type = "text/event-stream")))]
async fn events(
    State(app): State<App>,
    who: Who,
    extract::Query(query): extract::Query<EventQuery>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = std::result::Result<Sent, Infallible>>>> {
    if let Some(page) = &query.page {
        check::client_key("page", page)?;
    }
    let stay = who.user.zip(query.page).map(|(user, page)| Stay::begin(&app, user, page));
    let listener = Listener::new(app, who, headers, KEEP_ALIVE, stay);
    let told = stream::unfold(listener, |mut listener| async move {
        let sent = listener.next().await?;
        Some((Ok(sent), listener))
    });
    Ok(Sse::new(told))
}

/// One stream.
struct Listener {
    app: App,
    who: Who,
    /// Of the request: they say who listens.
    headers: HeaderMap,
    received: broadcast::Receiver<(Audience, Event)>,
    keep_alive: Interval,
    begun: bool,
    over: bool,
    _stay: Option<Stay>,
}

impl Listener {
    fn new(
        app: App,
        who: Who,
        headers: HeaderMap,
        keep_alive: Duration,
        stay: Option<Stay>,
    ) -> Self {
        let received = app.hub.0.subscribe();
        let mut keep_alive = interval_at(Instant::now() + keep_alive, keep_alive);
        keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { app, who, headers, received, keep_alive, begun: false, over: false, _stay: stay }
    }

    /// What is sent next; none at the end of the stream.
    async fn next(&mut self) -> Option<Sent> {
        if self.over {
            return None;
        }
        if !self.begun {
            self.begun = true;
            return Some(sent(&Event::Ready).retry(RETRY));
        }
        let shutdown = self.app.shutdown.clone();
        loop {
            let received = tokio::select! {
                received = self.received.recv() => received,
                _ = self.keep_alive.tick() => return Some(self.keep_alive().await),
                () = shutdown.cancelled() => return None,
            };
            match received {
                Ok((to, event)) if to.has(&self.who) => {
                    // What this page may hear was decided when it came; it has to come again.
                    self.over = event == Event::Session;
                    return Some(sent(&event));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(sent(&Event::Ready)),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Not every right to listen ends with an event: a session ends by its age. A database that does not reply says nothing
    /// about rights.
    async fn keep_alive(&mut self) -> Sent {
        match identify(&self.app, &self.headers).await {
            Err(Error::NotSignedIn) => {
                self.over = true;
                sent(&Event::Session)
            }
            _ => Sent::default().comment(""),
        }
    }
}

fn sent(event: &Event) -> Sent {
    // An event holds numbers, texts and enums: serde_json has no reason to refuse them.
    Sent::default().json_data(event).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::{Options, Seal, db::sql};

    /// A stream of a user of the demo.
    async fn listener(app: &App) -> Listener {
        crate::seed_demo(app, &[]).await.unwrap();
        let tx = app.db.begin().await.unwrap();
        let hour = crate::time::now() + crate::time::HOUR;
        let token = crate::secret::hash("token");
        let session =
            "INSERT INTO sessions (token, user_id, created_at, expires_at) VALUES ($1, 1, 0, $2)";
        tx.execute(sql(&tx, session, [token.into(), hour.into()])).await.unwrap();
        tx.commit().await.unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("cookie", HeaderValue::from_static("ringdock_session=token"));
        let who = identify(app, &headers).await.unwrap();
        Listener::new(app.clone(), who, headers, Duration::from_millis(20), None)
    }

    #[tokio::test]
    async fn a_stream_ends_when_its_session_is_too_old() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("crm.db").display().to_string();
        let seal = Seal::from_key(&[7; 32]).unwrap();
        let app = App::open(&place, seal, Options::default()).await.unwrap();
        let mut listener = listener(&app).await;
        for _ in 0..3 {
            assert!(listener.next().await.is_some());
        }
        assert!(!listener.over, "the session goes on");
        let tx = app.db.begin().await.unwrap();
        tx.execute(sql(&tx, "UPDATE sessions SET expires_at = 1", [])).await.unwrap();
        tx.commit().await.unwrap();
        while !listener.over {
            assert!(listener.next().await.is_some());
        }
        assert!(listener.next().await.is_none());
    }
}
