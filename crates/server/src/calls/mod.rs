//! Calls: one record each, however many sources report it.

mod by_number;
mod caller;
pub mod close;
mod csv;
pub mod facts;
pub mod links;
mod list;
pub mod pbx;
mod report;
pub mod statistics;
pub mod store;
pub mod tell;

use ringdock_api::Id;
use sea_orm::{ConnectionTrait, EntityTrait};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::App,
    entity::{call, call_id},
    error::Result,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(report::router())
        .merge(list::router())
        .merge(csv::router())
        .merge(links::router())
        .merge(statistics::router())
        .merge(pbx::router())
}

/// The call that a channel knows by that id.
pub async fn find(db: &impl ConnectionTrait, channel_id: &str) -> Result<Option<call::Model>> {
    match call_id::Entity::find_by_id(channel_id).one(db).await? {
        Some(row) => by_id(db, row.call_id).await,
        None => Ok(None),
    }
}

/// The call of that number.
pub async fn by_id(db: &impl ConnectionTrait, id: Id) -> Result<Option<call::Model>> {
    Ok(call::Entity::find_by_id(id).one(db).await?)
}
