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
    let agents = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        if let Some(page) = fetched.value() {
            agents.set(page.items);
        }
    });
    live.on(move |event| {
        if let Event::Presence { agent } = event {
            agents.update(|agents: &mut Vec<Agent>| {
                agents.retain(|other| other.user != agent.user);
                agents.push(agent.clone());
            });
        }
    });
    let here = Memo::new(move |_| {
        let mut here = agents.get();
        here.retain(|agent| agent.state != PresenceState::Offline);
        here.sort_by(|a, b| a.name.cmp(&b.name));
        here
    });
    here.into()
}
