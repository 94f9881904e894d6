//! Live events to open pages (server-sent events).

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event as Sent, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use ringdock_api::{
    Id,
    event::{Event, EventQuery},
    user::Permission,
};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{self, error::RecvError};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, auth::Who, check, error::Result, extract, stay::Stay};

/// So many events may wait for the slowest page; then it is told that it lost some.
const BACKLOG: usize = 1024;

/// Proxies and browsers take a connection that is silent for longer as dead.
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
) -> Result<Sse<impl Stream<Item = std::result::Result<Sent, Infallible>>>> {
    if let Some(page) = &query.page {
        check::client_key("page", page)?;
    }
    let stay = who.user.zip(query.page).map(|(user, page)| Stay::begin(&app, user, page));
    let receiver = app.hub.0.subscribe();
    let shutdown = app.shutdown.clone();
    let told = stream::unfold(Some((receiver, who, stay, true)), move |state| {
        let shutdown = shutdown.clone();
        async move {
            let (mut receiver, who, stay, first) = state?;
            if first {
                let ready = sent(&Event::Ready).retry(RETRY);
                return Some((Ok(ready), Some((receiver, who, stay, false))));
            }
            loop {
                let received = tokio::select! {
                    received = receiver.recv() => received,
                    () = shutdown.cancelled() => return None,
                };
                match received {
                    Ok((to, event)) if to.has(&who) => {
                        // What this page may hear was decided when it came; it has to come again.
                        let over = event == Event::Session;
                        let next = (!over).then_some((receiver, who, stay, false));
                        return Some((Ok(sent(&event)), next));
                    }
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => {
                        let next = Some((receiver, who, stay, false));
                        return Some((Ok(sent(&Event::Ready)), next));
                    }
                    Err(RecvError::Closed) => return None,
                }
            }
        }
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

fn sent(event: &Event) -> Sent {
    // An event holds numbers, texts and enums: serde_json has no reason to refuse them.
    Sent::default().json_data(event).unwrap_or_default()
}
