//! The server: one folder a domain, inside it the same files (model, events, queries, pages, api, tests).
//!
//! Everything is built, in order, by `app`; every address stands in `doors`.

pub mod api;
pub mod app;
pub mod archive;
pub mod bench;
pub mod cli;
pub mod demo;
pub mod doors;
pub mod front;
pub mod jobs;
pub mod logs;
pub mod ops;
pub mod profiles;
pub mod reach;
pub mod settings;
pub mod signin;
pub mod tenants;
pub mod ui;
pub mod users;
pub use app::App;
