//! Puts rows together to what is told of calls.

use std::collections::HashMap;

use ringdock_api::{
    Id,
    call::{Call, CallLink},
    note::Note,
    number::NamedNumber,
    record::RecordBrief,
    user::{Permission, Person},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{facts::text, store};
use crate::{
    auth::Who,
    entity::{call, call_id, call_link},
    error::{Error, Result},
    notes, numbers,
    records::brief,
    users,
};

/// One call.
pub async fn call(db: &impl ConnectionTrait, who: &Who, row: call::Model) -> Result<Call> {
    calls(db, who, vec![row]).await?.pop().ok_or(Error::NotFound)
}

/// Calls, in the order of their rows.
pub async fn calls(
    db: &impl ConnectionTrait,
    who: &Who,
    rows: Vec<call::Model>,
) -> Result<Vec<Call>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let names = call_id::Entity::find().filter(call_id::Column::CallId.is_in(ids.clone()));
    let names = names.order_by_asc(call_id::Column::Key).all(db).await?;
    let links = call_link::Entity::find().filter(call_link::Column::CallId.is_in(ids.clone()));
    let links = links.order_by_asc(call_link::Column::Id).all(db).await?;
    let to = |subject: &'static str| {
        links.iter().filter(move |l| l.subject == subject).map(|l| l.subject_id)
    };
    let records = brief::briefs(db, to("record")).await?;
    let people =
        users::people(db, rows.iter().filter_map(|row| row.agent_id).chain(to("user"))).await?;
    let notes = notes::of_calls(db, &ids).await?;
    let numbers = numbers::named(db, rows.iter().map(ours)).await?;
    let hears = who.may(Permission::HearRecordings);
    let all = Parts { names, links, records, people, notes, numbers, hears };
    rows.into_iter().map(|row| all.whole(row)).collect()
}

/// The number on our side of a call, or the extension.
fn ours(row: &call::Model) -> &String {
    if row.direction == "incoming" { &row.callee } else { &row.caller }
}

struct Parts {
    names: Vec<call_id::Model>,
    links: Vec<call_link::Model>,
    records: HashMap<Id, RecordBrief>,
    people: HashMap<Id, Person>,
    notes: Vec<Note>,
    numbers: HashMap<String, NamedNumber>,
    hears: bool,
}

impl Parts {
    fn whole(&self, row: call::Model) -> Result<Call> {
        let facts = store::facts(&row)?;
        let some = |said| Some(text(said).to_owned()).filter(|text| !text.is_empty());
        let names = self.names.iter().filter(|name| name.call_id == row.id);
        Ok(Call {
            id: row.id,
            channel: store::value(&row.channel)?,
            business: self.numbers.get(ours(&row)).cloned(),
            call_ids: names.map(|name| name.key.clone()).collect(),
            direction: store::value(&row.direction)?,
            outcome: store::value(&row.outcome)?,
            started_at: row.started_at,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            talk_seconds: row.talk_seconds,
            reason: some(&facts.reason),
            recording: self.hears && facts.recording.is_some(),
            agent: row.agent_id.and_then(|id| self.people.get(&id).cloned()),
            line: some(&facts.line),
            records: self
                .links
                .iter()
                .filter(|link| link.call_id == row.id)
                .filter_map(|l| self.link(l))
                .collect(),
            notes: self.notes.iter().filter(|note| note.call == Some(row.id)).cloned().collect(),
            from: row.caller,
            to: row.callee,
        })
    }

    /// A link to a record that was deleted is not told.
    fn link(&self, link: &call_link::Model) -> Option<CallLink> {
        let record = if link.subject == "user" {
            let person = self.people.get(&link.subject_id)?.clone();
            RecordBrief {
                id: person.id,
                record_type: "user".to_owned(),
                title: person.name,
                status: None,
            }
        } else {
            self.records.get(&link.subject_id)?.clone()
        };
        Some(CallLink { record, field: link.field.clone() })
    }
}
