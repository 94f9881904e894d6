//! The dock when it is not collapsed: header, a middle that scrolls, and the controls.

use super::banners::banners;
use super::dial_pad::{dial_controls, dial_pad};
use super::ended::ended;
use super::focus::{Lifebuoy, Spot};
use super::header::header;
use super::idle::idle;
use super::in_call::{call_controls, in_call};
use super::incoming::{incoming, incoming_controls};
use super::markup::{dynamic, follow, text};
use super::notices::notices;
use super::scope::{Scene, Scope, scene};
use crate::state::Panel;
use leptos::prelude::*;

/// Everything but the bubble.
pub fn panel(scope: Scope) -> AnyView {
    let Scope { phone, dock, focus, .. } = scope;
    let scene = Memo::new(move |_| phone.view.with(scene));
    let live = move || matches!(scene.get(), Scene::Incoming | Scene::Call);
    let dialling = Memo::new(move |_| dock.panel.get() == Panel::DialPad && !live());
    let lifebuoy = Lifebuoy::new(focus);
    follow(move || {
        scene.track();
        lifebuoy.check();
    });
    let class = text(move || if live() { "middle in-call" } else { "middle" }.to_owned());
    let about = move || match scene.get() {
        Scene::Idle if dialling.get() => ().into_any(),
        Scene::Idle => idle(scope),
        Scene::Ended => ended(scope),
        Scene::Incoming => incoming(scope),
        Scene::Call => in_call(scope),
    };
    let below = move || if dialling.get() { dial_pad(scope) } else { ().into_any() };
    let controls = move || match scene.get() {
        Scene::Idle | Scene::Ended if dialling.get() => dial_controls(scope),
        Scene::Idle | Scene::Ended => ().into_any(),
        Scene::Incoming => incoming_controls(scope),
        Scene::Call => call_controls(scope),
    };
    view! {
        <div
            class="panel"
            on:focusin=move |ev| lifebuoy.remember(&ev)
            on:focusout=move |_| lifebuoy.check()
        >
            {header(scope)}
            <div class=class tabindex="-1" id=Spot::Middle.id()>
                {vec![banners(scope), notices(scope), dynamic(about), dynamic(below)]}
            </div>
            {dynamic(controls)}
        </div>
    }
    .into_any()
}
