//! Links between calls and records.

use axum::{Json, extract::State};
use ringdock_api::{Id, Page, call::Call, event::Change};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    list::{may_see, visible},
    store, tell,
};
use crate::{
    app::App,
    auth::{CallsOf, Who},
    db::{Tx, sql},
    entity::{call, call_link, phone},
    error::{Error, Result},
    extract::Path,
    matching, records, timeline,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(link_by_hand)).routes(routes!(offered))
}

/// Links a call to a record.
#[utoipa::path(put, path = "/api/calls/{id}/records/{record}", tag = "calls",
    params(("id" = Id, Path, description = "the call"), ("record" = Id, Path, description = "the record")),
    responses((status = 200, body = Call)))]
async fn link_by_hand(
    State(app): State<App>,
    who: Who,
    Path((id, record)): Path<(Id, Id)>,
) -> Result<Json<Call>> {
    let mut tx = app.db.begin().await?;
    tx.lock_calls().await?;
    let call = visible(&tx, &who, id).await?;
    let record = records::store::existing(&tx, record).await?;
    link(&mut tx, &call, record.id, None).await?;
    records::tell(&mut tx, &record, Change::Timeline);
    store::tell(&mut tx, &call).await?;
    let told = tell::call(&tx, &who, call).await?;
    tx.commit().await?;
    Ok(Json(told))
}

/// Calls with a number of the record that are linked to no record that is left, newest first.
#[utoipa::path(get, path = "/api/records/{id}/offered-calls", tag = "calls",
    params(("id" = Id, Path, description = "the record")), responses((status = 200, body = Page<Call>)))]
async fn offered(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<Json<Page<Call>>> {
    let db = app.db.read();
    records::store::existing(db, id).await?;
    let phones = phone::Entity::find().filter(phone::Column::Subject.eq("record"));
    let phones = phones.filter(phone::Column::SubjectId.eq(id)).all(db).await?;
    let numbers: Vec<String> =
        phones.into_iter().map(|phone| phone.e164.unwrap_or(phone.digits)).collect();
    if numbers.is_empty() {
        return Ok(Json(Page::whole(Vec::new())));
    }
    let mut calls = call::Entity::find().filter(call::Column::Other.is_in(numbers)).filter(
        sea_orm::sea_query::Expr::cust(
            "NOT EXISTS (SELECT 1 FROM call_links l JOIN records r ON r.id = l.subject_id AND r.deleted_at IS NULL \
             WHERE l.call_id = calls.id AND l.subject = 'record')",
        ),
    );
    if let CallsOf::One(agent) = who.sees_calls_of()? {
        calls = calls.filter(call::Column::AgentId.eq(agent));
    }
    let rows = sea_orm::QuerySelect::limit(calls.order_by_desc(call::Column::StartedAt), 20)
        .all(db)
        .await?;
    Ok(Json(Page::whole(tell::calls(db, &who, rows).await?)))
}

/// Links a call to a record, and puts it on the record's timeline. Without a field the record was chosen by hand, which it
/// stays, however the call was matched before and will be.
pub async fn link(tx: &mut Tx, call: &call::Model, record: Id, field: Option<&str>) -> Result<()> {
    put(tx, call.id, "record", record, field).await?;
    timeline::put(tx, record, call.started_at, timeline::Kind::Call, call.id).await
}

async fn put(tx: &Tx, call: Id, subject: &str, id: Id, field: Option<&str>) -> Result<()> {
    let row = call_link::ActiveModel {
        call_id: Set(call),
        subject: Set(subject.to_owned()),
        subject_id: Set(id),
        field: Set(field.map(str::to_owned)),
        ..Default::default()
    };
    let key = [call_link::Column::CallId, call_link::Column::Subject, call_link::Column::SubjectId];
    let mut conflict = OnConflict::columns(key);
    match field {
        Some(_) => conflict.do_nothing_on(key),
        None => conflict.update_column(call_link::Column::Field),
    };
    call_link::Entity::insert(row)
        .on_conflict(conflict.to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Takes back the links that a number brought which turned out not to be the other side's. Gives the records that lost
/// the call.
pub async fn unmatch(tx: &Tx, call: Id) -> Result<Vec<Id>> {
    let matched = call_link::Entity::find().filter(call_link::Column::CallId.eq(call));
    let matched = matched.filter(call_link::Column::Field.is_not_null()).all(tx).await?;
    let links = call_link::Entity::delete_many();
    links.filter(call_link::Column::Id.is_in(matched.iter().map(|link| link.id))).exec(tx).await?;
    let records = matched.iter().filter(|link| link.subject == "record");
    let records: Vec<Id> = records.map(|link| link.subject_id).collect();
    timeline::take_off_records(tx, &records, timeline::Kind::Call, call).await?;
    Ok(records)
}

/// Links a call to everybody who has the other side's number.
pub async fn match_up(tx: &mut Tx, call: &call::Model) -> Result<()> {
    if call.other.is_empty() {
        return Ok(());
    }
    // The number is canonical already, so no country is needed to read it.
    for found in matching::find(tx, &call.other, "").await? {
        if found.subject == "user" {
            put(tx, call.id, "user", found.subject_id, Some(&found.field)).await?;
        } else {
            link(tx, call, found.subject_id, Some(&found.field)).await?;
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Linked {
    subject_id: Id,
}

/// The records that a call is linked to.
pub async fn records(db: &impl ConnectionTrait, call: Id) -> Result<Vec<Id>> {
    let find = sql(
        db,
        "SELECT subject_id FROM call_links WHERE call_id = $1 AND subject = 'record'",
        [call.into()],
    );
    let rows = Linked::find_by_statement(find).all(db).await?;
    Ok(rows.into_iter().map(|row| row.subject_id).collect())
}

/// The call of that channel's id, where a request names one in a field: one that may be seen, or that the own dock told
/// of. Whoever answered a call has it, and others at whom it rang may still write about it.
pub async fn named(db: &impl ConnectionTrait, who: &Who, channel_id: &str) -> Result<call::Model> {
    let unknown = || Error::invalid("call", "There is no such call.");
    let call = super::find(db, channel_id).await?.ok_or_else(unknown)?;
    let told_by_own_dock = match who.user {
        Some(user) => call.agent_id == Some(user) || store::facts(&call)?.told_by.contains(&user),
        None => false,
    };
    if told_by_own_dock || may_see(who, &call) { Ok(call) } else { Err(unknown()) }
}
