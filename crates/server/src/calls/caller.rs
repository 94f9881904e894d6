//! Whose call it is that a PBX reports.

use std::time::{Duration, Instant};

use ringdock_api::{Id, call::Direction, pbx::PbxReport};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    app::App,
    entity::{user, voip_account},
    error::Result,
    users,
};

/// A PBX that places a call waits so long to be told who calls; ours gives an answer two seconds.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is looked whether the dock has told.
const STEP: Duration = Duration::from_millis(50);

/// The agent of a call: the user whose own line has the extension. On a line that is used by all the extension does not
/// tell who calls out, but the caller's dock does, under the SIP `Call-ID` of the same call and in its agent's name; that
/// may come a moment later than the PBX's report, and is waited for with `patience`. No transaction may be open meanwhile.
///
/// # Errors
/// The database does not tell.
pub async fn agent(
    app: &App,
    report: &PbxReport,
    direction: Option<Direction>,
    patience: Duration,
) -> Result<Option<Id>> {
    let calls_out = direction == Some(Direction::Outgoing);
    if !calls_out || !is_shared(app, &report.extension).await? {
        return users::with_extension(app.db.read(), &report.extension).await;
    }
    if report.sip_call_id.is_empty() {
        return Ok(None);
    }
    let begin = Instant::now();
    loop {
        let call = super::find(app.db.read(), &report.sip_call_id).await?;
        let agent = call.and_then(|call| call.agent_id);
        if agent.is_some() || begin.elapsed() >= patience {
            return Ok(agent);
        }
        tokio::time::sleep(STEP).await;
    }
}

/// The country whose national numbers the agent means; none if it is the workspace's.
///
/// # Errors
/// The database does not tell.
pub async fn country(db: &impl ConnectionTrait, agent: Id) -> Result<Option<String>> {
    let user = user::Entity::find_by_id(agent).one(db).await?;
    Ok(user.and_then(|user| user.country))
}

/// Whether an account that is used by all has the extension.
async fn is_shared(app: &App, extension: &str) -> Result<bool> {
    if extension.is_empty() {
        return Ok(false);
    }
    let shared = voip_account::Entity::find().filter(voip_account::Column::Shared.eq(true));
    let shared = shared.all(app.db.read()).await?;
    Ok(shared.iter().any(|account| account.identity.split('@').next() == Some(extension)))
}
