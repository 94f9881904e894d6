//! An agent who is there.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// A state of `ringdock_api::presence`.
    pub state: String,
    /// Since when they are in that state.
    pub since: i64,
    /// When their dock last reported.
    pub heard_at: i64,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
