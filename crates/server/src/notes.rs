//! Notes.

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Fields, Id, LONGEST_NOTE, code,
    event::Change,
    note::{NewNote, Note, StatusChange},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, sea_query::Expr,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::{CallsOf, Who},
    calls, check,
    db::{Tx, unique},
    entity::{note, record},
    error::{Error, Result},
    extract::{self, Path},
    once,
    records::{self, types},
    time::now,
    timeline, users,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create)).routes(routes!(read, delete))
}

/// Saves a note, and the record's new status with it. A note that was saved before is given again (200). If it is of a call
/// and its record was deleted, it is kept with the call alone: `record` and `status` of the answer are then null.
#[utoipa::path(post, path = "/api/notes", tag = "notes", request_body = NewNote,
    responses((status = 201, body = Note), (status = 200, description = "saved before", body = Note)))]
async fn create(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<NewNote>,
) -> Result<(StatusCode, Json<Note>)> {
    check::client_key("key", &input.key)?;
    check::at_most("text", &input.text, LONGEST_NOTE)?;
    if input.text.trim().is_empty() && input.status.is_none() {
        return Err(Error::required("text"));
    }
    let digest = once::digest(who.user, &input)?;
    let country = records::country(&app, &who).await?;
    let mut tx = app.db.begin().await?;
    if let Some(known) =
        note::Entity::find().filter(note::Column::Key.eq(&input.key)).one(&tx).await?
    {
        once::same(&known.digest, &digest)?;
        return Ok((StatusCode::OK, one(&tx, known).await?));
    }
    let row = save(&mut tx, &who, &input, &country, digest).await?;
    let told = one(&tx, row).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, told))
}

async fn save(
    tx: &mut Tx,
    who: &Who,
    input: &NewNote,
    country: &str,
    digest: String,
) -> Result<note::Model> {
    let record = match input.record {
        // What was written in a call is kept with the call, also if the record was deleted meanwhile.
        Some(id) if input.call.is_some() && !input.text.trim().is_empty() => {
            match records::named(tx, "record", id).await {
                Err(Error::Invalid { code: code::DELETED, .. }) => None,
                named => Some(named?),
            }
        }
        Some(id) => Some(records::named(tx, "record", id).await?),
        None => None,
    };
    let is_without_its_record = record.is_none() && input.record.is_some();
    let call = match &input.call {
        Some(id) => {
            tx.lock_calls().await?;
            Some(calls::links::named(tx, who, id).await?)
        }
        None => None,
    };
    let (mut row, mut status) = (record.clone(), None);
    if let Some(to) = input.status.as_ref().filter(|_| !is_without_its_record) {
        let old =
            record.as_ref().ok_or_else(|| Error::invalid("record", "A status is of a record."))?;
        status = Some(StatusChange { from: old.status.clone(), to: to.clone() });
        row = Some(set_status(tx, old, to, country).await?);
    }
    let note = note::ActiveModel {
        key: Set(input.key.clone()),
        digest: Set(digest),
        record_id: Set(record.as_ref().map(|record| record.id)),
        call_id: Set(call.as_ref().map(|call| call.id)),
        author_id: Set(who.user),
        text: Set(input.text.clone()),
        status_from: Set(status.as_ref().and_then(|status| status.from.clone())),
        status_to: Set(status.map(|status| status.to)),
        created_at: Set(now()),
        ..Default::default()
    };
    // Another request with this key was faster; a moment later it will be known.
    let note = note.insert(tx).await.map_err(|error| unique(error, || Error::Busy))?;
    if let Some(row) = &row {
        // A note of a call stands with the call.
        match &call {
            Some(call) => calls::links::link(tx, call, row.id, None).await?,
            None => {
                timeline::put(tx, row.id, note.created_at, timeline::Kind::Note, note.id).await?
            }
        }
        records::tell(
            tx,
            row,
            if input.status.is_some() { Change::Updated } else { Change::Timeline },
        );
    }
    if let Some(call) = &call {
        calls::store::tell(tx, call).await?;
    }
    Ok(note)
}

