//! The workspace.

use axum::{Json, extract::State};
use ringdock_api::{settings::Settings, user::Permission};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    check,
    entity::{record_type, role, workspace},
    error::{Error, Result},
    extract, number,
    records::builtin,
    secret,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read, replace))
}

/// What holds for everybody.
#[utoipa::path(get, path = "/api/settings", tag = "settings", responses((status = 200, body = Settings)))]
async fn read(State(app): State<App>) -> Result<Json<Settings>> {
    app.workspace().await.map(settings).map(Json)
}

/// Replaces it.
#[utoipa::path(put, path = "/api/settings", tag = "settings", request_body = Settings,
    responses((status = 200, body = Settings)))]
async fn replace(
    State(app): State<App>,
    extract::Json(input): extract::Json<Settings>,
) -> Result<Json<Settings>> {
    let name = check::name("workspace", &input.workspace)?;
    if !number::is_country(&input.country) {
        return Err(Error::invalid("country", "A country has two letters, such as GB."));
    }
    if input.currency.len() != 3 || !input.currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(Error::invalid("currency", "A currency has three letters, such as GBP."));
    }
    let mut row = app.workspace().await?.into_active_model();
    row.name = Set(name);
    row.country = Set(input.country);
    row.currency = Set(input.currency);
    let tx = app.db.begin().await?;
    let row = row.update(&tx).await?;
    tx.commit().await?;
    Ok(Json(settings(row)))
}

fn settings(row: workspace::Model) -> Settings {
    Settings { workspace: row.name, country: row.country, currency: row.currency }
}

/// Makes what every workspace has: its own row, the record types, two roles.
pub async fn first_time(app: &App) -> Result<()> {
    let tx = app.db.begin().await?;
    if workspace::Entity::find().count(&tx).await? > 0 {
        return Ok(());
    }
    let secret = || app.seal.seal(&secret::token()?);
    let row = workspace::ActiveModel {
        id: Set(1),
        name: Set("Ringdock".to_owned()),
        country: Set("GB".to_owned()),
        currency: Set("GBP".to_owned()),
        inbound_secret: Set(secret()?),
        outbound_secret: Set(secret()?),
        log_secret: Set(secret()?),
        hmac_key: Set(None),
    };
    workspace::Entity::insert(row).exec_without_returning(&tx).await?;
    for (position, kind) in (0..).zip(builtin::types()) {
        let definition =
            serde_json::to_string(&kind).map_err(|e| Error::Internal(e.to_string()))?;
        let row = record_type::ActiveModel {
            key: Set(kind.key),
            position: Set(position),
            definition: Set(definition),
        };
        record_type::Entity::insert(row).exec_without_returning(&tx).await?;
    }
    let agent = [
        Permission::Call,
        Permission::Dial,
        Permission::Transfer,
        Permission::SeeOwnCalls,
        Permission::HearRecordings,
    ];
    for (name, permissions) in
        [("Administrator", Permission::ALL.as_slice()), ("Agent", agent.as_slice())]
    {
        let permissions =
            serde_json::to_string(permissions).map_err(|e| Error::Internal(e.to_string()))?;
        role::ActiveModel {
            name: Set(name.to_owned()),
            permissions: Set(permissions),
            ..Default::default()
        }
        .insert(&tx)
        .await?;
    }
    tx.commit().await
}
