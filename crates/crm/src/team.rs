//! The colleagues a call can be passed on to.

use leptos::prelude::*;
use ringdock_api::presence::{Agent, PresenceState};

/// Who is there.
#[derive(Clone, Copy)]
pub struct Team {
    agents: RwSignal<Vec<Agent>>,
}

impl Team {
    /// Nobody yet.
    pub fn new() -> Team {
        Team { agents: RwSignal::default() }
    }

    /// Everybody, as the server lists them.
    pub fn set(self, agents: Vec<Agent>) {
        self.agents.try_set(agents);
    }

    /// Somebody came, went, began or ended a call.
    pub fn learn(self, agent: Agent) {
        self.agents.update(|agents| {
            agents.retain(|known| known.user != agent.user);
            if agent.state != PresenceState::Offline {
                agents.push(agent);
            }
            agents.sort_by(|a, b| a.name.cmp(&b.name));
        });
    }

    /// Those who are idle, can be reached, and are not the agent, by name.
    pub fn idle(self, own: &str) -> Vec<Agent> {
        self.agents.with(|agents| {
            let free = |agent: &&Agent| {
                let number = agent.extension.as_deref();
                agent.state == PresenceState::Idle && number.is_some_and(|number| number != own)
            };
            agents.iter().filter(free).cloned().collect()
        })
    }
}

impl Default for Team {
    fn default() -> Team {
        Team::new()
    }
}

/// Whether a search means this colleague: each word begins a word of the name, or the extension.
pub fn fits(agent: &Agent, search: &str) -> bool {
    let name = agent.name.to_lowercase();
    let number = agent.extension.as_deref().unwrap_or_default();
    search.to_lowercase().split_whitespace().all(|word| {
        name.split_whitespace().any(|part| part.starts_with(word)) || number.starts_with(word)
    })
}
