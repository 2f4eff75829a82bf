//! The auditor's check: whether an export of a book is whole, given a signed head and the book's public key.
//!
//! Promises:
//! - Of Vaktbok's crates it depends on `book` alone, and it believes nothing but the key that it is handed.
//! - Every flipped bit, cut, swap, insertion, re-dating and missing part is found and named by its entry; with an
//!   earlier head, so are roll-back and a book that was written anew and signed again.
//! - It reads once, from front to back, in constant memory but for a list of the runs of parts that wait to be found
//!   erased.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod certified;
mod check;
mod fault;
mod files;
mod missing;
mod report;

pub use certified::{Certified, extract};
pub use check::Check;
pub use fault::{Fault, Place, What};
pub use files::{CannotRead, Papers, export, verify};
pub use report::{Answer, FAULTS_MAX_COUNT, Report};
