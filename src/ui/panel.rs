//! The dock when it is not collapsed: header, a middle that scrolls, and the controls.

use super::banners::banners;
use super::call_controls::call_controls;
use super::dial_pad::{dial_controls, dial_pad};
use super::ended::ended;
use super::focus::{Lifebuoy, Spot};
use super::header::header;
use super::idle::idle;
use super::in_call::in_call;
use super::incoming::{incoming, incoming_controls};
use super::markup::{Element, View, dynamic, text};
use super::notices::notices;
use super::places::Place;
use super::scope::{Scene, Scope, scene};
use crate::state::Panel;
use crate::state::signals::*;

/// Everything but the bubble.
pub fn panel(scope: Scope, lifebuoy: Lifebuoy) -> View {
    let Scope { phone, dock, .. } = scope;
    let scene = memo(move || phone.view.with(scene));
    let live = move || matches!(scene.get(), Scene::Incoming | Scene::Call);
    let dialling =
        memo(move || dock.panel.get() == Panel::DialPad && dock.may_dial.get() && !live());
    follow(move || {
        scene.get();
        lifebuoy.check();
    });
    let class = text(move || if live() { "middle in-call" } else { "middle" }.to_owned());
    let about = move || match scene.get() {
        Scene::Idle if dialling.get() => View::nothing(),
        Scene::Idle => idle(scope),
        Scene::Ended => ended(scope),
        Scene::Incoming => incoming(scope),
        Scene::Call => in_call(scope),
    };
    let below = move || if dialling.get() { dial_pad(scope) } else { View::nothing() };
    let controls = move || match scene.get() {
        Scene::Idle | Scene::Ended if dialling.get() => dial_controls(scope),
        Scene::Idle | Scene::Ended => View::nothing(),
        Scene::Incoming => incoming_controls(scope),
        Scene::Call => call_controls(scope),
    };
    let middle = Element::new("div")
        .attr("class", class)
        .attr("tabindex", "-1")
        .attr("id", Spot::Middle.id())
        .child(vec![banners(scope), notices(scope), dynamic(about), dynamic(below)]);
    Element::new("div")
        .attr("class", "panel")
        .child(header(scope))
        .child(scope.places.show(Place::Note))
        .child(middle)
        .child(dynamic(controls))
        .into()
}
