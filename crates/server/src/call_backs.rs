//! Requests to call somebody back.

use std::collections::{BTreeSet, HashMap};

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page,
    call_back::{CallBack, CallBackQuery, NewCallBack},
    event::Change,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, Query},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    check,
    db::unique,
    entity::{call_back, phone, record},
    error::{Error, Result},
    extract::{self, Path},
    number::{self, Number},
    once,
    page::{self, Part},
    records::{self, brief},
    time::now,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(done))
}

/// Requests on records that exist, oldest first.
#[utoipa::path(get, path = "/api/call-backs", tag = "call-backs", params(CallBackQuery),
    responses((status = 200, body = Page<CallBack>)))]
async fn list(
    State(app): State<App>,
    extract::Query(query): extract::Query<CallBackQuery>,
) -> Result<Json<Page<CallBack>>> {
    let part = Part::read(query.cursor.as_deref(), query.limit)?;
    // Oldest first: without a cursor the list begins at the least id.
    let after = if query.cursor.is_some() { part.after.1 } else { 0 };
    let left = Query::select()
        .column(record::Column::Id)
        .from(record::Entity)
        .and_where(record::Column::DeletedAt.is_null())
        .and_where(
            Expr::col((record::Entity, record::Column::Id))
                .equals((call_back::Entity, call_back::Column::RecordId)),
        )
        .to_owned();
    let mut rows = call_back::Entity::find()
        .filter(call_back::Column::Id.gt(after))
        .filter(Expr::exists(left));
    if let Some(record) = query.record {
        rows = rows.filter(call_back::Column::RecordId.eq(record));
    }
    match query.done {
        Some(true) => rows = rows.filter(call_back::Column::DoneAt.is_not_null()),
        Some(false) => rows = rows.filter(call_back::Column::DoneAt.is_null()),
        None => {}
    }
    let rows = rows.order_by_asc(call_back::Column::Id).limit(part.fetch());
    let mut rows = rows.all(app.db.read()).await?;
    let next = part.cut(&mut rows, |row| (row.created_at, row.id));
    Ok(Json(page::page(told(app.db.read(), rows).await?, next)))
}

/// Leaves a request. One that was left before is given again (200).
#[utoipa::path(post, path = "/api/call-backs", tag = "call-backs", request_body = NewCallBack,
    responses((status = 201, body = CallBack), (status = 200, description = "left before", body = CallBack)))]
async fn create(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<NewCallBack>,
) -> Result<(StatusCode, Json<CallBack>)> {
    check::client_key("key", &input.key)?;
    let reason = check::name("reason", &input.reason)?;
    if let Some(at) = input.due_at {
        check::at("due_at", at)?;
    }
    let country = records::country(&app, &who).await?;
    let number = match &input.number {
        Some(number) => {
            check::at_most("number", number, number::LONGEST)?;
            if Number::read(number, &country).digits.is_empty() {
                return Err(Error::invalid("number", "This is no phone number."));
            }
            Some(Number::canonical(number, &country))
        }
        None => None,
    };
    let digest = once::digest(who.user, &input)?;
    let mut tx = app.db.begin().await?;
    if let Some(known) =
        call_back::Entity::find().filter(call_back::Column::Key.eq(&input.key)).one(&tx).await?
    {
        once::same(&known.digest, &digest)?;
        return Ok((StatusCode::OK, one(&tx, known).await?));
    }
    let record = records::named(&tx, "record", input.record).await?;
    let row = call_back::ActiveModel {
        key: Set(input.key),
        digest: Set(digest),
        record_id: Set(record.id),
        number: Set(number),
        reason: Set(reason),
        due_at: Set(input.due_at),
        created_at: Set(now()),
        ..Default::default()
    };
    let row = row.insert(&tx).await.map_err(|error| unique(error, || Error::Busy))?;
    records::tell(&mut tx, &record, Change::Timeline);
    let told = one(&tx, row).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, told))
}

/// Says that somebody saw to it.
#[utoipa::path(post, path = "/api/call-backs/{id}/done", tag = "call-backs",
    params(("id" = Id, Path, description = "the request")), responses((status = 200, body = CallBack)))]
async fn done(State(app): State<App>, Path(id): Path<Id>) -> Result<Json<CallBack>> {
    let mut tx = app.db.begin().await?;
    let row = call_back::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    let record =
        record::Entity::find_by_id(row.record_id).filter(record::Column::DeletedAt.is_null());
    let record = record.one(&tx).await?.ok_or(Error::NotFound)?;
    let done_at = row.done_at.unwrap_or_else(now);
    let mut row = row.into_active_model();
    row.done_at = Set(Some(done_at));
    let row = row.update(&tx).await?;
    records::tell(&mut tx, &record, Change::Timeline);
    let told = one(&tx, row).await?;
    tx.commit().await?;
    Ok(told)
}

async fn one(db: &impl ConnectionTrait, row: call_back::Model) -> Result<Json<CallBack>> {
    told(db, vec![row]).await?.pop().map(Json).ok_or(Error::NotFound)
}

/// Requests in the order of their rows, without those whose record was deleted.
pub async fn told(db: &impl ConnectionTrait, rows: Vec<call_back::Model>) -> Result<Vec<CallBack>> {
    let records = brief::briefs(db, rows.iter().map(|row| row.record_id)).await?;
    let unsaid = rows.iter().filter(|row| row.number.is_none()).map(|row| row.record_id);
    let numbers = first_numbers(db, unsaid.collect()).await?;
    let told = rows.into_iter().filter_map(|row| {
        let record = records.get(&row.record_id)?.clone();
        let number = row.number.or_else(|| numbers.get(&record.id).cloned());
        Some(CallBack {
            id: row.id,
            record,
            number: number.unwrap_or_default(),
            reason: row.reason,
            due_at: row.due_at,
            done_at: row.done_at,
            created_at: row.created_at,
        })
    });
    Ok(told.collect())
}

/// The first number of each of some records that have any.
async fn first_numbers(
    db: &impl ConnectionTrait,
    records: BTreeSet<Id>,
) -> Result<HashMap<Id, String>> {
    if records.is_empty() {
        return Ok(HashMap::new());
    }
    let phones = phone::Entity::find().filter(phone::Column::Subject.eq("record"));
    let phones = phones.filter(phone::Column::SubjectId.is_in(records));
    let mut first = HashMap::new();
    for phone in phones.order_by_asc(phone::Column::Id).all(db).await? {
        first.entry(phone.subject_id).or_insert(phone.e164.unwrap_or(phone.digits));
    }
    Ok(first)
}
