//! Lists and searches records.

use axum::{Json, extract::State};
use ringdock_api::{
    Page,
    record::{Record, RecordQuery},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};

use super::{brief, value};
use crate::{
    app::App,
    entity::{link, record, word},
    error::{Error, Result},
    extract,
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
    for begin in value::words(&search).take(MOST_WORDS) {
        found = found.filter(with_word(&begin));
    }
    let found = found.order_by_desc(record::Column::UpdatedAt).order_by_desc(record::Column::Id);
    let mut rows = found.limit(part.fetch()).all(app.db.read()).await?;
    let next = part.cut(&mut rows, |row| (row.updated_at, row.id));
    Ok(Json(page::page(brief::records(app.db.read(), rows).await?, next)))
}

/// Has a word that begins so. The end of the range is the highest character there is.
fn with_word(begin: &str) -> sea_orm::sea_query::SimpleExpr {
    let mut words = Query::select();
    words.from(word::Entity).and_where(word::Column::Word.gte(begin));
    words.and_where(word::Column::Word.lt(format!("{begin}\u{10FFFF}")));
    if begin.chars().count() >= SHORT {
        return record::Column::Id.in_subquery(words.column(word::Column::RecordId).to_owned());
    }
    let same = Expr::col((word::Entity, word::Column::RecordId))
        .equals((record::Entity, record::Column::Id));
    Expr::exists(words.expr(Expr::val(1)).and_where(same).to_owned())
}
