use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use ringdock_api::{
    Page, event::Event, presence::Agent, record::RecordType, session::Session, settings::Settings,
    user::Permission,
};
use wasm_bindgen_futures::spawn_local;

use super::{Line, line, team};
use crate::{
    client::{self, Failure, Fetched, Live, Reach},
    route::Router,
};

/// How long a word about what was done stays on screen, in ms.
const SAID: u32 = 5_000;

/// What every page has at hand while somebody is signed in.
#[derive(Clone, Copy)]
pub struct Scope {
    /// Whether the server is there.
    pub reach: Reach,
    /// Where the person is.
    pub router: Router,
    /// What the server tells by itself.
    pub live: Live,
    /// Who is signed in.
    pub session: RwSignal<Session>,
    /// The types of record, in the order of the menu; none until they are fetched.
    pub types: Fetched<Page<RecordType>>,
    /// What holds for everybody.
    pub settings: Fetched<Settings>,
    /// Who is there.
    pub team: Signal<Vec<Agent>>,
    /// Whether the person can call.
    pub line: Signal<Line>,
    /// A word about what was done.
    pub said: RwSignal<Option<String>>,
}

impl Scope {
    /// Begins what is kept current while `session` lasts.
    pub fn new(reach: Reach, router: Router, session: Session) -> Self {
        let live = Live::new(reach, session.user);
        let mut scope = Self {
            reach,
            router,
            live,
            session: RwSignal::new(session),
            types: Fetched::new(reach, || Some("/api/types".to_owned())),
            settings: Fetched::new(reach, || Some("/api/settings".to_owned())),
            team: team::team(reach, live),
            line: Signal::stored(Line::Unknown),
            said: RwSignal::new(None),
        };
        scope.line = line::follow(scope);
        scope.follow_session();
        live.on(move |event| {
            if *event == Event::Types {
                scope.types.reload_soon();
            }
        });
        scope
    }

    fn follow_session(self) {
        self.live.on(move |event| {
            if *event != Event::Session {
                return;
            }
            spawn_local(async move {
                let answer: Result<Session, Failure> = client::get("/api/session").await;
                match answer {
                    Ok(session) => {
                        // Gone if somebody signed out meanwhile.
                        let _ = self.session.try_set(session);
                    }
                    Err(failure) => self.reach.learn(&failure),
                }
            });
        });
    }

    /// Whether the role of who is signed in allows it.
    pub fn may(self, permission: Permission) -> bool {
        self.session.with(|session| session.permissions.contains(&permission))
    }

    /// Whether any calls may be seen.
    pub fn sees_calls(self) -> bool {
        self.may(Permission::SeeOwnCalls) || self.may(Permission::SeeAllCalls)
    }

    /// The type of that key.
    pub fn kind(self, key: &str) -> Option<RecordType> {
        self.types.with(|types| types?.items.iter().find(|kind| kind.key == key).cloned())
    }

    /// The currency of money fields, three letters.
    pub fn currency(self) -> String {
        self.settings.with(|settings| settings.map(|s| s.currency.clone()).unwrap_or_default())
    }

    /// Says on screen, and to a screen reader, what was done.
    pub fn say(self, words: &str) {
        let words = Some(words.to_owned());
        self.said.set(words.clone());
        spawn_local(async move {
            TimeoutFuture::new(SAID).await;
            if self.said.try_get_untracked().is_some_and(|now| now == words) {
                self.said.set(None);
            }
        });
    }
}
