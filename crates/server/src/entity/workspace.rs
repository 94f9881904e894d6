//! The one row of what holds for everybody.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workspace")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The company's name.
    pub name: String,
    /// Default country, ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    /// Sealed.
    pub inbound_secret: String,
    /// Sealed.
    pub outbound_secret: String,
    /// Sealed.
    pub log_secret: String,
    /// Sealed; none for reports without a signature.
    pub hmac_key: Option<String>,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
