//! Both engines with the whole schema and no rows: enough to prepare, plan and ask what is touched.

use super::touched::Touched;
use kernel::schema::{FILES, Table, statements, tables};
use kernel::statement::{Dialect, Rendered};
use rusqlite::Connection;
use rusqlite::hooks::{AuthContext, Authorization};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};
use vaktbok_tests::Database;

/// The tables with what their `--@` lines say.
pub static TABLES: LazyLock<BTreeMap<String, Table>> =
    LazyLock::new(|| tables(FILES).unwrap().into_iter().map(|table| (table.name.clone(), table)).collect());

/// Does the schema say this of the table? Unknown tables (indexes for searching) have no attributes.
pub fn says(table: &str, attribute: &str) -> bool {
    TABLES.get(table).is_some_and(|table| table.is(attribute))
}

/// SQLite in memory.
pub struct Sqlite {
    connection: Connection,
    touched: Arc<Mutex<Touched>>,
}

impl Sqlite {
    pub fn new() -> Sqlite {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("create table schema_version (number integer primary key)").unwrap();
        for file in FILES {
            for statement in statements(file, Dialect::Sqlite, "").unwrap() {
                connection.execute_batch(&statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
            }
        }
        assert!(kernel::estimates::write(&connection).unwrap(), "written once");
        assert!(!kernel::estimates::write(&connection).unwrap(), "and kept");
        Sqlite { connection, touched: Arc::default() }
    }

    /// The connection alone.
    pub fn into_connection(self) -> Connection {
        self.connection
    }

    /// What the statement touches, or why SQLite does not understand it.
    pub fn touched(&self, rendered: &Rendered) -> Result<Touched, String> {
        *self.touched.lock().unwrap() = Touched::default();
        let noted = Arc::clone(&self.touched);
        let note = move |context: AuthContext<'_>| {
            noted.lock().unwrap().note(&context);
            Authorization::Allow
        };
        self.connection.authorizer(Some(note)).unwrap();
        let prepared = self.connection.prepare(&rendered.text).map(drop);
        self.connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).unwrap();
        prepared.map_err(|error| error.to_string())?;
        Ok(self.touched.lock().unwrap().clone())
    }

    /// The lines of the query plan.
    pub fn plan(&self, rendered: &Rendered) -> Vec<String> {
        let explain = format!("explain query plan {}", rendered.text);
        let Ok(mut prepared) = self.connection.prepare(&explain) else { return Vec::new() };
        let mut rows = prepared.raw_query();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            lines.push(row.get::<_, String>(3).unwrap());
        }
        lines
    }
}

/// Tenants that large tables are filled for, and rows of each.
const TENANTS: usize = 4;
const ROWS: usize = 2_000;

/// PostgreSQL as the application's role, which is how the product prepares.
pub struct Postgres {
    client: tokio_postgres::Client,
    database: Database,
}

impl Postgres {
    pub async fn new() -> Postgres {
        let database = Database::fresh().await;
        let (owner, role) = (database.owner_url(), database.application());
        tokio::task::spawn_blocking(move || kernel::Store::migrate_postgres(&owner, &role))
            .await
            .unwrap()
            .unwrap();
        let url = database.application_url();
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        Postgres { client, database }
    }

    /// Fills every large table for some tenants, so that the planner knows what narrows.
    pub async fn fill(&self) {
        for (table, columns) in super::filled::columns().iter().filter(|(table, _)| says(table, "large")) {
            let names: Vec<&str> = columns.iter().map(|(name, _, _)| name.as_str()).collect();
            let value = |(name, kind, _): &super::filled::Column| match (name.as_str(), kind.as_str()) {
                ("tenant_id", _) => "nullif(current_setting('vaktbok.tenant'), '')::bigint",
                (_, "int") => "n",
                (_, "uuid") => "md5(n::text)::uuid",
                (_, "bytes") => "decode(md5(n::text), 'hex')",
                _ => "md5(n::text)",
            };
            let values: Vec<&str> = columns.iter().map(value).collect();
            for tenant in 1..=TENANTS {
                let fill = format!(
                    "select set_config('vaktbok.tenant', '{tenant}', false);
                     insert into {table} ({}) select {} from generate_series(1, {ROWS}) n",
                    names.join(", "),
                    values.join(", ")
                );
                self.client.batch_execute(&fill).await.unwrap_or_else(|error| panic!("{table}: {error:?}"));
            }
        }
        let owner = self.database.owner_url();
        let (client, connection) = tokio_postgres::connect(&owner, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute("analyze").await.unwrap();
    }

    /// Why PostgreSQL does not understand it, if so.
    pub async fn prepare(&self, rendered: &Rendered) -> Result<(), String> {
        let prepared = self.client.prepare(&rendered.text).await;
        prepared.map(drop).map_err(|error| match error.as_db_error() {
            Some(said) => format!("{said}"),
            None => error.to_string(),
        })
    }

    /// The plan as JSON, for any values, as if every table were large: no walk and no join that reads a whole table is taken
    /// where another way is open; with or without sorting.
    pub async fn plan(&self, rendered: &Rendered, sorts: bool) -> serde_json::Value {
        let places: Vec<&str> = rendered.names.iter().map(|_| "null").collect();
        let given = if places.is_empty() { String::new() } else { format!("({})", places.join(", ")) };
        let ways = "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_material = off";
        let ask = format!(
            "{ways}; set enable_sort = {sorts}; set plan_cache_mode = force_generic_plan; prepare asked as {}; explain (format json) execute asked{given}",
            rendered.text
        );
        let told = self.client.simple_query(&ask).await;
        self.client.batch_execute("deallocate all").await.unwrap();
        let lines = told.unwrap_or_else(|error| panic!("{}: {error:?}", rendered.text));
        let line = |message: &tokio_postgres::SimpleQueryMessage| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        };
        let text: Vec<String> = lines.iter().filter_map(line).collect();
        serde_json::from_str(&text.join("\n")).unwrap()
    }
}
