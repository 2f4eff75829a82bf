//! The commands and their words. Their explanations are sentences: see [`super::speech`].

use crate::ops::config::flags::Flags;
use crate::signin::keys::model::{KEY_DAYS, KEY_DAYS_MOST};
use crate::tenants::adding::FIRST_ADMINISTRATOR;
use clap::{Args, Parser, Subcommand};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "vaktbok", version, disable_help_subcommand = true)]
pub struct Line {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[allow(missing_docs, reason = "explained by the sentence cli-serve")]
    Serve(Flags),
    #[allow(missing_docs, reason = "explained by the sentence cli-demo")]
    Demo(Demo),
    #[allow(missing_docs, reason = "explained by the sentence cli-import")]
    #[command(subcommand)]
    Import(ImportCommand),
    #[allow(missing_docs, reason = "explained by the sentence cli-tenant")]
    #[command(subcommand)]
    Tenant(TenantCommand),
    #[allow(missing_docs, reason = "explained by the sentence cli-user")]
    #[command(subcommand)]
    User(UserCommand),
    #[allow(missing_docs, reason = "explained by the sentence cli-key")]
    #[command(subcommand)]
    Key(KeyCommand),
    #[allow(missing_docs, reason = "explained by the sentence cli-book")]
    #[command(subcommand)]
    Book(BookCommand),
    #[allow(missing_docs, reason = "explained by the sentence cli-migrate")]
    Migrate(Migrate),
    #[allow(missing_docs, reason = "explained by the sentence cli-doctor")]
    Doctor(Reporting),
    #[allow(missing_docs, reason = "explained by the sentence cli-bench")]
    Bench(Bench),
}

impl Command {
    /// The options of the configuration that came along.
    pub fn flags(&self) -> &Flags {
        match self {
            Self::Serve(flags) => flags,
            Self::Demo(c) => &c.options,
            Self::Import(ImportCommand::Vcon(c)) => &c.report.options,
            Self::Tenant(TenantCommand::Add(c)) => &c.report.options,
            Self::Tenant(TenantCommand::List(c)) | Self::Doctor(c) => &c.options,
            Self::User(UserCommand::Link(c)) => &c.report.options,
            Self::Key(KeyCommand::Add(c)) => &c.report.options,
            Self::Key(KeyCommand::List(c)) => &c.report.options,
            Self::Key(KeyCommand::End(c)) => &c.report.options,
            Self::Book(BookCommand::Head(c)) => &c.of.report.options,
            Self::Book(BookCommand::Key(c) | BookCommand::Rotate(c)) => &c.report.options,
            Self::Book(BookCommand::Export(c)) => &c.options,
            Self::Migrate(c) => &c.report.options,
            Self::Bench(c) => &c.report.options,
        }
    }
}

/// A portal to look at.
#[derive(Debug, Args)]
pub struct Demo {
    #[arg(long, value_name = "DIR")]
    pub interactions: Option<std::path::PathBuf>,
    #[command(flatten)]
    pub options: Flags,
}

impl Demo {
    /// Whether a folder was stated; else the demo makes one that goes away.
    pub fn keeps_its_folder(&self) -> bool {
        states_a_folder(&self.options)
    }
}

fn states_a_folder(options: &Flags) -> bool {
    options.values.iter().any(|(name, _)| name == "data")
}

/// What every command takes that reports.
#[derive(Debug, Args)]
pub struct Reporting {
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub options: Flags,
}

/// Work with tenants.
#[derive(Debug, Subcommand)]
pub enum TenantCommand {
    #[allow(missing_docs, reason = "explained by the sentence cli-tenant-add")]
    Add(TenantAdd),
    #[allow(missing_docs, reason = "explained by the sentence cli-tenant-list")]
    List(Reporting),
}

/// A new customer.
#[derive(Debug, Args)]
pub struct TenantAdd {
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..))]
    pub number: i64,
    #[arg(long)]
    pub name: String,
    #[arg(long, default_value = "sv", value_parser = ["sv", "en"])]
    pub language: String,
    #[arg(long, default_value = "Europe/Stockholm")]
    pub zone: String,
    #[arg(long)]
    pub host: Option<String>,
    #[arg(long, default_value = FIRST_ADMINISTRATOR)]
    pub administrator: String,
    #[command(flatten)]
    pub report: Reporting,
}

/// Work with users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    #[allow(missing_docs, reason = "explained by the sentence cli-user-link")]
    Link(UserLink),
}

