//! A channel's id of a call.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_ids")]
pub struct Model {
    /// Channel, colon, the channel's own id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub call_id: i64,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
