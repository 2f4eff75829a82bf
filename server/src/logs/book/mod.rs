//! The book as the tenant holds it: its signing keys, its heads, its export, its proofs.
//!
//! - A signed head follows a change within a second; one node at a time signs (a lease).
//! - The private key leaves this folder wrapped only; the key is made on first use, by an entry.
//! - The newest head is also kept outside the database: a database that was rolled back is not signed over.
//! - Each new head is handed out by itself where the tenant wants it, at least once and in order (`handout`).
//! - An export is one pass in constant memory, and states the leaf hashes that were kept when the entries were made.

pub mod checking;
pub mod command;
pub mod export;
pub mod handout;
pub mod heads;
pub mod key;
mod listed;
pub mod pages;
pub mod papers;
pub mod proof;
pub mod queries;
pub mod witness;

kernel::right!(
    /// May read the whole book, past every reach: heads, proofs, export, verification.
    ReadBook, "book.read", "book");
kernel::right!(
    /// May hand the book's signing key over to a new one.
    RotateBookKey, "book.rotate", "book");
