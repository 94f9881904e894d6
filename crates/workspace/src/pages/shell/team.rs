//! The agents who are there, live.

use leptos::prelude::*;
use ringdock_api::presence::{Agent, PresenceState};

use crate::{state::Scope, words};

/// The list of the agents; nothing while nobody is there.
pub fn team(scope: Scope) -> AnyView {
    let rows = move || scope.team.get().into_iter().map(row).collect_view();
    view! {
        <section class="team" aria-labelledby="team" hidden=move || scope.team.with(Vec::is_empty)>
            <h2 id="team">{words::TEAM}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(agent: Agent) -> AnyView {
    let tone = if agent.state == PresenceState::OnCall { "presence busy" } else { "presence" };
    view! {
        <li>
            <span class=tone aria-hidden="true"></span>
            <span class="ellipsis">{agent.name}</span>
            <small>{words::presence(agent.state)}</small>
        </li>
    }
    .into_any()
}
