//! Which number a call is placed from: the one place that decides it.

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Millis, Page,
    number::{CallFrom, CallFromQuery, LineNumber, NamedNumber},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    check,
    db::sql,
    entity::{number_user, own_number},
    error::{Error, Result},
    extract,
    number::{self, Number},
    records,
    time::now,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(all)).routes(routes!(usual, choose))
}

/// A number that a user may call from.
#[derive(Debug, Clone, FromQueryResult)]
struct Own {
    id: Id,
    number: String,
    name: String,
    chosen_at: Option<Millis>,
}

/// The numbers that a user may call from, oldest first.
#[derive(Debug)]
pub struct OwnNumbers(Vec<Own>);

#[derive(FromQueryResult)]
struct Last {
    own: String,
}

impl OwnNumbers {
    /// Those of this user.
    pub async fn of(db: &impl ConnectionTrait, user: Id) -> Result<Self> {
        let find = sql(
            db,
            "SELECT n.id, n.number, n.name, u.chosen_at FROM number_users u \
             JOIN numbers n ON n.id = u.number_id WHERE u.user_id = $1 ORDER BY n.id",
            [user.into()],
        );
        Ok(Self(Own::find_by_statement(find).all(db).await?))
    }

    /// The number that a call to `other` (as calls are filed) is placed from: the wanted one if the user may, else the one
    /// that `other` was last called from or called, else the one that the user chose last, else the first.
    pub async fn for_call(
        &self,
        db: &impl ConnectionTrait,
        wanted: &str,
        other: &str,
    ) -> Result<Option<NamedNumber>> {
        let number = match self.find(wanted) {
            Some(own) => Some(own),
            None if self.0.len() < 2 => self.0.first(),
            None => {
                let last = self.last_with(db, other).await?;
                let chosen = || self.0.iter().filter(|own| own.chosen_at.is_some());
                last.or_else(|| chosen().max_by_key(|own| own.chosen_at)).or(self.0.first())
            }
        };
        Ok(number.map(|own| NamedNumber { number: own.number.clone(), name: own.name.clone() }))
    }

    fn find(&self, number: &str) -> Option<&Own> {
        self.0.iter().find(|own| own.number == number)
    }

    /// The one in the newest call with `other` that went through any of them.
    async fn last_with(&self, db: &impl ConnectionTrait, other: &str) -> Result<Option<&Own>> {
        if other.is_empty() {
            return Ok(None);
        }
        let ours = (0..self.0.len()).map(|at| format!("${}", at + 2)).collect::<Vec<_>>();
        let text = format!(
            "SELECT own FROM (SELECT CASE WHEN direction = 'incoming' THEN callee ELSE caller END AS own, \
             started_at, id FROM calls WHERE other = $1) with_other WHERE own IN ({}) \
             ORDER BY started_at DESC, id DESC LIMIT 1",
            ours.join(", ")
        );
        let values = std::iter::once(other).chain(self.0.iter().map(|own| own.number.as_str()));
        let find = sql(db, &text, values.map(Into::into));
        let last = Last::find_by_statement(find).one(db).await?;
        Ok(last.and_then(|last| self.find(&last.own)))
    }
}

/// All numbers of the business, and which of them who asks may call from.
#[utoipa::path(get, path = "/api/line/numbers", tag = "line", responses((status = 200, body = Page<LineNumber>)))]
async fn all(State(app): State<App>, who: Who) -> Result<Json<Page<LineNumber>>> {
    let db = app.db.read();
    let own = OwnNumbers::of(db, who.person()?).await?;
    let rows = own_number::Entity::find().order_by_asc(own_number::Column::Id).all(db).await?;
    let told = |row: own_number::Model| LineNumber {
        may_call_from: own.find(&row.number).is_some(),
        number: row.number,
        name: row.name,
    };
    Ok(Json(Page::whole(rows.into_iter().map(told).collect())))
}

/// The number that a call to this one is placed from if the agent chooses none.
#[utoipa::path(get, path = "/api/line/call-from", tag = "line", params(CallFromQuery),
    responses((status = 200, body = CallFrom)))]
async fn usual(
    State(app): State<App>,
    who: Who,
    extract::Query(query): extract::Query<CallFromQuery>,
) -> Result<Json<CallFrom>> {
    check::at_most("number", &query.number, number::LONGEST)?;
    let country = records::country(&app, &who).await?;
    let db = app.db.read();
    let own = OwnNumbers::of(db, who.person()?).await?;
    let number = own.for_call(db, "", &Number::canonical(&query.number, &country)).await?;
    Ok(Json(CallFrom { number: number.map(|number| number.number) }))
}

/// Remembers that the agent chose this number.
#[utoipa::path(put, path = "/api/line/call-from", tag = "line", request_body = CallFrom, responses((status = 204)))]
async fn choose(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<CallFrom>,
) -> Result<StatusCode> {
    let user = who.person()?;
    let wanted = input.number.ok_or_else(|| Error::required("number"))?;
    let tx = app.db.begin().await?;
    let own = OwnNumbers::of(&tx, user).await?;
    let own = own.find(&wanted);
    let own = own.ok_or_else(|| Error::invalid("number", "You may not call from this number."))?;
    number_user::Entity::update_many()
        .col_expr(number_user::Column::ChosenAt, Expr::value(now()))
        .filter(number_user::Column::UserId.eq(user))
        .filter(number_user::Column::NumberId.eq(own.id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
