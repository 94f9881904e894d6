//! What is open around records: account, deals, cases, tasks, notes, requests to call back.

use std::collections::HashMap;

use axum::{Json, extract::State};
use ringdock_api::{Id, matching::Related, record::RecordBrief};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    call_backs,
    entity::{call_back, note, record, task},
    error::Result,
    extract::Path,
    notes, records, tasks,
};

/// So many of each are told,
const MOST: u64 = 10;
/// and so many notes.
const MOST_NOTES: u64 = 3;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(related))
}

/// What is open around a record.
#[utoipa::path(get, path = "/api/records/{id}/related", tag = "records",
    params(("id" = Id, Path, description = "the record")), responses((status = 200, body = Related)))]
async fn related(State(app): State<App>, Path(id): Path<Id>) -> Result<Json<Related>> {
    let db = app.db.read();
    let row = records::store::existing(db, id).await?;
    Ok(Json(of(db, &[row]).await?.remove(&id).unwrap_or_default()))
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

/// What is open around some records, by their ids.
pub async fn of(db: &impl ConnectionTrait, rows: &[record::Model]) -> Result<HashMap<Id, Related>> {
    let mut all = HashMap::new();
    if rows.is_empty() {
        return Ok(all);
    }
    let accounts =
        linked(db, "l.record_id", "l.target_id", &["account"], rows.iter().map(|row| row.id))
            .await?;
    let around = rows.iter().map(|row| row.id).chain(accounts.iter().map(|account| account.id));
    let open = linked(db, "l.target_id", "l.record_id", &["deal", "case"], around).await?;
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
            briefs.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
            briefs
        };
        let related = Related {
            account: account.map(Linked::brief),
            deals: of_kind("deal"),
            cases: of_kind("case"),
            ..written(db, row.id).await?
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
    // Numbers and words of our own: nothing here comes from outside.
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let text = format!(
        "SELECT {near} AS other, r.id, r.kind, r.title, r.status FROM links l JOIN records r ON r.id = {far} \
         WHERE {near} IN ({}) AND r.kind IN ({}) AND r.deleted_at IS NULL AND (r.kind = 'account' OR NOT r.closed) \
         ORDER BY r.updated_at DESC, r.id DESC LIMIT 500",
        ids.join(","),
        kinds.join(",")
    );
    Ok(Linked::find_by_statement(crate::db::sql(db, &text, [])).all(db).await?)
}

/// What people and programs wrote about a record.
async fn written(db: &impl ConnectionTrait, id: Id) -> Result<Related> {
    let open = task::Entity::find()
        .filter(task::Column::RecordId.eq(id))
        .filter(task::Column::DoneAt.is_null());
    let open = open.order_by_desc(task::Column::CreatedAt).limit(MOST).all(db).await?;
    let newest = note::Entity::find().filter(note::Column::RecordId.eq(id));
    let newest = newest.order_by_desc(note::Column::CreatedAt).order_by_desc(note::Column::Id);
    let newest = newest.limit(MOST_NOTES).all(db).await?;
    let asked = call_back::Entity::find().filter(call_back::Column::RecordId.eq(id));
    let asked =
        asked.filter(call_back::Column::DoneAt.is_null()).order_by_asc(call_back::Column::Id);
    let asked = asked.limit(MOST).all(db).await?;
    Ok(Related {
        tasks: tasks::told(db, open).await?,
        notes: notes::told(db, newest).await?,
        call_backs: call_backs::told(db, asked).await?,
        ..Related::default()
    })
}
