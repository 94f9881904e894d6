use leptos::prelude::*;
use ringdock_api::statistics::Tally;

use crate::words;

/// The figures that say most.
pub fn tiles(total: Tally) -> AnyView {
    let outgoing = total.calls - total.incoming;
    let split = [
        words::INCOMING,
        " ",
        &total.incoming.to_string(),
        " · ",
        words::OUTGOING,
        " ",
        &outgoing.to_string(),
    ];
    let answered = [&total.answered.to_string(), " ", &words::ANSWERED.to_lowercase()].concat();
    view! {
        <dl class="tiles">
            {tile(words::TOTAL_CALLS, total.calls.to_string(), split.concat())}
            {tile(words::ANSWER_RATE, words::share(total.answered, total.calls), answered)}
            {tile(words::TALK_TOGETHER, words::span(total.talk_seconds), String::new())}
            {tile(words::TALK_EACH, words::average_talk(total), String::new())}
        </dl>
    }
    .into_any()
}

fn tile(name: &'static str, figure: String, under: String) -> AnyView {
    view! {
        <div class="card tile">
            <dt class="muted">{name}</dt>
            <dd class="figure">{figure}</dd>
            <dd class="muted small">{under}</dd>
        </div>
    }
    .into_any()
}
