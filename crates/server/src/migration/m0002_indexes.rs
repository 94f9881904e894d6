//! What is looked up by other columns than those of the first indexes.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Table, columns.
const INDEXES: [(&str, &[&str]); 3] = [
    // A record's newest notes.
    ("notes", &["record_id", "created_at", "id"]),
    // Where a call or a note stands, when it moves or goes.
    ("timeline", &["kind", "ref_id"]),
    // What was told to a webhook.
    ("deliveries", &["webhook_id", "id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(format!("{table}_{}", columns.join("_"))).table(Alias::new(table));
            columns.iter().for_each(|column| {
                index.col(Alias::new(*column));
            });
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
