//! Lists and searches records.

use std::cmp::Reverse;

use axum::{Json, extract::State};
use ringdock_api::{
    Page,
    record::{Record, RecordQuery},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, IntoIden, Query, SimpleExpr, UnionType},
};

use super::{brief, value};
use crate::{
    app::App,
    auth::Who,
    entity::{link, record, word},
    error::{Error, Result},
    extract,
    number::Number,
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
    if is_number(&search) {
        let country = super::country(&app, &who).await?;
        found = found.filter(with_number(&search, &country));
    } else {
        for begin in value::words(&search).take(MOST_WORDS) {
            found = found.filter(with_word(&begin));
        }
    }
    let found = found.order_by_desc(record::Column::UpdatedAt).order_by_desc(record::Column::Id);
    let mut rows = found.limit(part.fetch()).all(app.db.read()).await?;
    let next = part.cut(&mut rows, |row| (row.updated_at, row.id));
    Ok(Json(page::page(brief::records(app.db.read(), rows).await?, next)))
}

/// Whether a text can be nothing but a phone number, or the beginning of one.
fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c))
}

/// Has the number, as it was typed or as its country writes it for others. The same digits may be the name of something
/// else, `2026/118`: then their groups are words.
fn with_number(text: &str, country: &str) -> SimpleExpr {
    let number = Number::read(text, country);
    let e164 = number.e164.map(|e164| e164.trim_start_matches('+').to_owned());
    let ranges = std::iter::once(number.digits)
        .chain(e164)
        .fold(Condition::any(), |any, begin| any.add(begins(word::Entity, &begin)));
    let mut rows = Query::select();
    rows.column(word::Column::RecordId).from(word::Entity).cond_where(ranges);
    let mut groups: Vec<String> = value::words(text).take(MOST_WORDS).collect();
    // The longest is in the fewest records.
    groups.sort_by_key(|group| Reverse(group.len()));
    if let [first, others @ ..] = &groups[..]
        && !others.is_empty()
    {
        let mut named = Query::select();
        named.column(word::Column::RecordId).from(word::Entity);
        named.and_where(begins(word::Entity, first));
        for other in others {
            let also = Alias::new("also");
            let same = Expr::col((also.clone(), word::Column::RecordId))
                .equals((word::Entity, word::Column::RecordId));
            let mut beside = Query::select();
            beside.expr(Expr::val(1)).from_as(word::Entity, also.clone()).and_where(same);
            named.and_where(Expr::exists(beside.and_where(begins(also, other)).to_owned()));
        }
        rows.union(UnionType::Distinct, named);
    }
    record::Column::Id.in_subquery(rows)
}

/// Has a word that begins so.
fn with_word(begin: &str) -> SimpleExpr {
    let mut words = Query::select();
    words.from(word::Entity).and_where(begins(word::Entity, begin));
    if begin.chars().count() >= SHORT {
        return record::Column::Id.in_subquery(words.column(word::Column::RecordId).to_owned());
    }
    let same = Expr::col((word::Entity, word::Column::RecordId))
        .equals((record::Entity, record::Column::Id));
    Expr::exists(words.expr(Expr::val(1)).and_where(same).to_owned())
}

/// The word of that table begins so. The end of the range is the highest character there is.
fn begins(table: impl IntoIden, begin: &str) -> SimpleExpr {
    let word = Expr::col((table.into_iden(), word::Column::Word));
    word.clone().gte(begin).and(word.lt(format!("{begin}\u{10FFFF}")))
}
