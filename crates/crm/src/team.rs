//! The colleagues a call can be passed on to.

use leptos::prelude::*;
use ringdock_api::Id;
use ringdock_api::presence::{Agent, PresenceState};

/// Who is there.
#[derive(Clone, Copy)]
pub struct Team {
    agents: RwSignal<Vec<Agent>>,
    learned: StoredValue<u32>,
}

impl Team {
    /// Nobody yet.
    pub fn new() -> Team {
        Team { agents: RwSignal::default(), learned: StoredValue::new(0) }
    }

    /// Everybody, as the server lists them.
    pub fn set(self, agents: Vec<Agent>) {
        self.agents.try_set(agents);
    }

    /// How many changes were told so far.
    pub fn learned(self) -> Option<u32> {
        self.learned.try_get_value()
    }

    /// Somebody came, went, began or ended a call.
    pub fn learn(self, agent: Agent) {
        self.learned.try_update_value(|learned| *learned = learned.wrapping_add(1));
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

/// Which colleague of a list that changes by itself Enter passes the call on to. It stays with the colleague, and is
/// nowhere once they are gone from the list: nobody is meant whom the agent has not seen highlighted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Highlight(Option<Id>);

impl Highlight {
    /// On the first of the list.
    pub fn first(list: &[Agent]) -> Highlight {
        Highlight(list.first().map(|agent| agent.user))
    }

    /// The colleague it is on.
    pub fn on(self, list: &[Agent]) -> Option<&Agent> {
        self.place(list).map(|at| &list[at])
    }

    /// On the next one; from the last, or from nowhere, on the first.
    pub fn next(self, list: &[Agent]) -> Highlight {
        let at = self.place(list).map_or(0, |at| at + 1);
        Highlight(list.get(at).or(list.first()).map(|agent| agent.user))
    }

    /// On the one before; from the first, or from nowhere, on the last.
    pub fn previous(self, list: &[Agent]) -> Highlight {
        let before = self.place(list).and_then(|at| at.checked_sub(1));
        Highlight(before.map_or(list.last(), |at| list.get(at)).map(|agent| agent.user))
    }

    fn place(self, list: &[Agent]) -> Option<usize> {
        list.iter().position(|agent| Some(agent.user) == self.0)
    }
}
