//! Closes calls that nobody reports on any longer: a dock or this server died in mid-call.

use std::cmp::Reverse;

use ringdock_api::{
    Millis,
    call::{Direction, Outcome},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, Query},
};

use super::{
    facts::{Facts, Said, Source},
    pbx::OWN,
    store,
};
use crate::{
    app::App,
    entity::{call, call_id},
    error::Result,
    time::{HOUR, MINUTE, now},
};

/// A dock says every half minute that its call goes on.
const SILENCE: Millis = 3 * MINUTE;

/// A PBX says nothing between a call's begin and its end.
const SILENCE_OF_PBX: Millis = 4 * HOUR;

/// Closes what has been silent for too long, with what is known: it ended when it was last heard of.
pub async fn abandoned(app: &App) -> Result<usize> {
    let now = now();
    let of_docks = Query::select()
        .column(call_id::Column::CallId)
        .from(call_id::Entity)
        .and_where(
            Expr::col((call_id::Entity, call_id::Column::CallId))
                .equals((call::Entity, call::Column::Id)),
        )
        .and_where(call_id::Column::Key.not_like(format!("{OWN}%")))
        .to_owned();
    let long = call::Column::HeardAt.lt(now - SILENCE_OF_PBX);
    let silent = call::Entity::find()
        .filter(call::Column::EndedAt.is_null())
        .filter(call::Column::HeardAt.lt(now - SILENCE))
        .filter(long.or(Expr::exists(of_docks)))
        .limit(100)
        .all(app.db.read())
        .await?;
    for row in &silent {
        close(app, row).await?;
    }
    Ok(silent.len())
}

async fn close(app: &App, row: &call::Model) -> Result<()> {
    let facts = store::facts(row)?;
    let outcome = match facts.direction() {
        Direction::Incoming => Outcome::NoAnswer,
        Direction::Outgoing => Outcome::Failed,
    };
    let guess = Facts {
        ended: Some(Said(Source::Guess, row.heard_at.max(row.started_at))),
        outcome: (!facts.was_answered).then_some(Said(Source::Guess, outcome)),
        started: Some(Said(Source::Guess, Reverse(row.started_at))),
        ..Facts::default()
    };
    let mut tx = app.db.begin().await?;
    let names = call_id::Entity::find().filter(call_id::Column::CallId.eq(row.id)).all(&tx).await?;
    let names: Vec<String> = names.into_iter().map(|name| name.key).collect();
    if !names.is_empty() {
        store::join(&mut tx, &names, &guess).await?;
    }
    tx.commit().await
}
