//! Much data, made inside the database.

use ringdock_rigs::postgres::Postgres;
use sea_orm::{ConnectionTrait, Database as Connector};

pub const RECORDS: u64 = 1_000_000;
pub const NUMBERS: u64 = 3 * RECORDS;

/// A contact with a long timeline.
pub const BUSY: u64 = 500_000;
pub const ENTRIES: u64 = 10_000;

/// The first of the records that are made, beyond those of the demo.
const FIRST: u64 = 1000;

/// What is filled.
pub enum Database {
    Sqlite(String),
    Postgres(String),
}

impl Database {
    pub fn postgres(postgres: &Postgres) -> Self {
        Self::Postgres(postgres.create("bench").unwrap())
    }

    pub fn place(&self) -> String {
        match self {
            Self::Sqlite(file) => file.clone(),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// Of a hundred records one is an account, two are deals of accounts, the others contacts of accounts.
    pub async fn fill(&self) {
        let url = match self {
            Self::Sqlite(file) => format!("sqlite://{file}"),
            Self::Postgres(url) => url.clone(),
        };
        let db = Connector::connect(&url).await.unwrap();
        let (rows, last) = (self.rows(FIRST, FIRST + RECORDS - 1), FIRST + RECORDS - 1);
        let of_account =
            format!("i - i % 100 + CASE WHEN i - i % 100 < {FIRST} THEN {FIRST} ELSE 0 END");
        let no = if matches!(self, Self::Sqlite(_)) { "0" } else { "false" };
        let numbered = self.rows(0, NUMBERS - 1);
        for sql in [
            format!(
                "INSERT INTO records (id, kind, title, status, closed, fields, created_at, updated_at) SELECT i, \
                 CASE WHEN i % 100 = 0 THEN 'account' WHEN i % 100 < 3 THEN 'deal' ELSE 'contact' END, \
                 'Person' || i, 'active', {no}, '{{\"last_name\":\"Person' || i || '\"}}', i, i FROM {rows}"
            ),
            format!(
                "INSERT INTO phones (subject, subject_id, field, typed, e164, digits) SELECT 'record', {FIRST} + i / 3, \
                 CASE i % 3 WHEN 0 THEN 'phone' WHEN 1 THEN 'mobile' ELSE 'fax' END, '0' || ({BASE} + i), \
                 '+44' || ({BASE} + i), '0' || ({BASE} + i) FROM {numbered}"
            ),
            format!("INSERT INTO words (word, record_id) SELECT 'person' || i, i FROM {rows}"),
            format!(
                "INSERT INTO links (record_id, field, target_id) SELECT i, 'account', {of_account} FROM {rows} WHERE i % 100 <> 0"
            ),
            self.calls(),
            format!(
                "INSERT INTO notes (id, key, digest, record_id, text, created_at) SELECT 1000000 + i, 'bench-' || i, '', {BUSY}, \
                 'What was said, the ' || i || 'th time.', 1700000000000 + i * 60000 FROM {}",
                self.rows(1, ENTRIES / 2)
            ),
            format!(
                "INSERT INTO timeline (record_id, at, kind, ref_id) SELECT {BUSY}, created_at, 'note', id FROM notes WHERE id > 1000000"
            ),
            format!(
                "INSERT INTO timeline (record_id, at, kind, ref_id) SELECT {BUSY}, started_at, 'call', id FROM calls WHERE id > 1000000"
            ),
            format!(
                "INSERT INTO call_links (call_id, subject, subject_id, field) SELECT id, 'record', {BUSY}, 'phone' FROM calls WHERE id > 1000000"
            ),
            "ANALYZE".to_owned(),
        ] {
            db.execute_unprepared(&sql).await.unwrap_or_else(|e| panic!("{e}: {sql}"));
        }
        assert!(last > BUSY);
        db.close().await.unwrap();
    }

    fn calls(&self) -> String {
        let facts = r#"{"direction":["Dock","incoming"],"was_answered":true}"#;
        format!(
            "INSERT INTO calls (id, facts, channel, direction, caller, callee, other, outcome, started_at, answered_at, ended_at, \
             talk_seconds, agent_id, heard_at) SELECT 1000000 + i, '{facts}', 'pbx', 'incoming', '+442079460000', '1001', \
             '+442079460000', 'answered', 1700000030000 + i * 60000, 1700000040000 + i * 60000, 1700000070000 + i * 60000, 30, \
             1, 1700000070000 FROM {}",
            self.rows(1, ENTRIES / 2)
        )
    }

    /// Numbers from `first` to `last` as a table with the column `i`.
    fn rows(&self, first: u64, last: u64) -> String {
        match self {
            Self::Postgres(..) => format!("generate_series({first}::bigint, {last}) AS s(i)"),
            Self::Sqlite(_) => format!(
                "(WITH RECURSIVE s(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM s WHERE i < {last}) SELECT i FROM s)"
            ),
        }
    }
}

/// The first number in the United Kingdom that is given out here.
const BASE: u64 = 7_400_000_000;

/// One of the numbers, in E.164, as it stands in an address.
pub fn number(index: u64) -> String {
    format!("%2B44{}", BASE + index)
}

/// Numbers that look random and are the same each time (xorshift64*).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % limit
    }
}
