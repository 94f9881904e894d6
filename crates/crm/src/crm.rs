//! The state of the CRM's side, and what changes it: the phone, the server and the agent.

use crate::calls::{EndedCall, PhoneCall, Reporter, Snapshot, Stage};
use crate::client::{Client, Failure, escape};
use crate::drafts::{AfterCall, Draft, Drafts, Phase, is_record};
use crate::lookup::{Found, Lookup};
use crate::numbers::Numbers;
use crate::phone::Softphone;
use crate::post::Post;
use crate::team::Team;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use ringdock_api::call::Direction;
use ringdock_api::matching::{Matches, Related};
use ringdock_api::record::{Record, RecordBrief, RecordType};
use ringdock_api::session::Session;
use ringdock_api::user::Permission;
use ringdock_api::{Id, Millis, Page};
use wasm_bindgen_futures::spawn_local;

/// How often a lookup is tried again while its call is up, each time a second later.
const LOOKUPS: u32 = 10;

/// A click on a record's number is about a call that begins within this time, in milliseconds.
const CLICK_COUNTS: Millis = 3_000;

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
    /// What the server has still to be told.
    pub post: Post,
    /// The colleagues.
    pub team: Team,
    /// The numbers of the business.
    pub numbers: RwSignal<Numbers>,
    reporter: StoredValue<Reporter>,
    clicked: StoredValue<Option<(Id, Millis)>>,
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
        Crm {
            phone: StoredValue::new_local(phone),
            client,
            session,
            types: RwSignal::default(),
            snapshot: RwSignal::default(),
            lookup: RwSignal::default(),
            drafts,
            post: Post::new(client, session, drafts),
            team: Team::new(),
            numbers: RwSignal::default(),
            reporter: StoredValue::new(Reporter::default()),
            clicked: StoredValue::new(None),
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
        if self.types.with_untracked(Vec::is_empty) {
            spawn_local(async move {
                let types: Result<Page<RecordType>, _> = self.client().get("/api/types").await;
                if let Ok(types) = types {
                    self.types.try_set(types.items);
                }
            });
        }
        self.post.deliver();
    }

    /// Nobody is signed in any longer. What is kept stays for whoever it belongs to.
    pub fn sign_out(self) {
        self.post.forget();
        self.session.set(None);
        self.numbers.set(Numbers::default());
        self.lookup.set(Lookup::default());
    }

    /// The phone changed.
    pub fn see(self, snapshot: Snapshot) {
        if self.snapshot.with_untracked(|known| *known == snapshot) {
            return;
        }
        if let Some(call) = snapshot.live() {
            self.follow_call(call, &snapshot.own);
        }
        if let Some(call) = &snapshot.consult {
            self.report(call, &snapshot.own, None);
        }
        self.snapshot.set(snapshot);
    }

    fn follow_call(self, call: &PhoneCall, own: &str) {
        // In the middle of a call the other side may be handed on.
        let is_known =
            |lookup: &Lookup| lookup.call == Some(call.id) && lookup.number == call.number;
        if !self.lookup.with_untracked(is_known) {
            self.readdress_draft(call);
            self.begin_lookup(call);
        } else if self.lookup.with_untracked(|lookup| lookup.channel_id != call.channel_id) {
            self.lookup.update(|lookup| lookup.channel_id.clone_from(&call.channel_id));
        }
        self.report(call, own, self.lookup.with_untracked(Lookup::settled));
        if call.stage == Stage::Active && !call.channel_id.is_empty() {
            self.draft_of(call, true);
        }
    }

    fn report(self, call: &PhoneCall, own: &str, record: Option<Id>) {
        let report = self.reporter.try_update_value(|all| all.see(call, own, record)).flatten();
        if let Some(report) = report {
            self.post.report(&report);
        }
    }

    /// A call is over.
    pub fn end(self, call: &EndedCall) {
        let own = self.snapshot.with_untracked(|snapshot| snapshot.own.clone());
        let looked_up = self.lookup.with_untracked(|lookup| lookup.call == Some(call.id));
        let record = self.lookup.with_untracked(Lookup::settled).filter(|_| looked_up);
        let report = self.reporter.try_update_value(|all| all.end(call, &own, record)).flatten();
        if let Some(report) = report {
            self.post.report(&report);
        }
        if call.consult || call.channel_id.is_empty() {
            return;
        }
        if call.answered_at.is_some() {
            // A call that was over before it was seen has no draft yet.
            self.begin_draft(
                &call.channel_id,
                &call.number,
                call.name.as_deref(),
                call.started_at,
                true,
            );
        }
        let asks = self.session.with_untracked(|session| {
            session.as_ref().is_none_or(|session| session.preferences.note_dialog)
        });
        let after = self.drafts.try_update(|drafts| drafts.end(&call.channel_id, asks));
        self.post.keep_draft(&call.channel_id);
        match after {
            Some(AfterCall::Ask) => self.phone.with_value(Softphone::expand),
            Some(AfterCall::Save) => self.post.note(&call.channel_id),
            Some(AfterCall::Drop) | None => {}
        }
    }

    /// The page goes.
    pub fn close(self) {
        let over = self.reporter.try_update_value(|all| all.close(now())).unwrap_or_default();
        for report in over {
            self.post.report(&report);
        }
    }

    /// The number of a record was clicked on.
    pub fn click(self, record: Id) {
        self.clicked.set_value(Some((record, now())));
    }

    /// Gives the call a draft, if it has none.
    pub fn draft_of(self, call: &PhoneCall, answered: bool) {
        let (id, name) = (&call.channel_id, call.name.as_deref());
        self.begin_draft(id, &call.number, name, call.started_at, answered);
    }

    fn begin_draft(
        self,
        call: &str,
        number: &str,
        name: Option<&str>,
        began_at: Millis,
        answered: bool,
    ) {
        let known =
            self.drafts.with_untracked(|drafts| drafts.of(call).map(|draft| draft.answered));
        if known.is_some_and(|known| known || !answered) {
            return;
        }
        let record = self.lookup.with_untracked(|lookup| {
            lookup.primary().filter(|_| lookup.channel_id == call).map(|found| found.record.clone())
        });
        self.drafts.update(|drafts| {
            drafts.begin(Draft {
                key: new_key(),
                call: call.to_owned(),
                who: record
                    .as_ref()
                    .map_or_else(|| who(name, number), |record| record.title.clone()),
                record,
                text: String::new(),
                status: None,
                began_at,
                answered,
                phase: Phase::Call,
            });
            if let Some(draft) = drafts.of_mut(call) {
                draft.answered |= answered;
            }
        });
        self.post.keep_draft(call);
    }

    /// Whom the note is about is asked anew when somebody else is at the other end of the call.
    fn readdress_draft(self, call: &PhoneCall) {
        if self.drafts.with_untracked(|drafts| drafts.of(&call.channel_id).is_none()) {
            return;
        }
        self.drafts.update(|drafts| {
            if let Some(draft) = drafts.of_mut(&call.channel_id).filter(|draft| draft.is_open()) {
                draft.who = who(call.name.as_deref(), &call.number);
                draft.record = None;
                draft.status = None;
            }
        });
        self.post.keep_draft(&call.channel_id);
    }

    fn begin_lookup(self, call: &PhoneCall) {
        let clicked = self.clicked.try_update_value(Option::take).flatten();
        let clicked = clicked
            .filter(|(_, at)| call.direction == Direction::Outgoing && now() - at < CLICK_COUNTS);
        let handed_on = self.lookup.with_untracked(|lookup| lookup.call == Some(call.id));
        self.lookup.set(Lookup {
            call: Some(call.id),
            number: call.number.clone(),
            channel_id: call.channel_id.clone(),
            found: if call.number.is_empty() { Found::Nothing } else { Found::Waiting },
            clicked: clicked.map(|(record, _)| record),
            chosen: None,
            handed_on,
        });
        if !call.number.is_empty() {
            spawn_local(self.look_up(call.id, call.number.clone()));
        }
    }

    /// Asks who has the number, again and again while the call is up and there is no answer.
    async fn look_up(self, call: i32, number: String) {
        let path = format!("/api/match?number={}", escape(&number));
        for attempt in 1..=LOOKUPS {
            let answer: Result<Matches, Failure> = self.client().get(&path).await;
            let answer = match answer {
                Ok(answer) => Ok(self.with_clicked(call, answer).await),
                Err(failure) => Err(failure),
            };
            let is_news = self
                .lookup
                .try_with_untracked(|lookup| lookup.call == Some(call) && lookup.number == number);
            if is_news != Some(true) {
                return;
            }
            let passes = answer.as_ref().is_err_and(Failure::passes);
            self.lookup.update(|lookup| {
                lookup.found = match answer {
                    Ok(answer) => Found::Matches(answer.matches),
                    Err(failure) => Found::Failed(failure.sentence()),
                };
            });
            if !passes {
                return self.primary_changed();
            }
            TimeoutFuture::new(1_000 * attempt).await;
        }
    }

    /// Something was added around the other side: asks anew, and shows what was there until then.
    pub fn look_again(self) {
        let asked =
            self.lookup.with_untracked(|lookup| lookup.call.zip(Some(lookup.number.clone())));
        if let Some((call, number)) = asked.filter(|(_, number)| !number.is_empty()) {
            spawn_local(self.look_up(call, number));
        }
    }

    /// A record whose number was clicked on is among the matches even if its number cannot be matched.
    async fn with_clicked(self, call: i32, mut answer: Matches) -> Matches {
        let clicked = self
            .lookup
            .with_untracked(|lookup| lookup.clicked.filter(|_| lookup.call == Some(call)));
        let Some(id) = clicked else { return answer };
        if answer.matches.iter().any(|m| is_record(&m.record) && m.record.id == id) {
            return answer;
        }
        let client = self.client();
        let record: Result<Record, _> = client.get(&format!("/api/records/{id}")).await;
        let related: Result<Related, _> = client.get(&format!("/api/records/{id}/related")).await;
        if let Ok(record) = record {
            let Record { id, record_type, title, status, .. } = record;
            answer.matches.insert(
                0,
                ringdock_api::matching::Match {
                    record: RecordBrief { id, record_type, title, status },
                    field: String::new(),
                    field_label: String::new(),
                    related: related.unwrap_or_default(),
                },
            );
        }
        answer
    }

    /// The agent says with whom of those who have the number the call is.
    pub fn choose(self, index: usize) {
        self.lookup.update(|lookup| lookup.chosen = Some(index));
        self.primary_changed();
    }

    /// A record was made in the call.
    pub fn add(self, record: RecordBrief) {
        self.lookup.update(|lookup| lookup.add(record));
        self.primary_changed();
    }

    /// The best match's name becomes the other side's, and the note is about it.
    fn primary_changed(self) {
        let (call, id, primary) = self.lookup.with_untracked(|lookup| {
            let primary = lookup.primary().map(|found| found.record.clone());
            (lookup.call, lookup.channel_id.clone(), primary)
        });
        let (Some(call), Some(record)) = (call, primary) else { return };
        self.phone.with_value(|phone| phone.identify(call, &record.title));
        self.drafts.update(|drafts| {
            if let Some(draft) = drafts.of_mut(&id).filter(|draft| draft.is_open()) {
                draft.who.clone_from(&record.title);
                if draft.record.as_ref().map(|known| known.id) != Some(record.id) {
                    draft.status = None;
                }
                draft.record = Some(record);
            }
        });
        self.post.keep_draft(&id);
        let snapshot = self.snapshot.get_untracked();
        if let Some(live) = snapshot.live().filter(|live| live.id == call) {
            self.report(live, &snapshot.own, self.lookup.with_untracked(Lookup::settled));
        }
    }
}

/// The other side's name, or what stands for it.
fn who(name: Option<&str>, number: &str) -> String {
    name.unwrap_or(if number.is_empty() { crate::words::WITHHELD } else { number }).to_owned()
}
