//! What the server tells by itself, and what it is told of the agent's presence.

use crate::client::Failure;
use crate::crm::Crm;
use crate::events::{Heard, Stream};
use gloo_timers::callback::Interval;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use ringdock_api::event::{Change, Event};
use ringdock_api::number::LineNumber;
use ringdock_api::presence::{Agent, PresenceReport, PresenceState};
use ringdock_api::record::RecordType;
use ringdock_api::session::Session;
use ringdock_api::user::Permission;
use ringdock_api::{Id, Page};
use wasm_bindgen_futures::spawn_local;

/// How often presence is told, in milliseconds; a page that is silent for 75 s is gone, and one whose stream of events
/// ended after 2 s.
const PRESENCE_EVERY: u32 = 30_000;

/// The shortest wait between two attempts, in milliseconds.
const SHORTEST_WAIT: u32 = 1_000;

/// The longest wait between two attempts, in milliseconds.
const LONGEST_WAIT: u32 = 30_000;

/// Keeps up with the server for as long as the current owner lives.
pub fn follow(crm: Crm) {
    let stream = StoredValue::new_local(None);
    let running = StoredValue::new(false);
    let connected = Memo::new(move |_| crm.snapshot.with(|snapshot| snapshot.connected));
    let signed_in = Memo::new(move |_| crm.session.with(Option::is_some));
    // A line that comes up may be that of somebody who has just signed in.
    Effect::new(move || {
        if connected.get() && !signed_in.get() && !running.get_value() {
            running.set_value(true);
            spawn_local(async move {
                find_session(crm).await;
                running.try_update_value(|running| *running = false);
            });
        }
    });
    let presence = Presence::new(crm);
    // Anew with each session, because what a stream tells was decided when it began.
    Effect::new(move || {
        let user = crm.session.with(|session| session.as_ref().map(|session| session.user));
        presence.pause();
        stream.set_value(user.and_then(|user| open(presence, user)));
    });
    presence.keep_telling();
}

