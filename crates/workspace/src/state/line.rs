//! The agent's line, handed to the dock.

use leptos::prelude::*;
use ringdock_api::{
    event::Event,
    line::{self, LineAccount},
    user::Permission,
};
use wasm_bindgen_futures::spawn_local;

use crate::{
    client::{Fetched, Load},
    dock,
};

use super::Scope;

/// The account that the dock is to have, with the user's country; none while it is not known.
type Account = Option<(Option<LineAccount>, String)>;

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
    let account = Memo::new(move |before: Option<&Account>| {
        let now = match fetched.state() {
            _ if !allowed.get() => Some(None),
            Load::Here(line) => Some(line.account),
            Load::Refused(failure) if failure.is_forbidden() => Some(None),
            // A dock that has an account keeps it until another is known.
            Load::Waiting | Load::Refused(_) => None,
        };
        match now {
            Some(account) => Some((account, country.get())),
            None => before.cloned().flatten(),
        }
    });
    Effect::new(move |_| hand_over(account));
    dock::set_crm(true);
    on_cleanup(|| {
        dock::set_account(None, "");
        dock::set_crm(false);
    });
    let line = Memo::new(move |_| match fetched.state() {
        _ if !allowed.get() => Line::None,
        Load::Here(line) if line.account.is_some() => Line::Ready,
        Load::Here(_) => Line::None,
        Load::Refused(failure) if failure.is_forbidden() => Line::None,
        Load::Waiting | Load::Refused(_) => Line::Unknown,
    });
    line.into()
}

/// Gives the dock the account as it is now. Another one, or another country, waits until no call is up: a call would not
/// outlive the change. An account that is taken away is meant to be gone.
fn hand_over(account: Memo<Account>) {
    let Some((now, country)) = account.get() else { return };
    spawn_local(async move {
        if now.is_some() {
            dock::until_idle().await;
        }
        let given = Some((now, country));
        // By now it may be another, or nobody be signed in.
        if account.try_get_untracked().as_ref() == Some(&given)
            && let Some((account, country)) = given
        {
            dock::set_account(account.as_ref(), &country);
        }
    });
}
