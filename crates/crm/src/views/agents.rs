//! The colleagues who are free right now, to pass the call on to.

use crate::crm::Crm;
use crate::phone::Softphone;
use crate::team::fits;
use crate::words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use ringdock_api::presence::Agent;
use ringdock_api::user::Permission;

/// A search, and a list that follows who comes and goes. Enter passes the call on to the one that is highlighted.
pub fn agents(crm: Crm) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let idle = Memo::new(move |_| {
        let own = crm.snapshot.with(|snapshot| snapshot.own.clone());
        crm.team.idle(&own)
    });
    let found = Memo::new(move |_| {
        let search = search.get();
        let fitting = idle.get().into_iter().filter(|agent| fits(agent, &search));
        fitting.collect::<Vec<_>>()
    });
    let place = move || active.get().min(found.with(Vec::len).saturating_sub(1));
    let on_key = move |ev: KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let at = untrack(place);
        match ev.key().as_str() {
            "ArrowDown" => active.set((at + 1) % count),
            "ArrowUp" => active.set((at + count - 1) % count),
            "Enter" => {
                if let Some(agent) = found.with_untracked(|found| found.get(at).cloned()) {
                    pass_on(crm, &agent, Softphone::transfer);
                }
            }
            _ => return,
        }
        ev.prevent_default();
        // The field for a number beside the list takes Enter as well.
        ev.stop_propagation();
    };
    let rows = move || {
        let row = |(at, agent): (usize, Agent)| row(crm, agent, at, Signal::derive(place));
        found.get().into_iter().enumerate().map(row).collect_view()
    };
    let nobody = move || {
        let sentence =
            if idle.with(Vec::is_empty) { words::NOBODY_IDLE } else { words::NOBODY_FITS };
        found.with(Vec::is_empty).then(|| view! { <p class="nobody">{sentence}</p> })
    };
    view! {
        <Show when=move || crm.may(Permission::Transfer)>
            <input class="search" type="search" aria-label=words::SEARCH_COLLEAGUES
                placeholder=words::SEARCH_COLLEAGUES autocomplete="off" prop:value=move || search.get()
                on:input=move |ev| {
                    search.set(event_target_value(&ev));
                    active.set(0);
                }
                on:keydown=on_key />
            {nobody}
            <ul class="colleagues" aria-label=words::COLLEAGUES>{rows}</ul>
        </Show>
    }
}

fn row(crm: Crm, agent: Agent, at: usize, place: Signal<usize>) -> impl IntoView {
    let (name, number) = (agent.name.clone(), agent.extension.clone().unwrap_or_default());
    let label = words::ask_first(&name);
    let asked = agent.clone();
    view! {
        <li class="colleague" class:highlighted=move || place.get() == at>
            <button type="button" class="match" on:click=move |_| pass_on(crm, &agent, Softphone::transfer)>
                <span class="match-title">{name}</span> " " <span class="match-about">{number}</span>
            </button>
            <button type="button" class="link" aria-label=label
                on:click=move |_| pass_on(crm, &asked, Softphone::consult)>{words::ASK_FIRST}</button>
        </li>
    }
}

fn pass_on(crm: Crm, agent: &Agent, how: fn(&Softphone, &str, &str)) {
    if let Some(number) = &agent.extension {
        crm.phone.with_value(|phone| how(phone, number, &agent.name));
    }
}
