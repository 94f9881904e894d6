//! The state of the CRM's side, and what changes it: the phone, the server and the agent.

mod calling;
mod searching;

use crate::calls::{Reporter, Snapshot};
use crate::client::Client;
use crate::drafts::Drafts;
use crate::lookup::Lookup;
use crate::numbers::Numbers;
use crate::page::Life;
use crate::phone::Softphone;
use crate::post::Post;
use crate::team::Team;
use leptos::prelude::*;
use ringdock_api::record::RecordType;
use ringdock_api::session::Session;
use ringdock_api::user::Permission;
use ringdock_api::{Id, Millis};
use std::sync::Arc;

/// All of the state; a handle to copy.
#[derive(Clone, Copy)]
pub struct Crm {
    /// The dock.
    pub phone: StoredValue<Softphone, LocalStorage>,
    /// The way to the server.
    pub client: StoredValue<Client, LocalStorage>,
    /// Who is signed in; none while that is not known.
    pub session: RwSignal<Option<Session>>,
    /// The types of record.
    pub types: RwSignal<Vec<RecordType>>,
    /// The phone as it was last told.
    pub snapshot: RwSignal<Snapshot>,
    /// Who the other side is.
    pub lookup: RwSignal<Lookup>,
    /// The notes in the making.
    pub drafts: RwSignal<Drafts>,
    /// Tells this page from the agent's others.
    pub page: StoredValue<Arc<str>>,
    /// What the server has still to be told.
    pub post: Post,
    /// The colleagues.
    pub team: Team,
    /// The numbers of the business.
    pub numbers: RwSignal<Numbers>,
    reporter: StoredValue<Reporter>,
    clicked: StoredValue<Option<(Id, Millis)>>,
    /// The last call that was over: its id, the other side's number, and when.
    over: StoredValue<Option<(String, String, Millis)>>,
}

/// Now, in ms since 1970.
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// A key that no other thing has: 128 bits in hexadecimal.
pub fn new_key() -> String {
    let digits = |_| format!("{:08x}", (js_sys::Math::random() * 4_294_967_296.0) as u32);
    (0..4).map(digits).collect()
}

impl Crm {
    /// The state over a dock and a server, under the current owner.
    pub fn new(phone: Softphone, client: Client) -> Crm {
        let client = StoredValue::new_local(client);
        let drafts = RwSignal::default();
        let session = RwSignal::new(None);
        let key = new_key();
        StoredValue::new_local(Life::begin(&key));
        let page = StoredValue::new(key.into());
        Crm {
            phone: StoredValue::new_local(phone),
            client,
            session,
            types: RwSignal::default(),
            snapshot: RwSignal::default(),
            lookup: RwSignal::default(),
            drafts,
            page,
            post: Post::new(client, session, drafts, page),
            team: Team::new(),
            numbers: RwSignal::default(),
            reporter: StoredValue::new(Reporter::default()),
            clicked: StoredValue::new(None),
            over: StoredValue::new(None),
        }
    }

    /// The way to the server.
    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// Whether the agent may do this; no while nobody is known to be signed in.
    pub fn may(self, permission: Permission) -> bool {
        self.session.with(|session| {
            session.as_ref().is_some_and(|session| session.permissions.contains(&permission))
        })
    }

    /// Somebody signed in, or what they may do changed.
    pub fn sign_in(self, session: Session) {
        let may = |permission| session.permissions.contains(&permission);
        self.phone.with_value(|phone| {
            phone.permit(may(Permission::Dial), may(Permission::Transfer));
        });
        self.session.set(Some(session));
        self.post.deliver();
    }

    /// Nobody is signed in any longer. What is kept stays for whoever it belongs to.
    pub fn sign_out(self) {
        self.post.forget();
        self.session.set(None);
        self.numbers.set(Numbers::default());
        self.lookup.set(Lookup::default());
    }
}
