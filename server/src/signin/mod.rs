//! Signing in and out.

pub mod leaving;
