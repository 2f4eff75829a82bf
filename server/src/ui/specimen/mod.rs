//! Every part of a page, in its states, with invented data: ordinary, hostile, far too long, none.
//! Shown in the gallery and rendered by the tests; no door leads here otherwise.

mod form;
mod list;
mod parts;
mod pictures;
mod settings;

use askama::Template;

use super::facts::Drawer;
use super::gallery::{Samples, page};
use super::{Html, Shell};

/// A name that is an attack.
pub(super) const HOSTILE: &str = "<script>alert(1)</script>";

/// A name of 200 characters.
pub(super) fn long_name() -> String {
    "Förvaltningsavdelningens kundtjänstsamordning ".repeat(5).chars().take(200).collect()
}

/// A page made of parts.
#[derive(Template)]
#[template(path = "ui/specimen.html")]
struct Specimen {
    shell: Shell,
    above: Vec<Html>,
    parts: Vec<Html>,
    drawer: Drawer,
}

impl Specimen {
    fn new(shell: Shell, parts: Vec<Html>) -> Specimen {
        Specimen { shell, above: Vec::new(), parts, drawer: Drawer::closed() }
    }
}

impl Samples for Specimen {
    fn samples(shell: &Shell) -> Vec<(&'static str, Specimen)> {
        [
            list::samples(shell),
            form::samples(shell),
            settings::samples(shell),
            parts::samples(shell),
            pictures::samples(shell),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
page!("ui/specimen", Specimen);
