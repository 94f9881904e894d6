//! An account on a PBX.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voip_accounts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: Option<i64>,
    pub bridging: bool,
    pub shared: bool,
    pub username: String,
    pub identity: String,
    /// Sealed.
    pub password: String,
    pub server: String,
    pub prefix: String,
    pub postfix: String,
    pub format: String,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
