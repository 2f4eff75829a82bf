//! Keys of service users, by which programs use the API: made, used, refused, ended.
//!
//! - A key is shown once and kept as a hash; it opens no right that its maker, its owner or its service user lacks.
//! - Its first use from an address in a quarter of an hour is an entry of the access log, and so is each refusal, bounded.
//! - It is looked up at each request: ended, expired, or its service user or owner out, it opens nothing from then on.
//!
//! `model` keys as they are seen · `making` what is asked for · `using` uses and refusals · `queries` · `pages`, `api` doors.
//! The events stand in `signin/events`.

pub mod api;
pub mod making;
pub mod model;
pub mod pages;
pub mod queries;
pub mod using;
