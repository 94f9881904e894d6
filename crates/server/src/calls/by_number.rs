//! Calls with a number, or a part of one, on the other side.

use ringdock_api::call::CallQuery;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::SimpleExpr,
};

use crate::{
    app::App,
    auth::Who,
    check,
    entity::call,
    error::Result,
    number::{self, Number},
    records,
};

/// Fewer digits are an extension or a service code, and are meant as a whole.
const SHORTEST_PART: usize = 3;

/// A part that fits more numbers than these is in so many calls that they are better walked through in the list's order.
const FEW: u64 = 200;

/// What the number of a query means for a row of `calls`: a whole number that was called, in any way of writing; else the
/// beginning of one, or its last digits.
pub async fn with_number(app: &App, who: &Who, query: &CallQuery) -> Result<Option<SimpleExpr>> {
    let Some(typed) = &query.number else { return Ok(None) };
    check::at_most("number", typed, number::LONGEST)?;
    let country = records::country(app, who).await?;
    let db = app.db.read();
    let whole = call::Column::Other.eq(Number::canonical(typed, &country));
    let is_whole = Number::read(typed, &country).e164.is_some() && is_there(db, &whole).await?;
    if is_whole || !number::is_part(typed, SHORTEST_PART) {
        return Ok(Some(whole));
    }
    let part = with_part(typed, &country);
    // No row is read for this: all there is to compare is in an index.
    let numbers = call::Entity::find().select_only().column(call::Column::Other).distinct();
    let numbers: Vec<String> =
        numbers.filter(part.clone()).limit(FEW + 1).into_tuple().all(db).await?;
    let are_few = u64::try_from(numbers.len()).is_ok_and(|count| count <= FEW);
    Ok(Some(if are_few { call::Column::Other.is_in(numbers) } else { part }))
}

async fn is_there(db: &impl ConnectionTrait, number: &SimpleExpr) -> Result<bool> {
    let ids = call::Entity::find().select_only().column(call::Column::Id);
    let first: Option<i64> = ids.filter(number.clone()).into_tuple().one(db).await?;
    Ok(first.is_some())
}

fn with_part(typed: &str, country: &str) -> SimpleExpr {
    let begins = number::beginnings(typed, country);
    let (as_typed, others) = begins.split_first().map_or(("", &[][..]), |(a, b)| (a.as_str(), b));
    let mut patterns = vec![format!("{as_typed}%")];
    patterns.extend(others.iter().map(|begin| format!("+{begin}%")));
    patterns.push(match number::is_international(typed) {
        true => format!("+{as_typed}%"),
        // A zero stands before a national number, or among the last digits.
        false if as_typed.starts_with('0') => format!("%{as_typed}"),
        false => format!("%{as_typed}%"),
    });
    let any = patterns.iter().fold(Condition::any(), |any, pattern| {
        // Digits alone: nothing in it means anything to LIKE.
        any.add(call::Column::Other.like(pattern))
    });
    any.into()
}
