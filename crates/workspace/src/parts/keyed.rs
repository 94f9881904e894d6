use std::hash::Hash;

use leptos::prelude::*;

use super::loaded;
use crate::client::Load;

/// A list whose rows stay on screen, with what plays or has the keyboard in them, while other rows come, go and change.
/// `key` tells entries apart, `row` draws one, `frame` puts the rows together, and `none` stands where there are none.
/// `lines` is how many lines stand there while the list is on its way.
pub fn keyed<T, K>(
    list: impl Fn() -> Load<Vec<T>> + Send + Sync + 'static,
    lines: usize,
    key: fn(&T) -> K,
    none: impl Fn() -> AnyView + Send + Sync + 'static,
    row: impl Fn(Signal<T>) -> AnyView + Copy + Send + Sync + 'static,
    frame: impl Fn(AnyView) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Eq + Hash + Send + Sync + 'static,
{
    let list = Memo::new(move |_| list());
    let items = move || match list.get() {
        Load::Here(items) => items,
        Load::Waiting | Load::Refused(_) => Vec::new(),
    };
    let stands = Memo::new(move |_| {
        list.with(|list| match list {
            Load::Waiting => Load::Waiting,
            Load::Refused(failure) => Load::Refused(failure.clone()),
            Load::Here(items) => Load::Here(items.is_empty()),
        })
    });
    let one = move |first: T| {
        let id = key(&first);
        let entry = Memo::new(move |before: Option<&T>| {
            let now = list.with(|list| match list {
                Load::Here(items) => items.iter().find(|item| key(item) == id).cloned(),
                Load::Waiting | Load::Refused(_) => None,
            });
            // One that has just gone stays as it was until its row is gone too.
            now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        row(entry.into())
    };
    (move || {
        loaded(stands.get(), lines, |is_empty| match is_empty {
            true => none(),
            false => frame(view! { <For each=items key=key children=one /> }.into_any()),
        })
    })
    .into_any()
}