/// Asks who is signed in, until there is an answer.
async fn find_session(crm: Crm) {
    let mut wait = SHORTEST_WAIT;
    loop {
        let Some(client) = crm.client.try_get_value() else { return };
        let session: Result<Session, Failure> = client.get("/api/session").await;
        match session {
            Ok(session) => {
                crm.post.open(session.user);
                return crm.sign_in(session);
            }
            Err(failure) if failure.passes() => crm.post.open_last(),
            Err(_) => return,
        }
        TimeoutFuture::new(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

fn open(presence: Presence, user: Id) -> Option<Stream> {
    let crm = presence.crm;
    let url = crm.client().url("/api/events");
    Stream::open(&url, user, &crm.page.get_value(), move |heard| match heard {
        Heard::Named(browser) => presence.begin(browser),
        Heard::Message(text) => hear(presence, &text),
        Heard::Refused => spawn_local(async move {
            TimeoutFuture::new(SHORTEST_WAIT).await;
            check_session(crm).await;
        }),
    })
}

fn hear(presence: Presence, text: &str) {
    let crm = presence.crm;
    match serde_json::from_str(text).ok() {
        Some(Event::Ready) => {
            crm.post.hurry();
            // A server that was away knows nobody.
            presence.tell();
            spawn_local(list_numbers(crm));
            spawn_local(list_agents(crm));
            spawn_local(list_types(crm));
            crm.refresh_all();
        }
        Some(Event::Record { record, change: Change::Updated, .. }) => {
            spawn_local(crm.refresh(record));
        }
        Some(Event::Numbers) => spawn_local(list_numbers(crm)),
        Some(Event::Types) => spawn_local(list_types(crm)),
        Some(Event::Presence { agent }) => crm.team.learn(agent),
        Some(Event::Session) => spawn_local(check_session(crm)),
        // Calls, lines and what else happens to records are the page's matter; what a newer server tells is nobody's.
        Some(Event::Call { .. } | Event::Record { .. } | Event::Line) | None => {}
    }
}

async fn list_agents(crm: Crm) {
    loop {
        let Some(client) = crm.client.try_get_value() else { return };
        let before = crm.team.learned();
        let agents: Result<Page<Agent>, Failure> = client.get("/api/agents").await;
        match agents {
            // What was told meanwhile may be newer.
            Ok(_) if crm.team.learned() != before => {}
            Ok(agents) => return crm.team.set(agents.items),
            // They are listed again when the server is back.
            Err(_) => return,
        }
    }
}

/// Asks for the types of record until there is an answer: forms and **Status** are made of them.
async fn list_types(crm: Crm) {
    let mut wait = SHORTEST_WAIT;
    loop {
        let Some(client) = crm.client.try_get_value() else { return };
        let types: Result<Page<RecordType>, Failure> = client.get("/api/types").await;
        match types {
            Ok(types)
                if crm.types.try_with_untracked(|known| *known != types.items) == Some(true) =>
            {
                return crm.types.set(types.items);
            }
            Err(failure) if failure.passes() => {}
            Ok(_) | Err(_) => return,
        }
        TimeoutFuture::new(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

async fn list_numbers(crm: Crm) {
    if !untrack(|| crm.may(Permission::Call)) {
        return;
    }
    let Some(client) = crm.client.try_get_value() else { return };
    let numbers: Result<Page<LineNumber>, Failure> = client.get("/api/line/numbers").await;
    // They are asked for again when the server is back.
    if let Ok(numbers) = numbers {
        crm.numbers.try_update(|known| known.set(numbers.items));
    }
}

/// The stream ended for a reason: the session is over, changed, or the server went.
async fn check_session(crm: Crm) {
    let before = crm.session.get_untracked().map(|session| session.user);
    let mut wait = SHORTEST_WAIT;
    loop {
        let Some(client) = crm.client.try_get_value() else { return };
        match client.get::<Session>("/api/session").await {
            Ok(session) if Some(session.user) == before => {
                return crm.sign_in(session);
            }
            Err(failure) if failure.passes() => {}
            Ok(_) | Err(_) => return crm.sign_out(),
        }
        TimeoutFuture::new(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// What is told of the agent's presence; a handle to copy.
#[derive(Clone, Copy)]
struct Presence {
    crm: Crm,
    /// How the server knows the stream that this page listens to; nothing is told before that is known, because with
    /// the stream the page is gone.
    browser: RwSignal<Option<String>>,
    report: Memo<PresenceReport>,
    /// How many reports are wanted, with the one that is on its way. They leave one after the other, since the server
    /// believes the last; those that wait leave as one.
    wanted: StoredValue<u32>,
}

impl Presence {
    fn new(crm: Crm) -> Presence {
        let browser = RwSignal::new(None::<String>);
        let report = Memo::new(move |_| {
            let page = browser.get().map(|browser| format!("{browser}.{}", crm.page.get_value()));
            crm.snapshot.with(|snapshot| PresenceReport {
                state: match snapshot.live() {
                    _ if !snapshot.connected && snapshot.live().is_none() => PresenceState::Offline,
                    Some(_) => PresenceState::OnCall,
                    None => PresenceState::Idle,
                },
                page,
                call: snapshot
                    .live()
                    .map(|call| call.channel_id.clone())
                    .filter(|id| !id.is_empty()),
            })
        });
        Presence { crm, browser, report, wanted: StoredValue::new(0) }
    }

    /// The page listens to this stream from now on.
    fn begin(self, browser: String) {
        self.browser.set(Some(browser));
    }

    /// The page listens to no stream.
    fn pause(self) {
        self.browser.set(None);
    }

    fn tell(self) {
        let wanted = self.wanted.try_update_value(|wanted| {
            *wanted += 1;
            *wanted
        });
        if wanted == Some(1) {
            spawn_local(async move {
                while self.wanted.try_get_value().is_some_and(|wanted| wanted > 0) {
                    self.wanted.set_value(1);
                    self.tell_now().await;
                    self.wanted.try_update_value(|wanted| *wanted -= 1);
                }
            });
        }
    }

    async fn tell_now(self) {
        let report = self.report.try_get_untracked().filter(|report| report.page.is_some());
        let Some(report) = report else { return };
        if !untrack(|| self.crm.may(Permission::Call)) {
            return;
        }
        let Some(client) = self.crm.client.try_get_value() else { return };
        // Told again soon; the server takes silence for absence.
        let _ = match serde_json::to_string(&report) {
            Ok(body) => client.deliver("/api/presence", body).await,
            Err(_) => Ok(()),
        };
    }

    /// Tells at each change, and again and again.
    fn keep_telling(self) {
        Effect::new(move || {
            self.report.track();
            self.crm.session.track();
            self.tell();
        });
        StoredValue::new_local(Interval::new(PRESENCE_EVERY, move || self.tell()));
    }
}
