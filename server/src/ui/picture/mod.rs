//! Pictures where they beat words, all drawn with SVG attributes so that no style stands inline:
//! `heat` sign-ins by hour and weekday · `strip` counts over time that select time ·
//! `wave` a recording's channels · `bubbles` a transcript or chat.

mod bubbles;
mod heat;
mod strip;
mod wave;

pub use bubbles::{Bubble, Bubbles, Side};
pub use heat::Heat;
pub use strip::{Bar, Strip};
pub use wave::{Channel, Span, Wave};

use super::{Html, Locale, component};
