//! What makes a record that is sent twice one record. Records of before have no key.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in ["key", "digest"] {
            let mut column = ColumnDef::new(Alias::new(column)).text().to_owned();
            let mut table = Table::alter();
            table.table(Alias::new("records")).add_column(&mut column);
            manager.alter_table(table).await?;
        }
        let mut index = Index::create();
        index.name("records_key").table(Alias::new("records")).col(Alias::new("key")).unique();
        manager.create_index(index).await
    }
}
