//! Roles.

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page, code,
    event::Event,
    user::{Permission, Role, RoleInput},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::{Who, identify::permissions},
    check,
    db::unique,
    entity::role,
    error::{Error, Result},
    events::Audience,
    extract::{self, Path},
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(replace, delete))
}

/// All roles.
#[utoipa::path(get, path = "/api/roles", tag = "users", responses((status = 200, body = Page<Role>)))]
async fn list(State(app): State<App>) -> Result<Json<Page<Role>>> {
    let rows = role::Entity::find().order_by_asc(role::Column::Name).all(app.db.read()).await?;
    Ok(Json(Page::whole(rows.into_iter().map(told).collect())))
}

/// Makes a role.
#[utoipa::path(post, path = "/api/roles", tag = "users", request_body = RoleInput,
    responses((status = 201, body = Role)))]
async fn create(
    State(app): State<App>,
    extract::Json(input): extract::Json<RoleInput>,
) -> Result<(StatusCode, Json<Role>)> {
    let name = check::name("name", &input.name)?;
    let row = role::ActiveModel {
        name: Set(name),
        permissions: Set(stored(&input.permissions)?),
        ..Default::default()
    };
    let tx = app.db.begin().await?;
    let row = row.insert(&tx).await.map_err(|error| unique(error, name_taken))?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(told(row))))
}

/// Replaces a role.
#[utoipa::path(put, path = "/api/roles/{id}", tag = "users", params(("id" = Id, Path, description = "the role")),
    request_body = RoleInput, responses((status = 200, body = Role)))]
async fn replace(
    State(app): State<App>,
    who: Who,
    Path(id): Path<Id>,
    extract::Json(input): extract::Json<RoleInput>,
) -> Result<Json<Role>> {
    let name = check::name("name", &input.name)?;
    let mut tx = app.db.begin().await?;
    let row = role::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    if row.name == who.role && !input.permissions.contains(&Permission::ManageUsers) {
        return Err(Error::invalid("permissions", "You cannot take this from your own role."));
    }
    let mut row = row.into_active_model();
    row.name = Set(name);
    row.permissions = Set(stored(&input.permissions)?);
    let row = row.update(&tx).await.map_err(|error| unique(error, name_taken))?;
    tx.tell(Audience::Everyone, Event::Session);
    tx.commit().await?;
    Ok(Json(told(row)))
}

/// Deletes a role that no user and no key has.
#[utoipa::path(delete, path = "/api/roles/{id}", tag = "users", params(("id" = Id, Path, description = "the role")),
    responses((status = 204)))]
async fn delete(State(app): State<App>, Path(id): Path<Id>) -> Result<StatusCode> {
    let tx = app.db.begin().await?;
    let deleted =
        role::Entity::delete_by_id(id).exec(&tx).await.map_err(|error| match error.sql_err() {
            Some(sea_orm::SqlErr::ForeignKeyConstraintViolation(_)) => {
                let detail = "A user or a key has this role.".to_owned();
                Error::Conflict { field: None, code: code::IN_USE, detail }
            }
            _ => error.into(),
        })?;
    if deleted.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn name_taken() -> Error {
    Error::taken("name", "There is a role of that name.")
}

fn stored(permissions: &[Permission]) -> Result<String> {
    let mut permissions = permissions.to_vec();
    permissions.sort_unstable();
    permissions.dedup();
    serde_json::to_string(&permissions).map_err(|e| Error::Internal(e.to_string()))
}

fn told(row: role::Model) -> Role {
    Role { id: row.id, name: row.name, permissions: permissions(&row.permissions) }
}
