//! A call, as all its reports together tell it.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calls")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// JSON of `calls::facts::Facts`, from which the rest is derived.
    pub facts: String,
    pub channel: String,
    pub direction: String,
    pub caller: String,
    pub callee: String,
    /// The other side's number.
    pub other: String,
    pub outcome: String,
    pub started_at: i64,
    pub answered_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub talk_seconds: i64,
    pub agent_id: Option<i64>,
    /// When somebody last said that it goes on.
    pub heard_at: i64,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
