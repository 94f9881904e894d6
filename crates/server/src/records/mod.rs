//! Records, their types, and finding them.

pub mod brief;
pub mod builtin;
mod list;
pub mod store;
pub mod types;
pub mod value;

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Fields, Id,
    event::{Change, Event},
    record::{NewRecord, Record, RecordChange},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    calls, check,
    entity::record,
    error::{Error, Result},
    events::Audience,
    extract::{self, Path},
    once::{self, Once},
    time::now,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create))
        .routes(routes!(read, change, delete))
        .merge(types::router())
}

/// One record.
#[utoipa::path(get, path = "/api/records/{id}", tag = "records", params(("id" = Id, Path, description = "the record")),
    responses((status = 200, body = Record)))]
async fn read(State(app): State<App>, Path(id): Path<Id>) -> Result<Json<Record>> {
    let row = store::existing(app.db.read(), id).await?;
    one(app.db.read(), row).await
}

async fn one(db: &impl ConnectionTrait, row: record::Model) -> Result<Json<Record>> {
    let mut records = brief::records(db, vec![row]).await?;
    records.pop().map(Json).ok_or(Error::NotFound)
}

/// Makes a record, which may take a running call. One that was made before with this key is given again (200).
#[utoipa::path(post, path = "/api/records", tag = "records", request_body = NewRecord,
    responses((status = 201, body = Record), (status = 200, description = "made before", body = Record)))]
async fn create(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<NewRecord>,
) -> Result<(StatusCode, Json<Record>)> {
    let once = match &input.key {
        Some(key) => {
            check::client_key("key", key)?;
            Some(Once { key: key.clone(), digest: once::digest(who.user, &input)? })
        }
        None => None,
    };
    let country = country(&app, &who).await?;
    let mut tx = app.db.begin().await?;
    if let Some(Once { key, digest }) = &once
        && let Some(known) =
            record::Entity::find().filter(record::Column::Key.eq(key)).one(&tx).await?
    {
        once::same(known.digest.as_deref().unwrap_or_default(), digest)?;
        return Ok((StatusCode::OK, one(&tx, known).await?));
    }
    let kind = types::find(&tx, &input.record_type).await?;
    let kind = kind.ok_or_else(|| Error::invalid("type", "There is no such type of record."))?;
    let row = store::insert(&tx, &kind, &input.fields, &country, once).await?;
    if let Some(call) = &input.call {
        tx.lock_calls().await?;
        let call = calls::links::named(&tx, &who, call).await?;
        calls::links::link(&mut tx, &call, row.id, None).await?;
    }
    tell(&mut tx, &row, Change::Created);
    let told = one(&tx, row).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, told))
}

/// Changes the values that are named; the others stay.
#[utoipa::path(patch, path = "/api/records/{id}", tag = "records", params(("id" = Id, Path, description = "the record")),
    request_body = RecordChange, responses((status = 200, body = Record)))]
async fn change(
    State(app): State<App>,
    who: Who,
    Path(id): Path<Id>,
    extract::Json(input): extract::Json<RecordChange>,
) -> Result<Json<Record>> {
    let country = country(&app, &who).await?;
    let mut tx = app.db.begin().await?;
    let row = store::update(&tx, id, &input.fields, &country).await?;
    tell(&mut tx, &row, Change::Updated);
    let told = one(&tx, row).await?;
    tx.commit().await?;
    Ok(told)
}

/// Deletes a record. Its calls and notes stay where else they are linked.
#[utoipa::path(delete, path = "/api/records/{id}", tag = "records", params(("id" = Id, Path, description = "the record")),
    responses((status = 204)))]
async fn delete(State(app): State<App>, Path(id): Path<Id>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let row = store::to_change(&tx, id).await?;
    store::unindex(&tx, id).await?;
    let mut gone = row.clone().into_active_model();
    gone.deleted_at = Set(Some(now()));
    gone.update(&tx).await?;
    tell(&mut tx, &row, Change::Deleted);
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells open pages that a record changed.
pub fn tell(tx: &mut crate::db::Tx, row: &record::Model, change: Change) {
    tx.tell(
        Audience::Everyone,
        Event::Record { record: row.id, record_type: row.kind.clone(), change },
    );
}

/// Whose national numbers the user means.
pub async fn country(app: &App, who: &Who) -> Result<String> {
    match &who.country {
        Some(country) => Ok(country.clone()),
        None => app.country().await,
    }
}

/// A record's values, as they are stored.
pub fn fields(row: &record::Model) -> Result<Fields> {
    serde_json::from_str(&row.fields)
        .map_err(|e| Error::Internal(format!("the fields of record {}: {e}", row.id)))
}

/// A record that must be there to be written about, or an error beside the field that names it.
pub async fn named(db: &impl ConnectionTrait, field: &str, id: Id) -> Result<record::Model> {
    let row = record::Entity::find_by_id(id).one(db).await?;
    let row = row.ok_or_else(|| Error::invalid(field, "There is no such record."))?;
    if row.deleted_at.is_some() {
        let detail = "This record was deleted.".to_owned();
        return Err(Error::Invalid {
            field: field.to_owned(),
            code: ringdock_api::code::DELETED,
            detail,
        });
    }
    Ok(row)
}
