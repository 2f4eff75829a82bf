//! Commands that work on the installation itself: the schema brought up to date, the machine looked at.

use super::answer::{complain, unopened};
use super::line::{Migrate, Reporting};
use super::{DONE, UNCLEAR};
use crate::ops::config::Config;
use crate::ops::doctor::{self, Report, Verdict};
use crate::ui::Locale;
use kernel::engine::PostgresOptions;
use kernel::{Chance, Clock, Error, Message, Result, Store};
use serde_json::json;
use std::io::Write;

/// `vaktbok migrate`: gives the exit code.
pub fn migrate(config: &Config, asked: &Migrate, t: &Locale) -> u8 {
    let Some(url) = config.database_owner.as_ref().or(config.database.as_ref()) else {
        return told(sqlite(config), asked.report.json, t);
    };
    let Some(role) = &asked.role else {
        complain(&t.say("cli-migrate-needs-role"));
        return UNCLEAR;
    };
    told(tokio::task::block_in_place(|| Store::migrate_postgres(url.reveal(), role)), asked.report.json, t)
}

/// The embedded engine applies its schema when it is opened.
fn sqlite(config: &Config) -> Result<Vec<&'static str>> {
    tokio::task::block_in_place(|| Store::sqlite(&config.data, Clock::system(), Chance::system()))?;
    Ok(Vec::new())
}

fn told(applied: Result<Vec<&'static str>>, as_json: bool, t: &Locale) -> u8 {
    match applied {
        Err(error) => {
            complain(&unopened(t, &error));
            UNCLEAR
        }
        Ok(files) if as_json => print(&format!("{:#}\n", json!({ "applied": files }))),
        Ok(files) if files.is_empty() => print(&format!("{}\n", t.say("cli-migrate-nothing"))),
        Ok(files) => print(&files.iter().map(|file| format!("{file}\n")).collect::<String>()),
    }
}

/// `vaktbok doctor`: gives the exit code.
pub fn doctor(asked: &Reporting, t: &Locale) -> u8 {
    let (mut report, config) = doctor::examine(&asked.options, Clock::system().now());
    if let Some(url) = config.as_ref().and_then(|config| config.database.as_ref()) {
        let options = PostgresOptions { url: url.reveal().to_owned() };
        tokio::task::block_in_place(|| database(options, &mut report));
    }
    if asked.json {
        print(&format!("{:#}\n", report.json(t)));
    } else {
        print(&report.text(t));
    }
    report.exit_code()
}

/// Whether PostgreSQL can be used, and who could listen or answer in its place on the way there.
fn database(options: PostgresOptions, report: &mut Report) {
    let opened = Store::postgres(options.clone(), Clock::system(), Chance::system());
    report.add(
        "database",
        match opened {
            Ok(_) => Ok(Message::new("cli-database-answers")),
            Err(Error::Broken(cause)) => Err(Message::new("cli-database-does-not").with("cause", cause)),
            Err(error) => Err(Message::new("cli-database-does-not").with("cause", error)),
        },
    );
    let Ok(link) = Store::postgres_link(options) else { return };
    let (verdict, key) = match (link.encrypted, link.checked, link.local) {
        (true, true, _) => (Verdict::Good, "doctor-link-checked"),
        (true, false, true) => (Verdict::Good, "doctor-link-encrypted"),
        (true, false, false) => (Verdict::Warning, "doctor-link-unchecked"),
        (false, _, true) => (Verdict::Good, "doctor-link-here"),
        (false, _, false) => (Verdict::Warning, "doctor-link-plain"),
    };
    report.note("link", verdict, Message::new(key));
}

fn print(text: &str) -> u8 {
    // A reader that went away is no fault of ours.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    DONE
}
