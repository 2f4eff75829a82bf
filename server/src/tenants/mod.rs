//! Tenants: the customers of the platform, and the operator, who is one too (customer number 0).
//!
//! - A new tenant is whole or can be completed: its number is taken in the operator's book first, then everything in it
//!   is made in one commit; a crash between the two is mended by the same command again.
//! - Nobody gets a password from us: the first administrator gets a link that works once.
//! - The operator's own tenant is there from the first start.

pub mod adding;
pub mod events;
pub mod model;
pub mod queries;
mod undo;

pub use adding::{add, ensure_operator, portal_address};
pub use model::{Added, NewTenant};
