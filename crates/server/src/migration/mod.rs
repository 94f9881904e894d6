//! The tables and how they change from version to version. A migration that was released is never edited.

mod m0001_tables;
mod m0002_indexes;
mod m0003_presence;
mod m0004_numbers;
mod m0005_record_keys;
mod m0006_presence_pages;

use sea_orm_migration::prelude::*;

/// All migrations, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tables::Migration),
            Box::new(m0002_indexes::Migration),
            Box::new(m0003_presence::Migration),
            Box::new(m0004_numbers::Migration),
            Box::new(m0005_record_keys::Migration),
            Box::new(m0006_presence_pages::Migration),
        ]
    }
}
