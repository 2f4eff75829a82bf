//! What people see: the shell round every page, the parts pages are made of, the words, the looks.
//!
//! - A page is a struct that looks nothing up; its template and samples stand beside it (README.md here).
//! - Every page works without script; the script only swaps parts of pages that exist as addresses.
//! - Text is escaped unless it is [`Html`], which only this folder can make.
//! - No sentence stands in code: [`Locale::say`] reads `locales/`.
//!
//! `shell` frame · `locale`, `figures` words and numbers · `address` links · `assets` style and script ·
//! `table`, `field`, `filter`, `facts`, `state`, `change`, `progress` parts · `picture` drawings ·
//! `error` error pages · `gallery` samples of every page.

pub mod address;
pub mod assets;
pub mod change;
pub mod error;
pub mod facts;
pub mod field;
pub mod figures;
pub mod filter;
pub mod gallery;
pub mod html;
pub mod jump;
pub mod locale;
pub mod picture;
pub mod progress;
pub mod shell;
mod specimen;
pub mod state;
pub mod table;
#[cfg(test)]
mod tests;

pub use address::Address;
pub use assets::{CSP, asset};
pub use figures::Moment;
pub use html::Html;
pub use locale::{Language, Locale};
pub use shell::{Flash, NavItem, Person, Shell, Theme};

use html::component;
