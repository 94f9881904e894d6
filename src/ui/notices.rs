//! Callers the agent has not spoken to: missed calls, and the one who heard busy.

use super::icon::{Icon, icon};
use super::slice::{Scene, scene, slice};
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::{Intent, Party};

/// The notices that are due. Missed calls wait until no call is up.
#[component]
pub fn Notices() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let turned_away = slice(phone, |view| view.turned_away.clone());
    let missed = slice(phone, |view| if scene(view) == Scene::Idle { view.missed } else { 0 });
    view! {
        {move || turned_away.get().map(|caller| turned_away_notice(phone, &caller))}
        {move || (missed.get() > 0).then(|| missed_notice(phone, missed))}
    }
}

fn turned_away_notice(phone: PhoneModel, caller: &Party) -> AnyView {
    let number = words::numbered(caller).to_owned();
    let text = view! { {words::turned_away(caller)} <span class="number">{number}</span> };
    notice(text.into_any(), words::DISMISS_NOTICE, move || phone.act(Intent::Dismiss))
}

fn missed_notice(phone: PhoneModel, missed: Memo<u32>) -> AnyView {
    let text = move || words::missed(missed.get());
    notice(text.into_any(), words::MARK_AS_SEEN, move || phone.act(Intent::SeeMissed))
}

fn notice(text: AnyView, close: &'static str, on_close: impl Fn() + 'static) -> AnyView {
    view! {
        <div class="notice">
            {icon(Icon::PhoneMissed)}
            <p>{text}</p>
            <button
                type="button"
                class="icon-button"
                aria-label=close
                on:click=move |_| on_close()
            >
                {icon(Icon::Close)}
            </button>
        </div>
    }
    .into_any()
}
