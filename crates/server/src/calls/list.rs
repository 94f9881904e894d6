//! The call history.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use ringdock_api::{
    Id, Page,
    call::{Call, CallQuery},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Query, SimpleExpr},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{by_number::with_number, facts::text, store, tell};
use crate::{
    app::App,
    auth::{CallsOf, Who},
    check,
    entity::{call, call_link},
    error::{Error, Result},
    extract::{self, Path},
    page::{self, Part},
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read)).routes(routes!(recording))
}

/// The calls that one may see, newest first.
#[utoipa::path(get, path = "/api/calls", tag = "calls", params(CallQuery),
    responses((status = 200, body = Page<Call>)))]
async fn list(
    State(app): State<App>,
    who: Who,
    extract::Query(query): extract::Query<CallQuery>,
) -> Result<Json<Page<Call>>> {
    let part = Part::read(query.cursor.as_deref(), query.limit)?;
    let number = with_number(&app, &who, &query).await?;
    let rows = after(filtered(&query, &who, number.as_ref())?, part);
    let mut rows = rows.limit(part.fetch()).all(app.db.read()).await?;
    let next = part.cut(&mut rows, |row| (row.started_at, row.id));
    Ok(Json(page::page(tell::calls(app.db.read(), &who, rows).await?, next)))
}

/// The calls after a cursor, newest first.
pub fn after(rows: Select<call::Entity>, part: Part) -> Select<call::Entity> {
    let (at, id) = part.after;
    let same = call::Column::StartedAt.eq(at).and(call::Column::Id.lt(id));
    let rows = rows.filter(Condition::any().add(call::Column::StartedAt.lt(at)).add(same));
    rows.order_by_desc(call::Column::StartedAt).order_by_desc(call::Column::Id)
}

/// The calls that are asked for and may be seen. What the query's number means has been looked up.
pub fn filtered(
    query: &CallQuery,
    who: &Who,
    number: Option<&SimpleExpr>,
) -> Result<Select<call::Entity>> {
    let mut rows = call::Entity::find();
    if let CallsOf::One(agent) = who.sees_calls_of()? {
        rows = rows.filter(call::Column::AgentId.eq(agent));
    }
    if let Some(since) = query.since {
        check::at("since", since)?;
        rows = rows.filter(call::Column::StartedAt.gte(since));
    }
    if let Some(until) = query.until {
        check::at("until", until)?;
        if query.since.is_some_and(|since| since > until) {
            return Err(Error::invalid("until", "This is before the beginning."));
        }
        rows = rows.filter(call::Column::StartedAt.lt(until));
    }
    if let Some(agent) = query.agent {
        rows = rows.filter(call::Column::AgentId.eq(agent));
    }
    if let Some(outcome) = &query.outcome {
        rows = rows.filter(call::Column::Outcome.eq(store::word(outcome)?));
    }
    if let Some(direction) = &query.direction {
        rows = rows.filter(call::Column::Direction.eq(store::word(direction)?));
    }
    if let Some(number) = number {
        rows = rows.filter(number.clone());
    }
    if let Some(record) = query.record {
        let linked = Query::select()
            .column(call_link::Column::CallId)
            .from(call_link::Entity)
            .and_where(call_link::Column::Subject.eq("record"))
            .and_where(call_link::Column::SubjectId.eq(record))
            .to_owned();
        rows = rows.filter(call::Column::Id.in_subquery(linked));
    }
    Ok(rows)
}

/// One call.
#[utoipa::path(get, path = "/api/calls/{id}", tag = "calls", params(("id" = Id, Path, description = "the call")),
    responses((status = 200, body = Call)))]
async fn read(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<Json<Call>> {
    let row = visible(app.db.read(), &who, id).await?;
    tell::call(app.db.read(), &who, row).await.map(Json)
}

/// A call that one may see.
pub async fn visible(db: &impl ConnectionTrait, who: &Who, id: Id) -> Result<call::Model> {
    let row = super::by_id(db, id).await?;
    row.filter(|row| may_see(who, row)).ok_or(Error::NotFound)
}

/// Whether one may see a call.
pub fn may_see(who: &Who, row: &call::Model) -> bool {
    match who.sees_calls_of() {
        Ok(CallsOf::Everybody) => true,
        Ok(CallsOf::One(agent)) => row.agent_id == Some(agent),
        Err(_) => false,
    }
}

/// Leads to a call's recording.
#[utoipa::path(get, path = "/api/calls/{id}/recording", tag = "calls",
    params(("id" = Id, Path, description = "the call")),
    responses((status = 302, description = "where the recording is")))]
async fn recording(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<Response> {
    let row = visible(app.db.read(), &who, id).await?;
    let facts = store::facts(&row)?;
    // It was checked to be a web address when it was reported.
    let place =
        HeaderValue::from_str(text(&facts.recording)).ok().filter(|place| !place.is_empty());
    let place = place.ok_or(Error::NotFound)?;
    Ok((StatusCode::FOUND, [(header::LOCATION, place)]).into_response())
}
