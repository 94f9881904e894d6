//! Finds a record by its name.

use leptos::prelude::*;
use ringdock_api::{
    Page,
    record::{Record, RecordBrief, RecordQuery},
};
use web_sys::KeyboardEvent;

use super::{
    Form, Icon, icon,
    input::{described_by, field},
};
use crate::{
    client::{Fetched, with_query},
    state::Scope,
    words,
};

/// A field of a form that holds a record of the type `target` (of any type, if that is none): it is typed for, and
/// chosen from what is found with mouse or arrow keys.
pub fn picker(
    scope: Scope,
    form: Form,
    name: &str,
    label: &str,
    target: Option<String>,
    chosen: RwSignal<Option<RecordBrief>>,
) -> AnyView {
    let id = form.id(name);
    let list_id = [&id, "-list"].concat();
    let error = form.error(name);
    let typed = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let active = RwSignal::new(0_usize);
    Effect::new(move |_| {
        typed.set(chosen.with(|c| c.as_ref().map(|c| c.title.clone())).unwrap_or_default());
    });
    let found: Fetched<Page<Record>> = Fetched::new(scope.reach, move || {
        let search = Some(typed.get()).filter(|typed| open.get() && !typed.trim().is_empty())?;
        let query = RecordQuery {
            record_type: target.clone(),
            search: Some(search),
            limit: Some(8),
            ..RecordQuery::default()
        };
        Some(with_query("/api/records", &query))
    });
    let options = Memo::new(move |_| {
        if !open.get() || typed.with(|typed| typed.trim().is_empty()) {
            return Vec::new();
        }
        found.with(|page| {
            page.map(|page| page.items.iter().map(brief).collect()).unwrap_or_default()
        })
    });
    let choose = move |record: RecordBrief| {
        chosen.set(Some(record));
        open.set(false);
    };
    let key = move |event: KeyboardEvent| {
        let count = options.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" if count > 0 => {
                if let Some(record) = options.with(|o| o.get(active.get_untracked()).cloned()) {
                    choose(record);
                }
            }
            "Escape" if open.get_untracked() => open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let leave = move |_| {
        open.set(false);
        // What was typed and not chosen is no record; nothing typed is none.
        if typed.with_untracked(|typed| typed.trim().is_empty()) {
            chosen.set(None);
        }
        typed.set(
            chosen.with_untracked(|c| c.as_ref().map(|c| c.title.clone())).unwrap_or_default(),
        );
    };
    let option_id = {
        let id = id.clone();
        move |at: usize| [&id, "-", &at.to_string()].concat()
    };
    let described = {
        let option_id = option_id.clone();
        move || options.with(|o| !o.is_empty()).then(|| option_id(active.get()))
    };
    let rows = move || {
        let option_id = option_id.clone();
        options.get().into_iter().enumerate().map(move |(at, record)| {
            let kind = scope.kind(&record.record_type).map(|kind| kind.name);
            let title = record.title.clone();
            view! {
                <li role="option" id=option_id(at) aria-selected=move || (active.get() == at).to_string()
                    on:mousedown=move |event| { event.prevent_default(); choose(record.clone()); }>
                    <span>{title}</span><span class="muted">{kind}</span>
                </li>
            }
        }).collect_view()
    };
    let control = view! {
        <div class="picker">
            {icon(Icon::Search)}
            <input id=id.clone() type="text" role="combobox" autocomplete="off" aria-autocomplete="list"
                aria-controls=list_id.clone() aria-expanded=move || options.with(|o| !o.is_empty()).to_string()
                aria-activedescendant=described aria-describedby=described_by(&id, false)
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                placeholder=words::TYPE_TO_SEARCH
                prop:value=typed
                on:input:target=move |event| { typed.set(event.target().value()); active.set(0); open.set(true); }
                on:keydown=key on:blur=leave />
            <ul role="listbox" id=list_id aria-label=label.to_owned()
                hidden=move || options.with(Vec::is_empty)>{rows}</ul>
        </div>
    };
    field(&id, label, false, control.into_any(), None, error)
}

fn brief(record: &Record) -> RecordBrief {
    RecordBrief {
        id: record.id,
        record_type: record.record_type.clone(),
        title: record.title.clone(),
        status: record.status.clone(),
    }
}
