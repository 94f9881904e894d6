//! The agent's line, handed to the dock.

use leptos::prelude::*;
use ringdock_api::{event::Event, line, user::Permission};

use crate::{
    client::{Fetched, Load},
    dock,
};

use super::Scope;

/// Whether the person can call from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Not known yet.
    Unknown,
    /// The dock has an account.
    Ready,
    /// There is no account for this person.
    None,
}

/// Gives the dock the account of who is signed in, and a new one whenever it changes. The account is kept in memory alone.
pub fn follow(scope: Scope) -> Signal<Line> {
    let allowed = Memo::new(move |_| scope.may(Permission::Call));
    let fetched: Fetched<line::Line> =
        Fetched::new(scope.reach, move || allowed.get().then(|| "/api/line".to_owned()));
    scope.live.on(move |event| {
        if *event == Event::Line {
            fetched.reload();
        }
    });
    let country = Memo::new(move |_| scope.session.with(|session| session.country.clone()));
    Effect::new(move |_| match fetched.state() {
        // A dock that has an account keeps it until another is known.
        Load::Waiting => {}
        Load::Here(line) => dock::set_account(line.account.as_ref(), &country.get()),
        Load::Refused(_) => dock::set_account(None, ""),
    });
    dock::set_crm(true);
    on_cleanup(|| {
        dock::set_account(None, "");
        dock::set_crm(false);
    });
    let line = Memo::new(move |_| match fetched.state() {
        _ if !allowed.get() => Line::None,
        Load::Waiting => Line::Unknown,
        Load::Here(line) if line.account.is_some() => Line::Ready,
        Load::Here(_) | Load::Refused(_) => Line::None,
    });
    line.into()
}
