use leptos::prelude::*;

use super::{Icon, icon};
use crate::{
    client::{Failure, Load},
    words,
};

/// What stands where something will be, as many lines of it.
pub fn skeleton(lines: usize) -> AnyView {
    let lines = (0..lines).map(|_| view! { <span class="skeleton"></span> }).collect_view();
    view! { <div class="skeletons" role="status" aria-label=words::LOADING>{lines}</div> }
        .into_any()
}

/// What stands where nothing is. Without a title if the page's heading says it.
pub fn empty(sign: Icon, title: &'static str, text: &str, action: AnyView) -> AnyView {
    view! {
        <div class="empty">
            {icon(sign)}
            {(!title.is_empty()).then(|| view! { <p class="empty-title">{title}</p> })}
            <p>{text.to_owned()}</p>
            {action}
        </div>
    }
    .into_any()
}

/// What stands where the server refused.
pub fn refused(failure: &Failure) -> AnyView {
    let title = if failure.is_missing() { words::NOT_THERE } else { words::NOT_SHOWN };
    empty(Icon::Warning, title, &failure.sentence(), ().into_any())
}

/// A fetched value, or what stands in its place.
pub fn loaded<T>(state: Load<T>, lines: usize, show: impl FnOnce(T) -> AnyView) -> AnyView {
    match state {
        Load::Waiting => skeleton(lines),
        Load::Here(value) => show(value),
        Load::Refused(failure) => refused(&failure),
    }
}