/// A link that sets a password.
#[derive(Debug, Args)]
pub struct UserLink {
    #[arg(long)]
    pub tenant: i64,
    #[arg(long)]
    pub user: String,
    #[command(flatten)]
    pub report: Reporting,
}

/// Work with the book.
#[derive(Debug, Subcommand)]
pub enum BookCommand {
    #[allow(missing_docs, reason = "explained by the sentence cli-book-head")]
    Head(BookHead),
    #[allow(missing_docs, reason = "explained by the sentence cli-book-key")]
    Key(BookOf),
    #[allow(missing_docs, reason = "explained by the sentence cli-book-rotate")]
    Rotate(BookOf),
    #[allow(missing_docs, reason = "explained by the sentence cli-book-export")]
    Export(BookExport),
}

/// Whose book.
#[derive(Debug, Args)]
pub struct BookOf {
    #[arg(long)]
    pub tenant: i64,
    #[command(flatten)]
    pub report: Reporting,
}

/// A signed head.
#[derive(Debug, Args)]
pub struct BookHead {
    #[arg(long, value_name = "ENTRIES")]
    pub size: Option<i64>,
    #[command(flatten)]
    pub of: BookOf,
}

/// The book as a file.
#[derive(Debug, Args)]
pub struct BookExport {
    #[arg(long, default_value_t = 0, value_name = "SEQ")]
    pub from: i64,
    #[arg(long, value_name = "FILE")]
    pub head: Option<std::path::PathBuf>,
    #[arg(long)]
    pub tenant: i64,
    #[command(flatten)]
    pub options: Flags,
}

/// Work with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    #[allow(missing_docs, reason = "explained by the sentence cli-key-add")]
    Add(KeyAdd),
    #[allow(missing_docs, reason = "explained by the sentence cli-key-list")]
    List(KeyList),
    #[allow(missing_docs, reason = "explained by the sentence cli-key-end")]
    End(KeyEnd),
}

/// Whose keys.
#[derive(Debug, Args)]
pub struct KeyList {
    #[arg(long)]
    pub tenant: i64,
    #[command(flatten)]
    pub report: Reporting,
}

/// A key that shall open nothing any more.
#[derive(Debug, Args)]
pub struct KeyEnd {
    #[arg(long)]
    pub tenant: i64,
    #[arg(value_name = "KEY")]
    pub key: String,
    #[arg(long)]
    pub reason: Option<String>,
    #[command(flatten)]
    pub report: Reporting,
}

/// A new key for the API.
#[derive(Debug, Args)]
pub struct KeyAdd {
    #[arg(long)]
    pub tenant: i64,
    #[arg(long)]
    pub owner: String,
    #[arg(long, required = true, num_args = 1..)]
    pub scope: Vec<String>,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long, default_value_t = KEY_DAYS, value_parser = clap::value_parser!(i64).range(1..=KEY_DAYS_MOST))]
    pub days: i64,
    #[command(flatten)]
    pub report: Reporting,
}

/// Bring interactions in.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    #[allow(missing_docs, reason = "explained by the sentence cli-import-vcon")]
    Vcon(ImportVcon),
}

/// Interactions in files.
#[derive(Debug, Args)]
pub struct ImportVcon {
    #[arg(long)]
    pub tenant: i64,
    #[arg(required = true)]
    pub files: Vec<std::path::PathBuf>,
    #[command(flatten)]
    pub report: Reporting,
}

/// The schema brought up to date.
#[derive(Debug, Args)]
pub struct Migrate {
    #[arg(long)]
    pub role: Option<String>,
    #[command(flatten)]
    pub report: Reporting,
}

/// What the program costs.
#[derive(Debug, Args)]
pub struct Bench {
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(i64).range(1_000..=MOST_BENCH_ENTRIES))]
    pub entries: i64,
    #[arg(long, default_value_t = 5, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=100))]
    pub runs: usize,
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    pub only: Vec<String>,
    #[arg(long, default_value_t = 1_000)]
    pub sign_ins: usize,
    #[arg(long, default_value_t = 60)]
    pub settle_seconds: u64,
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub recording_megabytes: u64,
    #[arg(long)]
    pub role: Option<String>,
    #[command(flatten)]
    pub report: Reporting,
}

/// Entries that a bench fills a folder with.
const MOST_BENCH_ENTRIES: i64 = 100_000_000;

impl Bench {
    /// Whether a folder was stated; else the bench makes one that goes away.
    pub fn keeps_its_folder(&self) -> bool {
        states_a_folder(&self.report.options)
    }
}
