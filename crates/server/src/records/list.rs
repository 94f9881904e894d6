//! Lists and searches records.

use axum::{Json, extract::State};
use ringdock_api::{
    Page,
    record::{Record, RecordQuery},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query, SimpleExpr},
};

use super::{brief, value};
use crate::{
    app::App,
    auth::Who,
    entity::{link, record, word},
    error::{Error, Result},
    extract,
    number::{self, Number},
    page::{self, Part},
};

/// A beginning this short fits so many records that they are better walked through in the list's order.
const SHORT: usize = 3;
const MOST_WORDS: usize = 8;

/// Records, the newest change first.
#[utoipa::path(get, path = "/api/records", tag = "records", params(RecordQuery),
    responses((status = 200, body = Page<Record>)))]
pub async fn list(
    State(app): State<App>,
    who: Who,
    extract::Query(query): extract::Query<RecordQuery>,
) -> Result<Json<Page<Record>>> {
    let part = Part::read(query.cursor.as_deref(), query.limit)?;
    let (at, id) = part.after;
    let mut found = record::Entity::find().filter(record::Column::DeletedAt.is_null()).filter(
        Condition::any()
            .add(record::Column::UpdatedAt.lt(at))
            .add(record::Column::UpdatedAt.eq(at).and(record::Column::Id.lt(id))),
    );
    if let Some(kind) = query.record_type {
        found = found.filter(record::Column::Kind.eq(kind));
    }
    if let Some(status) = query.status {
        found = found.filter(record::Column::Status.eq(status));
    }
    if let Some(target) = query.linked_to {
        let linked = Query::select()
            .column(link::Column::RecordId)
            .from(link::Entity)
            .and_where(link::Column::TargetId.eq(target))
            .to_owned();
        found = found.filter(record::Column::Id.in_subquery(linked));
    }
    let search = query.search.unwrap_or_default();
    if search.len() > 200 {
        return Err(Error::too_long("search", 200));
    }
    let numbers = match number::is_part(&search, SHORT) {
        true => numbers(app.db.read(), &search, &super::country(&app, &who).await?).await?,
        false => None,
    };
    match numbers {
        Some(numbers) => found = found.filter(with_word(&numbers)),
        None => {
            for begin in value::words(&search).take(MOST_WORDS) {
                found = found.filter(with_word(&[begin]));
            }
        }
    }
    let found = found.order_by_desc(record::Column::UpdatedAt).order_by_desc(record::Column::Id);
    let mut rows = found.limit(part.fetch()).all(app.db.read()).await?;
    let next = part.cut(&mut rows, |row| (row.updated_at, row.id));
    Ok(Json(page::page(brief::records(app.db.read(), rows).await?, next)))
}

/// How a number may begin in the index: as it was typed, and as its country writes it for others. None if nothing begins
/// so: then the groups of digits may be the name of something, `2026/118`.
async fn numbers(
    db: &impl ConnectionTrait,
    text: &str,
    country: &str,
) -> Result<Option<Vec<String>>> {
    let number = Number::read(text, country);
    let e164 = number.e164.map(|e164| e164.trim_start_matches('+').to_owned());
    let begins: Vec<String> = std::iter::once(number.digits).chain(e164).collect();
    let known = word::Entity::find().filter(begins_with(&begins)).one(db).await?;
    Ok(known.map(|_| begins))
}

/// Has a word that begins in one of these ways.
fn with_word(begins: &[String]) -> SimpleExpr {
    let mut words = Query::select();
    words.from(word::Entity).cond_where(begins_with(begins));
    if begins.iter().all(|begin| begin.chars().count() >= SHORT) {
        return record::Column::Id.in_subquery(words.column(word::Column::RecordId).to_owned());
    }
    let same = Expr::col((word::Entity, word::Column::RecordId))
        .equals((record::Entity, record::Column::Id));
    Expr::exists(words.expr(Expr::val(1)).and_where(same).to_owned())
}

/// A word begins in one of these ways. The end of a range is the highest character there is.
fn begins_with(begins: &[String]) -> Condition {
    begins.iter().fold(Condition::any(), |any, begin| {
        let end = format!("{begin}\u{10FFFF}");
        any.add(word::Column::Word.gte(begin).and(word::Column::Word.lt(end)))
    })
}
