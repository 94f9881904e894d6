//! A page of an agent who is there.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence_pages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// Of the client; empty for all that do not say which page they are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub page: String,
    /// A state of `ringdock_api::presence`.
    pub state: String,
    /// When it last reported.
    pub heard_at: i64,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
