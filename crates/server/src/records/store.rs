//! Writes records with what is derived from them: phone numbers, words, links.

use ringdock_api::{Fields, Id, record::RecordType};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    fields, types,
    value::{Numbers, Values},
};
use crate::{
    db::unique,
    entity::{link, phone, record, word},
    error::{Error, Result},
    once::Once,
    time::now,
};

/// A record, if it is there and was not deleted.
pub async fn find(db: &impl ConnectionTrait, id: Id) -> Result<Option<record::Model>> {
    let row = record::Entity::find_by_id(id).filter(record::Column::DeletedAt.is_null());
    Ok(row.one(db).await?)
}

/// A record that was not deleted.
pub async fn existing(db: &impl ConnectionTrait, id: Id) -> Result<record::Model> {
    find(db, id).await?.ok_or(Error::NotFound)
}

/// The same, for a change: until it is committed, other changes of this record wait. (In SQLite, writers wait anyhow.)
pub async fn to_change(tx: &impl ConnectionTrait, id: Id) -> Result<record::Model> {
    let row = record::Entity::find_by_id(id).filter(record::Column::DeletedAt.is_null());
    row.lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

/// Makes a record.
pub async fn insert(
    tx: &impl ConnectionTrait,
    kind: &RecordType,
    new: &Fields,
    country: &str,
    once: Option<Once>,
) -> Result<record::Model> {
    let mut fields = new.clone();
    if let Some(field) = kind.status_field()
        && fields.get(&field.key).is_none()
        && let Some(first) = field.options.first()
    {
        fields.set(&field.key, &first.value);
    }
    let numbers = Numbers { known: &[], country };
    let values = Values::read(tx, kind, &Fields::default(), &fields, &numbers).await?;
    let now = now();
    let (key, digest) = once.map(|once| (once.key, once.digest)).unzip();
    let row = record::ActiveModel {
        kind: Set(kind.key.clone()),
        created_at: Set(now),
        updated_at: Set(now),
        key: Set(key),
        digest: Set(digest),
        ..columns(&values)?
    };
    // Another request with this key was faster; a moment later it will be known.
    let row = row.insert(tx).await.map_err(|error| unique(error, || Error::Busy))?;
    index(tx, row.id, &values).await?;
    Ok(row)
}

/// Puts `changed` over a record's values.
pub async fn update(
    tx: &impl ConnectionTrait,
    id: Id,
    changed: &Fields,
    country: &str,
) -> Result<record::Model> {
    let row = to_change(tx, id).await?;
    let kind = types::find(tx, &row.kind).await?.ok_or(Error::NotFound)?;
    let numbers = Numbers { known: &phones(tx, id).await?, country };
    let values = Values::read(tx, &kind, &fields(&row)?, changed, &numbers).await?;
    let updated_at = now().max(row.updated_at);
    let row = record::ActiveModel { id: Set(id), updated_at: Set(updated_at), ..columns(&values)? };
    let row = row.update(tx).await?;
    unindex(tx, id).await?;
    index(tx, id, &values).await?;
    Ok(row)
}

fn columns(values: &Values) -> Result<record::ActiveModel> {
    let fields =
        serde_json::to_string(&values.fields).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(record::ActiveModel {
        title: Set(values.title.clone()),
        status: Set(values.status.clone()),
        closed: Set(values.closed),
        fields: Set(fields),
        ..Default::default()
    })
}

async fn index(tx: &impl ConnectionTrait, id: Id, values: &Values) -> Result<()> {
    let phones = values.phones.iter().map(|(field, typed, number)| phone::ActiveModel {
        subject: Set("record".to_owned()),
        subject_id: Set(id),
        field: Set(field.clone()),
        typed: Set(typed.clone()),
        e164: Set(number.e164.clone()),
        digits: Set(number.digits.clone()),
        ..Default::default()
    });
    let phones: Vec<_> = phones.collect();
    if !phones.is_empty() {
        phone::Entity::insert_many(phones).exec_without_returning(tx).await?;
    }
    let row = |word: &String| word::ActiveModel {
        word: Set(word.clone()),
        record_id: Set(id),
        ..Default::default()
    };
    let words: Vec<_> = values.words.iter().map(row).collect();
    if !words.is_empty() {
        word::Entity::insert_many(words).exec_without_returning(tx).await?;
    }
    let links = values.links.iter().map(|(field, target)| link::ActiveModel {
        record_id: Set(id),
        field: Set(field.clone()),
        target_id: Set(*target),
        ..Default::default()
    });
    let links: Vec<_> = links.collect();
    if !links.is_empty() {
        link::Entity::insert_many(links).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Takes a record out of what is searched.
pub async fn unindex(tx: &impl ConnectionTrait, id: Id) -> Result<()> {
    let phones = phone::Entity::delete_many().filter(phone::Column::Subject.eq("record"));
    phones.filter(phone::Column::SubjectId.eq(id)).exec(tx).await?;
    word::Entity::delete_many().filter(word::Column::RecordId.eq(id)).exec(tx).await?;
    link::Entity::delete_many().filter(link::Column::RecordId.eq(id)).exec(tx).await?;
    Ok(())
}

/// A record's phone fields, as they are stored.
async fn phones(tx: &impl ConnectionTrait, id: Id) -> Result<Vec<phone::Model>> {
    let rows = phone::Entity::find().filter(phone::Column::Subject.eq("record"));
    Ok(rows.filter(phone::Column::SubjectId.eq(id)).all(tx).await?)
}

/// Derives title, status and indexes of all records of a type whose definition changed. Numbers keep the country that they
/// were saved with; a field that becomes one for numbers is read as of `country`.
pub async fn derive_again(
    tx: &impl ConnectionTrait,
    kind: &RecordType,
    country: &str,
) -> Result<()> {
    let mut last = 0;
    loop {
        let rows = record::Entity::find()
            .filter(record::Column::Kind.eq(&kind.key))
            .filter(record::Column::Id.gt(last))
            .filter(record::Column::DeletedAt.is_null())
            .order_by_asc(record::Column::Id)
            .limit(500)
            .all(tx)
            .await?;
        let Some(end) = rows.last().map(|row| row.id) else { return Ok(()) };
        last = end;
        for row in rows {
            derive_one(tx, kind, row, country).await?;
        }
    }
}

async fn derive_one(
    tx: &impl ConnectionTrait,
    kind: &RecordType,
    row: record::Model,
    country: &str,
) -> Result<()> {
    let numbers = Numbers { known: &phones(tx, row.id).await?, country };
    let values = Values::derive(kind, fields(&row)?, &numbers);
    let id = row.id;
    let mut changed = row.into_active_model();
    changed.title = Set(values.title.clone());
    changed.status = Set(values.status.clone());
    changed.closed = Set(values.closed);
    changed.update(tx).await?;
    unindex(tx, id).await?;
    index(tx, id, &values).await
}
