//! Doors for people: coming in, passwords, sessions, keys.

pub mod everybody;
pub mod form;
pub mod me;
pub mod passwords;
pub mod sign_in;
pub mod tried;

pub use form::FormPage;
