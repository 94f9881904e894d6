//! How the calls went.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use ringdock_api::{
    Id, Millis,
    call::{Direction, Outcome},
    statistics::{AgentTally, Day, OutcomeCount, Statistics, StatisticsQuery, Tally},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::store;
use crate::{
    app::App,
    check,
    db::sql,
    error::{Error, Result},
    extract,
    time::{DAY, MINUTE},
    users,
};

const LONGEST: Millis = 366 * DAY;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(statistics))
}

/// Calls counted by the database, for one day, agent, direction and outcome.
#[derive(FromQueryResult)]
struct Group {
    day: i64,
    agent_id: Option<Id>,
    direction: String,
    outcome: String,
    calls: i64,
    talk: i64,
}

/// How the calls of a span of time went.
#[utoipa::path(get, path = "/api/statistics", tag = "calls", params(StatisticsQuery),
    responses((status = 200, body = Statistics)))]
async fn statistics(
    State(app): State<App>,
    extract::Query(query): extract::Query<StatisticsQuery>,
) -> Result<Json<Statistics>> {
    check::at("since", query.since)?;
    check::at("until", query.until)?;
    if query.until <= query.since || query.until - query.since > LONGEST {
        return Err(Error::invalid("until", "This is after the beginning, and at most 366 days."));
    }
    let offset = query.utc_offset.unwrap_or(0);
    if !(-840..=840).contains(&offset) {
        return Err(Error::invalid("utc_offset", "This is -840 to 840 minutes."));
    }
    let offset = Millis::from(offset) * MINUTE;
    let db = app.db.read();
    let groups = groups(db, &query, offset).await?;
    let mut total = Tally::default();
    let (mut days, mut agents, mut outcomes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let day_of = |at: Millis| (at + offset).div_euclid(DAY);
    for day in day_of(query.since)..=day_of(query.until - 1) {
        days.insert(day, Tally::default());
    }
    for group in &groups {
        let outcome: Outcome = store::value(&group.outcome)?;
        let incoming = store::value::<Direction>(&group.direction)? == Direction::Incoming;
        let tally = Tally {
            calls: group.calls,
            incoming: if incoming { group.calls } else { 0 },
            answered: if outcome == Outcome::Answered { group.calls } else { 0 },
            talk_seconds: group.talk,
        };
        add(&mut total, tally);
        add(days.entry(group.day).or_default(), tally);
        add(agents.entry(group.agent_id).or_default(), tally);
        *outcomes.entry(outcome).or_default() += group.calls;
    }
    let names = users::people(db, agents.keys().flatten().copied()).await?;
    let mut agents: Vec<AgentTally> = agents
        .into_iter()
        .map(|(agent, tally)| AgentTally {
            agent: agent.and_then(|id| names.get(&id).cloned()),
            tally,
        })
        .collect();
    agents.sort_by_key(|entry| (entry.agent.is_none(), std::cmp::Reverse(entry.tally.calls)));
    Ok(Json(Statistics {
        total,
        days: days.into_iter().map(|(day, tally)| Day { at: day * DAY - offset, tally }).collect(),
        agents,
        outcomes: outcomes
            .into_iter()
            .map(|(outcome, calls)| OutcomeCount { outcome, calls })
            .collect(),
    }))
}

async fn groups(
    db: &impl ConnectionTrait,
    query: &StatisticsQuery,
    offset: Millis,
) -> Result<Vec<Group>> {
    let text = "SELECT (started_at + $3) / 86400000 AS day, agent_id, direction, outcome, \
                COUNT(*) AS calls, CAST(SUM(talk_seconds) AS BIGINT) AS talk FROM calls \
                WHERE started_at >= $1 AND started_at < $2 AND outcome <> 'ringing' AND ($4 = 0 OR agent_id = $4) \
                GROUP BY 1, 2, 3, 4";
    let values =
        [query.since.into(), query.until.into(), offset.into(), query.agent.unwrap_or(0).into()];
    Ok(Group::find_by_statement(sql(db, text, values)).all(db).await?)
}

fn add(sum: &mut Tally, more: Tally) {
    sum.calls += more.calls;
    sum.incoming += more.incoming;
    sum.answered += more.answered;
    sum.talk_seconds += more.talk_seconds;
}
