//! Puts rows together to what is told of records.

use std::collections::HashMap;

use ringdock_api::{
    Id,
    record::{Link, Phone, Record, RecordBrief},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    entity::{link, phone, record},
    error::Result,
};

/// A record in a few words.
pub fn brief(row: &record::Model) -> RecordBrief {
    RecordBrief {
        id: row.id,
        record_type: row.kind.clone(),
        title: row.title.clone(),
        status: row.status.clone(),
    }
}

/// Those of some records that were not deleted, in a few words.
pub async fn briefs(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, RecordBrief>> {
    let mut ids: Vec<Id> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = record::Entity::find().filter(record::Column::Id.is_in(ids));
    let rows = rows.filter(record::Column::DeletedAt.is_null()).all(db).await?;
    Ok(rows.iter().map(|row| (row.id, brief(row))).collect())
}

/// Whole records, in the order of their rows.
pub async fn records(db: &impl ConnectionTrait, rows: Vec<record::Model>) -> Result<Vec<Record>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let phones = phone::Entity::find()
        .filter(phone::Column::Subject.eq("record"))
        .filter(phone::Column::SubjectId.is_in(ids.clone()))
        .order_by_asc(phone::Column::Id)
        .all(db)
        .await?;
    let links = link::Entity::find()
        .filter(link::Column::RecordId.is_in(ids))
        .order_by_asc(link::Column::Id);
    let links = links.all(db).await?;
    let targets = briefs(db, links.iter().map(|link| link.target_id)).await?;
    rows.into_iter().map(|row| whole(row, &phones, &links, &targets)).collect()
}

fn whole(
    row: record::Model,
    phones: &[phone::Model],
    links: &[link::Model],
    targets: &HashMap<Id, RecordBrief>,
) -> Result<Record> {
    let phones = phones.iter().filter(|phone| phone.subject_id == row.id).map(|phone| Phone {
        field: phone.field.clone(),
        typed: phone.typed.clone(),
        e164: phone.e164.clone(),
    });
    let links = links.iter().filter(|link| link.record_id == row.id).filter_map(|link| {
        let record = targets.get(&link.target_id)?.clone();
        Some(Link { field: link.field.clone(), record })
    });
    Ok(Record {
        fields: super::fields(&row)?,
        phones: phones.collect(),
        links: links.collect(),
        id: row.id,
        record_type: row.kind,
        title: row.title,
        status: row.status,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
