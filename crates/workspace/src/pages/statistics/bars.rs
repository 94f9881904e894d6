//! Counts side by side, as bars in a table: what is seen and what is read out are the same figures.

use leptos::prelude::*;
use ringdock_api::{
    call::Outcome,
    statistics::{AgentTally, OutcomeCount, Tally},
};

use crate::words;

/// The calls of each agent: answered of all.
pub fn agents(agents: &[AgentTally]) -> AnyView {
    let most = agents.iter().map(|agent| agent.tally.calls).max().unwrap_or(0);
    let rows = agents.iter().map(|agent| {
        let name = agent.agent.as_ref().map_or(words::NOBODY, |agent| agent.name.as_str());
        let Tally { calls, answered, talk_seconds, .. } = agent.tally;
        view! {
            <tr>
                <th scope="row">{name.to_owned()}</th>
                <td class="bar-cell">{bar("bar-main", answered, calls, most)}</td>
                <td class="end number">{calls}</td>
                <td class="end number">{words::share(answered, calls)}</td>
                <td class="end number">{words::span(talk_seconds)}</td>
            </tr>
        }
    });
    view! {
        <section class="card chart" aria-labelledby="by-agent">
            <div class="card-top"><h2 id="by-agent">{words::BY_AGENT}</h2></div>
            <table class="bars">
                <thead><tr>
                    <th scope="col">{words::AGENT}</th>
                    <td></td>
                    <th scope="col" class="end">{words::COUNT}</th>
                    <th scope="col" class="end">{words::ANSWERED}</th>
                    <th scope="col" class="end">{words::TALK_TIME}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// The calls of each outcome.
pub fn outcomes(outcomes: &[OutcomeCount]) -> AnyView {
    let most = outcomes.iter().map(|outcome| outcome.calls).max().unwrap_or(0);
    let all: i64 = outcomes.iter().map(|outcome| outcome.calls).sum();
    let rows = outcomes.iter().map(|OutcomeCount { outcome, calls }| {
        let class = match outcome {
            Outcome::Answered => "bar-main",
            Outcome::Failed => "bar-bad",
            _ => "bar-rest",
        };
        view! {
            <tr>
                <th scope="row">{words::outcome_word(*outcome)}</th>
                <td class="bar-cell">{bar(class, *calls, *calls, most)}</td>
                <td class="end number">{*calls}</td>
                <td class="end number">{words::share(*calls, all)}</td>
            </tr>
        }
    });
    view! {
        <section class="card chart" aria-labelledby="by-outcome">
            <div class="card-top"><h2 id="by-outcome">{words::BY_OUTCOME}</h2></div>
            <table class="bars">
                <thead class="unseen"><tr>
                    <th scope="col">{words::OUTCOME}</th><td></td>
                    <th scope="col">{words::COUNT}</th><th scope="col">"%"</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// A bar as long as `whole` of `most`, filled up to `part`.
fn bar(class: &'static str, part: i64, whole: i64, most: i64) -> AnyView {
    let width = |count: i64| if most == 0 { 0 } else { count * 100 / most };
    view! {
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-rest" x="0" y="0" width=width(whole) height="10"></rect>
            <rect class=class x="0" y="0" width=width(part) height="10"></rect>
        </svg>
    }
    .into_any()
}
