//! Who is there, live.

use leptos::prelude::*;
use ringdock_api::{
    Page,
    event::Event,
    presence::{Agent, PresenceState},
};

use crate::client::{Fetched, Live, Reach};

/// The agents who are signed in with a line of their own, by name.
pub fn team(reach: Reach, live: Live) -> Signal<Vec<Agent>> {
    let fetched: Fetched<Page<Agent>> = Fetched::new(reach, || Some("/api/agents".to_owned()));
    live.on(move |event| {
        if let Event::Presence { agent } = event {
            fetched.update(|page| {
                page.items.retain(|other| other.user != agent.user);
                page.items.push(agent.clone());
            });
        }
    });
    let here = Memo::new(move |_| {
        let mut here = fetched.value().map(|page| page.items).unwrap_or_default();
        here.retain(|agent| agent.state != PresenceState::Offline);
        here.sort_by(|a, b| a.name.cmp(&b.name));
        here
    });
    here.into()
}