async fn set_status(
    tx: &Tx,
    row: &record::Model,
    to: &str,
    country: &str,
) -> Result<record::Model> {
    let kind = types::find(tx, &row.kind).await?.ok_or(Error::NotFound)?;
    let field = kind
        .status_field()
        .ok_or_else(|| Error::invalid("status", "This type of record has no status."))?;
    if !field.options.iter().any(|option| option.value == to) {
        let detail = format!("{} has no option of that value.", field.label);
        return Err(Error::Invalid {
            field: "status".to_owned(),
            code: code::UNKNOWN_OPTION,
            detail,
        });
    }
    let changed = Fields(vec![(field.key.clone(), to.to_owned())]);
    records::store::update(tx, row.id, &changed, country).await
}

/// One note.
#[utoipa::path(get, path = "/api/notes/{id}", tag = "notes", params(("id" = Id, Path, description = "the note")),
    responses((status = 200, body = Note)))]
async fn read(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<Json<Note>> {
    let row = note::Entity::find_by_id(id).filter(Expr::cust(readable(&who)));
    let row = row.one(app.db.read()).await?.ok_or(Error::NotFound)?;
    one(app.db.read(), row).await
}

/// Which rows of `notes` one may read, as a condition of a statement: what was written in a call is seen by those who see
/// the call, and by its author.
pub fn readable(who: &Who) -> String {
    let of_call = match who.sees_calls_of() {
        Ok(CallsOf::Everybody) => return "TRUE".to_owned(),
        Ok(CallsOf::One(agent)) => format!(
            " OR EXISTS (SELECT 1 FROM calls c WHERE c.id = notes.call_id AND c.agent_id = {agent})"
        ),
        Err(_) => String::new(),
    };
    let own = who.user.map(|user| format!(" OR notes.author_id = {user}")).unwrap_or_default();
    format!("(notes.call_id IS NULL{own}{of_call})")
}

/// Deletes one's own note. A status that was saved with it stays.
#[utoipa::path(delete, path = "/api/notes/{id}", tag = "notes", params(("id" = Id, Path, description = "the note")),
    responses((status = 204)))]
async fn delete(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let row = note::Entity::find_by_id(id).filter(Expr::cust(readable(&who)));
    let row = row.one(&tx).await?.ok_or(Error::NotFound)?;
    if row.author_id.is_none() || row.author_id != who.user {
        return Err(Error::Forbidden);
    }
    timeline::take_off(&tx, timeline::Kind::Note, id).await?;
    note::Entity::delete_by_id(id).exec(&tx).await?;
    if let Some(id) = row.record_id
        && let Some(record) = record::Entity::find_by_id(id).one(&tx).await?
    {
        records::tell(&mut tx, &record, Change::Timeline);
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn one(db: &impl ConnectionTrait, row: note::Model) -> Result<Json<Note>> {
    told(db, vec![row]).await?.pop().map(Json).ok_or(Error::NotFound)
}

/// Notes, in the order of their rows.
pub async fn told(db: &impl ConnectionTrait, rows: Vec<note::Model>) -> Result<Vec<Note>> {
    let people = users::people(db, rows.iter().filter_map(|row| row.author_id)).await?;
    let note = |row: note::Model| Note {
        id: row.id,
        record: row.record_id,
        call: row.call_id,
        author: row.author_id.and_then(|id| people.get(&id).cloned()),
        text: row.text,
        status: row.status_to.map(|to| StatusChange { from: row.status_from, to }),
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(note).collect())
}

/// The notes of some calls, oldest first.
pub async fn of_calls(db: &impl ConnectionTrait, calls: &[Id]) -> Result<Vec<Note>> {
    let rows = note::Entity::find().filter(note::Column::CallId.is_in(calls.iter().copied()));
    let rows =
        rows.order_by_asc(note::Column::CreatedAt).order_by_asc(note::Column::Id).all(db).await?;
    told(db, rows).await
}
