//! What is open around records: account, deals, cases, tasks, notes, requests to call back.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use axum::{Json, extract::State};
use ringdock_api::{Id, matching::Related, record::RecordBrief};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Statement, Value};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    call_backs,
    db::sql,
    entity::{call_back, note, record, task},
    error::Result,
    extract::Path,
    notes, records, tasks,
};

/// So many of each are told,
const MOST: usize = 10;
/// and so many notes.
const MOST_NOTES: usize = 3;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(related))
}

/// What is open around a record.
#[utoipa::path(get, path = "/api/records/{id}/related", tag = "records",
    params(("id" = Id, Path, description = "the record")), responses((status = 200, body = Related)))]
async fn related(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<Json<Related>> {
    let db = app.db.read();
    let row = records::store::existing(db, id).await?;
    Ok(Json(of(db, &who, &[row]).await?.remove(&id).unwrap_or_default()))
}

/// A record that is linked, and the one it is linked to.
#[derive(FromQueryResult)]
struct Linked {
    other: Id,
    id: Id,
    kind: String,
    title: String,
    status: Option<String>,
}

impl Linked {
    fn brief(&self) -> RecordBrief {
        let (title, status) = (self.title.clone(), self.status.clone());
        RecordBrief { id: self.id, record_type: self.kind.clone(), title, status }
    }
}

/// What is open around some records, by their ids, with the notes that one may read.
pub async fn of(
    db: &impl ConnectionTrait,
    who: &Who,
    rows: &[record::Model],
) -> Result<HashMap<Id, Related>> {
    let mut all = HashMap::new();
    if rows.is_empty() {
        return Ok(all);
    }
    let accounts =
        linked(db, "l.record_id", "l.target_id", &["account"], rows.iter().map(|row| row.id))
            .await?;
    let around = rows.iter().map(|row| row.id).chain(accounts.iter().map(|account| account.id));
    let open = linked(db, "l.target_id", "l.record_id", &["deal", "case"], around).await?;
    let mut written = written(db, who, rows).await?;
    for row in rows {
        let account = accounts.iter().find(|account| account.other == row.id);
        let near =
            |other: Id| other == row.id || account.is_some_and(|account| account.id == other);
        let of_kind = |kind: &str| {
            let mut briefs: Vec<RecordBrief> = Vec::new();
            let fitting = open.iter().filter(|l| near(l.other) && l.kind == kind && l.id != row.id);
            for one in fitting {
                if !briefs.iter().any(|brief| brief.id == one.id) {
                    briefs.push(one.brief());
                }
            }
            briefs.truncate(MOST);
            briefs
        };
        let related = Related {
            account: account.map(Linked::brief),
            deals: of_kind("deal"),
            cases: of_kind("case"),
            ..written.remove(&row.id).unwrap_or_default()
        };
        all.insert(row.id, related);
    }
    Ok(all)
}

/// The records of these kinds at one end of links, whose other end is one of `ids`; the newest change first, none closed
/// but accounts.
async fn linked(
    db: &impl ConnectionTrait,
    near: &str,
    far: &str,
    kinds: &[&str],
    ids: impl Iterator<Item = Id>,
) -> Result<Vec<Linked>> {
    let ids: BTreeSet<Id> = ids.collect();
    let mut values: Vec<Value> = ids.into_iter().map(Value::from).collect();
    let ids = places(0..values.len());
    values.extend(kinds.iter().map(|kind| Value::from(*kind)));
    let kinds = places(values.len() - kinds.len()..values.len());
    // Records of a kind are many, links of a few records are not: put like this, no index can be taken to find the
    // former first.
    let text = format!(
        "SELECT {near} AS other, r.id, r.kind, r.title, r.status FROM links l JOIN records r ON r.id = {far} \
         WHERE {near} IN ({ids}) AND COALESCE(r.kind, '') IN ({kinds}) AND r.deleted_at IS NULL AND (r.kind = 'account' OR NOT r.closed) \
         ORDER BY r.updated_at DESC, r.id DESC LIMIT 500",
    );
    Ok(Linked::find_by_statement(sql(db, &text, values)).all(db).await?)
}

/// `$1, $2, ...`: the places of some values in a statement.
fn places(range: Range<usize>) -> String {
    range.map(|index| format!("${}", index + 1)).collect::<Vec<_>>().join(", ")
}

/// What people and programs wrote about some records, by their ids.
async fn written(
    db: &impl ConnectionTrait,
    who: &Who,
    rows: &[record::Model],
) -> Result<HashMap<Id, Related>> {
    let newest = "created_at DESC, id DESC";
    let open = of_each(db, rows, "tasks", "done_at IS NULL", newest, MOST);
    let open = task::Entity::find().from_raw_sql(open).all(db).await?;
    let last = of_each(db, rows, "notes", &notes::readable(who), newest, MOST_NOTES);
    let last = note::Entity::find().from_raw_sql(last).all(db).await?;
    let asked = of_each(db, rows, "call_backs", "done_at IS NULL", "id", MOST);
    let asked = call_back::Entity::find().from_raw_sql(asked).all(db).await?;
    let mut all: HashMap<Id, Related> = HashMap::new();
    for task in tasks::told(db, open).await? {
        if let Some(record) = &task.record {
            all.entry(record.id).or_default().tasks.push(task);
        }
    }
    for note in notes::told(db, last).await? {
        if let Some(record) = note.record {
            all.entry(record).or_default().notes.push(note);
        }
    }
    for call_back in call_backs::told(db, asked).await? {
        all.entry(call_back.record.id).or_default().call_backs.push(call_back);
    }
    Ok(all)
}

/// The first `most` rows of each record, in one statement, no part of which walks further along its index.
fn of_each(
    db: &impl ConnectionTrait,
    records: &[record::Model],
    table: &str,
    which: &str,
    order: &str,
    most: usize,
) -> Statement {
    let part = |place: usize| {
        format!(
            "SELECT * FROM (SELECT * FROM {table} WHERE record_id = ${place} AND {which} \
             ORDER BY {order} LIMIT {most}) AS of_{place}"
        )
    };
    let parts: Vec<String> = (1..=records.len()).map(part).collect();
    let text = format!("{} ORDER BY {order}", parts.join(" UNION ALL "));
    sql(db, &text, records.iter().map(|record| record.id.into()))
}
