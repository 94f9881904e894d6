//! Telling other programs: where, what, and how it went.

pub mod deliver;
pub mod outbox;

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page, PageQuery,
    webhook::{Delivery, Topic, Webhook, WebhookInput},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    calls::store::value,
    check,
    entity::{delivery, webhook},
    error::{Error, Result},
    extract::{self, Path},
    page::{self, Part},
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(replace, delete))
        .routes(routes!(deliveries))
}

/// All webhooks.
#[utoipa::path(get, path = "/api/webhooks", tag = "webhooks", responses((status = 200, body = Page<Webhook>)))]
async fn list(State(app): State<App>) -> Result<Json<Page<Webhook>>> {
    let rows = webhook::Entity::find().order_by_asc(webhook::Column::Id).all(app.db.read()).await?;
    rows.into_iter().map(told).collect::<Result<_>>().map(Page::whole).map(Json)
}

/// Makes a webhook.
#[utoipa::path(post, path = "/api/webhooks", tag = "webhooks", request_body = WebhookInput,
    responses((status = 201, body = Webhook)))]
async fn create(
    State(app): State<App>,
    extract::Json(input): extract::Json<WebhookInput>,
) -> Result<(StatusCode, Json<Webhook>)> {
    let secret = input.secret.clone().ok_or_else(|| Error::required("secret"))?;
    let mut row = checked(&input)?;
    row.secret = Set(app.seal.seal(&secret)?);
    let tx = app.db.begin().await?;
    let row = row.insert(&tx).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, told(row).map(Json)?))
}

/// Replaces a webhook.
#[utoipa::path(put, path = "/api/webhooks/{id}", tag = "webhooks", params(("id" = Id, Path, description = "the webhook")),
    request_body = WebhookInput, responses((status = 200, body = Webhook)))]
async fn replace(
    State(app): State<App>,
    Path(id): Path<Id>,
    extract::Json(input): extract::Json<WebhookInput>,
) -> Result<Json<Webhook>> {
    let mut row = checked(&input)?;
    let tx = app.db.begin().await?;
    let old = webhook::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    row.id = Set(id);
    row.secret = match &input.secret {
        Some(secret) => Set(app.seal.seal(secret)?),
        None => Set(old.secret),
    };
    let row = row.update(&tx).await?;
    tx.commit().await?;
    told(row).map(Json)
}

/// Deletes a webhook with its log.
#[utoipa::path(delete, path = "/api/webhooks/{id}", tag = "webhooks",
    params(("id" = Id, Path, description = "the webhook")), responses((status = 204)))]
async fn delete(State(app): State<App>, Path(id): Path<Id>) -> Result<StatusCode> {
    let tx = app.db.begin().await?;
    if webhook::Entity::delete_by_id(id).exec(&tx).await?.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    delivery::Entity::delete_many().filter(delivery::Column::WebhookId.eq(id)).exec(&tx).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was and will be told to a webhook, newest first.
#[utoipa::path(get, path = "/api/webhooks/{id}/deliveries", tag = "webhooks",
    params(("id" = Id, Path, description = "the webhook"), PageQuery),
    responses((status = 200, body = Page<Delivery>)))]
async fn deliveries(
    State(app): State<App>,
    Path(id): Path<Id>,
    extract::Query(query): extract::Query<PageQuery>,
) -> Result<Json<Page<Delivery>>> {
    let part = Part::read(query.cursor.as_deref(), query.limit)?;
    let db = app.db.read();
    webhook::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?;
    let rows = delivery::Entity::find().filter(delivery::Column::WebhookId.eq(id));
    let rows =
        rows.filter(delivery::Column::Id.lt(part.after.1)).order_by_desc(delivery::Column::Id);
    let mut rows = rows.limit(part.fetch()).all(db).await?;
    let next = part.cut(&mut rows, |row| (row.created_at, row.id));
    let told = |row: delivery::Model| {
        Ok(Delivery {
            id: row.id,
            key: row.key,
            topic: value(&row.topic)?,
            call: row.call_id,
            state: value(&row.state)?,
            attempts: row.attempts,
            last_status: row.last_status,
            last_error: row.last_error,
            next_at: row.next_at,
            created_at: row.created_at,
        })
    };
    let items = rows.into_iter().map(told).collect::<Result<_>>()?;
    Ok(Json(page::page(items, next)))
}

fn checked(input: &WebhookInput) -> Result<webhook::ActiveModel> {
    check::web_url("url", &input.url)?;
    check::no_user("url", &input.url)?;
    if input.secret.as_ref().is_some_and(|secret| !(16..=200).contains(&secret.len())) {
        return Err(Error::invalid("secret", "A secret has 16 to 200 characters."));
    }
    if input.topics.is_empty() {
        return Err(Error::required("topics"));
    }
    let mut topics = input.topics.clone();
    topics.dedup();
    let topics = serde_json::to_string(&topics).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(webhook::ActiveModel {
        url: Set(input.url.clone()),
        topics: Set(topics),
        active: Set(input.active),
        ..Default::default()
    })
}

fn topics(row: &webhook::Model) -> Result<Vec<Topic>> {
    serde_json::from_str(&row.topics)
        .map_err(|e| Error::Internal(format!("the topics of webhook {}: {e}", row.id)))
}

fn told(row: webhook::Model) -> Result<Webhook> {
    Ok(Webhook { topics: topics(&row)?, id: row.id, url: row.url, active: row.active })
}
