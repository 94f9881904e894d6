//! What the other side's name was found by, and which number of the business the call is about.

use crate::calls::Stage;
use crate::crm::Crm;
use crate::lookup::Found;
use crate::words;
use leptos::prelude::*;
use ringdock_api::call::Direction;

/// One line below the number, of the same height whether it is known or not; and one for the number of the business.
pub fn matched(crm: Crm) -> impl IntoView {
    let line = move || {
        crm.lookup.with(|lookup| match &lookup.found {
            Found::Matches(matches) if matches.is_empty() => words::UNKNOWN.to_owned(),
            Found::Matches(_) => lookup.primary().map(words::matched).unwrap_or_default(),
            Found::Nothing | Found::Waiting | Found::Failed(_) => String::new(),
        })
    };
    let asked = move || crm.lookup.with(|lookup| lookup.found != Found::Nothing);
    let business = Memo::new(move |_| business(crm));
    view! {
        <Show when=asked>
            <p class="matched-on">{line}</p>
        </Show>
        {move || business.get().map(|Business { how, whom, number }| view! {
            <p class="business">{how} " " <strong>{whom}</strong> " " <span class="business-number">{number}</span></p>
        })}
    }
}

/// The number of the business that a call is about, in words.
#[derive(Clone, PartialEq)]
struct Business {
    how: &'static str,
    whom: String,
    /// The number, if the profile's name stands in its place.
    number: String,
}

/// None where the other side dialled the extension, or the agent left the number to the server.
fn business(crm: Crm) -> Option<Business> {
    let (number, how) = crm.snapshot.with(|snapshot| {
        let call = snapshot.live()?;
        let number = call.own_number.clone().filter(|number| *number != snapshot.own)?;
        let how = match (call.direction, call.stage) {
            (Direction::Outgoing, _) => words::FROM,
            (Direction::Incoming, Stage::Ringing) => words::ANSWER_AS,
            (Direction::Incoming, _) => words::CALLED,
        };
        Some((number, how))
    })?;
    let known = crm.numbers.with(|numbers| numbers.named(&number).cloned());
    Some(match known.filter(|known| !known.name.is_empty()) {
        Some(known) => Business { how, whom: known.name, number: known.number },
        // Nobody to answer as.
        None if how == words::ANSWER_AS => {
            Business { how: words::CALLED, whom: number, number: String::new() }
        }
        None => Business { how, whom: number, number: String::new() },
    })
}
