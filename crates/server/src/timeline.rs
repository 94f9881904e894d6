//! What happened to a record, newest first.

use std::collections::HashMap;

use axum::{Json, extract::State};
use ringdock_api::{
    Id, Millis, Page, PageQuery,
    timeline::{Entry, What},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Query},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::{CallsOf, Who},
    calls::tell,
    db::Tx,
    entity::{call, note, task, timeline},
    error::Result,
    extract::{self, Path},
    notes,
    page::{self, Part},
    records, tasks,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read))
}

/// What is on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A call.
    Call,
    /// A note without a call.
    Note,
    /// A task.
    Task,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Note => "note",
            Self::Task => "task",
        }
    }
}

/// Puts something on a record's timeline, once.
pub async fn put(tx: &mut Tx, record: Id, at: Millis, kind: Kind, id: Id) -> Result<()> {
    let row = timeline::ActiveModel {
        record_id: Set(record),
        at: Set(at),
        kind: Set(kind.word().to_owned()),
        ref_id: Set(id),
        ..Default::default()
    };
    let key = [timeline::Column::RecordId, timeline::Column::Kind, timeline::Column::RefId];
    let conflict = OnConflict::columns(key).do_nothing_on(key).to_owned();
    timeline::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes something off all timelines.
pub async fn take_off(tx: &impl ConnectionTrait, kind: Kind, id: Id) -> Result<()> {
    let rows = timeline::Entity::delete_many().filter(timeline::Column::Kind.eq(kind.word()));
    rows.filter(timeline::Column::RefId.eq(id)).exec(tx).await?;
    Ok(())
}

/// Takes something off the timelines of some records.
pub async fn take_off_records(
    tx: &impl ConnectionTrait,
    records: &[Id],
    kind: Kind,
    id: Id,
) -> Result<()> {
    let rows = timeline::Entity::delete_many().filter(timeline::Column::Kind.eq(kind.word()));
    let rows = rows.filter(timeline::Column::RefId.eq(id));
    rows.filter(timeline::Column::RecordId.is_in(records.iter().copied())).exec(tx).await?;
    Ok(())
}

/// A record's calls that one may see, notes and tasks, newest first.
#[utoipa::path(get, path = "/api/records/{id}/timeline", tag = "records",
    params(("id" = Id, Path, description = "the record"), PageQuery),
    responses((status = 200, body = Page<Entry>)))]
async fn read(
    State(app): State<App>,
    who: Who,
    Path(id): Path<Id>,
    extract::Query(query): extract::Query<PageQuery>,
) -> Result<Json<Page<Entry>>> {
    let part = Part::read(query.cursor.as_deref(), query.limit)?;
    let db = app.db.read();
    records::store::existing(db, id).await?;
    let (at, last) = part.after;
    let same = timeline::Column::At.eq(at).and(timeline::Column::Id.lt(last));
    let mut rows = timeline::Entity::find()
        .filter(timeline::Column::RecordId.eq(id))
        .filter(Condition::any().add(timeline::Column::At.lt(at)).add(same))
        .order_by_desc(timeline::Column::At)
        .order_by_desc(timeline::Column::Id);
    match who.sees_calls_of() {
        Ok(CallsOf::Everybody) => {}
        Ok(CallsOf::One(agent)) => {
            let own = Query::select()
                .expr(Expr::val(1))
                .from(call::Entity)
                .and_where(
                    Expr::col((call::Entity, call::Column::Id))
                        .equals((timeline::Entity, timeline::Column::RefId)),
                )
                .and_where(call::Column::AgentId.eq(agent))
                .to_owned();
            rows = rows.filter(timeline::Column::Kind.ne("call").or(Expr::exists(own)));
        }
        Err(_) => rows = rows.filter(timeline::Column::Kind.ne("call")),
    }
    let mut rows = rows.limit(part.fetch()).all(db).await?;
    let next = part.cut(&mut rows, |row| (row.at, row.id));
    Ok(Json(page::page(entries(db, &who, rows).await?, next)))
}

async fn entries(
    db: &impl ConnectionTrait,
    who: &Who,
    rows: Vec<timeline::Model>,
) -> Result<Vec<Entry>> {
    let ids = |kind: Kind| {
        let rows = rows.iter().filter(move |row| row.kind == kind.word());
        rows.map(|row| row.ref_id).collect::<Vec<Id>>()
    };
    let mut all: HashMap<(&str, Id), What> = HashMap::new();
    let (calls, written, planned) = (ids(Kind::Call), ids(Kind::Note), ids(Kind::Task));
    if !calls.is_empty() {
        let calls = call::Entity::find().filter(call::Column::Id.is_in(calls)).all(db).await?;
        let calls = tell::calls(db, who, calls).await?;
        all.extend(calls.into_iter().map(|call| (("call", call.id), What::Call(call))));
    }
    if !written.is_empty() {
        let written = note::Entity::find().filter(note::Column::Id.is_in(written)).all(db).await?;
        let written = notes::told(db, written).await?;
        all.extend(written.into_iter().map(|note| (("note", note.id), What::Note(note))));
    }
    if !planned.is_empty() {
        let planned = task::Entity::find().filter(task::Column::Id.is_in(planned)).all(db).await?;
        let planned = tasks::told(db, planned).await?;
        all.extend(planned.into_iter().map(|task| (("task", task.id), What::Task(task))));
    }
    let mut entries = Vec::new();
    for row in &rows {
        if let Some(what) = all.remove(&(row.kind.as_str(), row.ref_id)) {
            entries.push(Entry { at: row.at, what });
        }
    }
    Ok(entries)
}
