//! What nobody can step round: who asks, what they may do, what is written down.
//!
//! - A tenant's rows are reached only through a [`Reader`] or a [`Writer`], and both bind the tenant themselves.
//! - A row changes only inside [`Event::apply`], and the entry that tells of it is committed with it.
//! - A [`Grant`] is the only way to either, and only [`Access`] hands one out.
//! - Drivers are known to [`engine`] alone; domain code is synchronous and runs inside it.
#![deny(missing_docs)]

pub mod actor;
pub mod body;
pub mod chance;
pub mod door;
pub mod engine;
pub mod error;
pub mod estimates;
pub mod event;
pub mod facet;
pub mod gate;
pub mod grant;
pub mod id;
mod ledger;
pub mod once;
pub mod policy;
pub mod row;
pub mod schema;
pub mod setting;
pub mod statement;
pub mod tenant;
pub mod time;
pub mod work;
pub mod writer;

pub use actor::{Actor, Origin, Way};
pub use chance::Chance;
pub use engine::Store;
pub use error::{Error, Message, Problem, Result};
pub use event::{Event, Kept, Name, Subject};
pub use grant::{Access, Grant};
pub use id::{GroupId, KeyId, QueueId, RequestId, SessionId, UserId};
pub use policy::Right;
pub use row::{FromRow, FromValue, IntoValue, Params, Row, Value};
pub use statement::{Registered, Statement};
pub use tenant::TenantId;
pub use time::{Clock, Timestamp};
pub use writer::{Reader, Writer};

#[doc(hidden)]
pub use inventory;
pub use uuid::Uuid;
