//! Keys for other programs.

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page,
    event::Event,
    key::{CreatedKey, Key, NewKey},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    check,
    entity::{api_key, role},
    error::{Error, Result},
    events::Audience,
    extract::{self, Path},
    secret,
    time::now,
};

/// Tells people and scanners what they have found.
const PREFIX: &str = "rdk_";

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(delete))
}

/// All keys.
#[utoipa::path(get, path = "/api/keys", tag = "keys", responses((status = 200, body = Page<Key>)))]
async fn list(State(app): State<App>) -> Result<Json<Page<Key>>> {
    let rows = api_key::Entity::find().order_by_asc(api_key::Column::Id).all(app.db.read()).await?;
    Ok(Json(Page::whole(rows.into_iter().map(told).collect())))
}

/// Makes a key. Its secret is in the reply and never again.
#[utoipa::path(post, path = "/api/keys", tag = "keys", request_body = NewKey,
    responses((status = 201, body = CreatedKey)))]
async fn create(
    State(app): State<App>,
    extract::Json(input): extract::Json<NewKey>,
) -> Result<(StatusCode, Json<CreatedKey>)> {
    let name = check::name("name", &input.name)?;
    let secret = format!("{PREFIX}{}", secret::token()?);
    let tx = app.db.begin().await?;
    if role::Entity::find_by_id(input.role).one(&tx).await?.is_none() {
        return Err(Error::invalid("role", "There is no such role."));
    }
    let row = api_key::ActiveModel {
        name: Set(name),
        token: Set(secret::hash(&secret)),
        role_id: Set(input.role),
        created_at: Set(now()),
        ..Default::default()
    };
    let row = row.insert(&tx).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(CreatedKey { key: told(row), secret })))
}

/// Deletes a key. It is dead at once.
#[utoipa::path(delete, path = "/api/keys/{id}", tag = "keys", params(("id" = Id, Path, description = "the key")),
    responses((status = 204)))]
async fn delete(State(app): State<App>, Path(id): Path<Id>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    if api_key::Entity::delete_by_id(id).exec(&tx).await?.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    tx.tell(Audience::Key(id), Event::Session);
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn told(row: api_key::Model) -> Key {
    Key {
        id: row.id,
        name: row.name,
        role: row.role_id,
        created_at: row.created_at,
        used_at: row.used_at,
    }
}
