//! What a statement touches, as SQLite's authorizer tells while it is prepared.

use rusqlite::hooks::{AuthAction, AuthContext};
use std::collections::BTreeSet;

/// Tables and columns; the schema's own tables are left out.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    pub reads: BTreeSet<(String, String)>,
    pub inserts: BTreeSet<String>,
    pub updates: BTreeSet<String>,
    pub deletes: BTreeSet<String>,
}

impl Touched {
    /// Every table touched in any way.
    pub fn tables(&self) -> BTreeSet<&str> {
        let read = self.reads.iter().map(|(table, _)| table.as_str());
        read.chain(self.written()).collect()
    }

    /// Every table changed.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.inserts.iter().chain(&self.updates).chain(&self.deletes).map(String::as_str)
    }

    /// Does it look at this column?
    pub fn reads(&self, table: &str, column: &str) -> bool {
        self.reads.contains(&(table.to_owned(), column.to_owned()))
    }

    /// Notes one thing the authorizer was asked about.
    pub fn note(&mut self, context: &AuthContext<'_>) {
        match context.action {
            AuthAction::Read { table_name, column_name } => {
                self.reads.insert((table_name.to_owned(), column_name.to_owned()));
            }
            AuthAction::Insert { table_name } => {
                self.inserts.insert(table_name.to_owned());
            }
            AuthAction::Update { table_name, .. } => {
                self.updates.insert(table_name.to_owned());
            }
            AuthAction::Delete { table_name } => {
                self.deletes.insert(table_name.to_owned());
            }
            _ => {}
        }
    }
}
