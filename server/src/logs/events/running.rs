//! The program's start, its stop, and what it is configured with.

use crate::never;
use kernel::policy::Machine;
use kernel::{Event, Name, Result, Subject, Uuid, Writer, params, sql};
use serde::Serialize;

/// The program was started: from now on what happens is written down.
#[derive(Serialize)]
pub struct ProgramStarted {
    /// The machine and the folder of its data.
    pub node: String,
    /// The program's version.
    pub version: String,
    /// Whether the start before this one was followed by no stop: it was killed, or the machine was.
    pub unclean: bool,
    /// Every option in force with the marks of secrets, for the next start to compare with.
    #[serde(skip)]
    pub all: String,
}

impl Event for ProgramStarted {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!(access "program.started", 1);
    fn subject(&self) -> Subject {
        Subject::new("program", Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(&self.node);
        let update = sql!(
            "update program_run set started_at = $now, stopped_at = 0, options = $options
             where tenant_id = $tenant and node = $node"
        );
        w.one(update, params! { node: &self.node, options: &self.all })
    }
}

/// The program was stopped in order: from now on nothing is written down.
#[derive(Serialize)]
pub struct ProgramStopped {
    /// The machine and the folder of its data.
    pub node: String,
    /// The program's version.
    pub version: String,
}

impl Event for ProgramStopped {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!(access "program.stopped", 1);
    fn subject(&self) -> Subject {
        Subject::new("program", Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(&self.node);
        let update =
            sql!("update program_run set stopped_at = $now where tenant_id = $tenant and node = $node");
        w.one(update, params! { node: &self.node })
    }
}

/// The program was started with other options, or as another version, than before.
#[derive(Serialize)]
pub struct ProgramConfigured {
    /// The machine and the folder of its data.
    pub node: String,
    /// Its version before, if it was ever started here, and now.
    #[serde(skip)]
    pub version: (Option<String>, String),
    /// The options that are not what they were, before, if it was ever started here, and now: each as `name=value`.
    #[serde(skip)]
    pub options: (Option<String>, String),
    /// Every option in force, for the next start to compare with.
    #[serde(skip)]
    pub all: String,
}
never!("program.configured", "undo-never-program");

impl Event for ProgramConfigured {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("program.configured", 1);
    fn subject(&self) -> Subject {
        Subject::new("program", Uuid::nil())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(&self.node);
        let (version, options) = (&self.version, &self.options);
        if version.0.as_ref() != Some(&version.1) {
            w.changed("version", &version.0, &version.1);
        }
        if options.0.as_ref() != Some(&options.1) {
            w.changed("options", &options.0, &options.1);
        }
        let upsert = sql!(
            "insert into program_run (tenant_id, node, version, options, started_at, stopped_at)
             values ($tenant, $node, $version, $options, 0, $now)
             on conflict (tenant_id, node) do update set version = $version, options = $options"
        );
        w.one(upsert, params! { node: &self.node, version: &version.1, options: &self.all })
    }
}
