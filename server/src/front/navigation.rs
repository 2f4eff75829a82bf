//! The navigation: the pages of the first column that exist and that this person may open.

use crate::doors;
use crate::ui::{Locale, NavItem};
use kernel::door::{For, Sign};
use kernel::{Access, Right, policy};
use std::sync::{Arc, LazyLock};

/// Where each line leads and its sentence. A line shows when its door stands in the table and opens for the person;
/// of several doors in one line the first that opens counts.
const LINES: &[(&[&str], &str)] = &[
    (&["/"], "ui-nav-home"),
    (&["/cases"], "ui-nav-cases"),
    (&["/archive"], "ui-nav-archive"),
    (&["/logs/access", "/logs/changes", "/logs/archive"], "ui-nav-logs"),
    (&["/users"], "ui-nav-users"),
    (&["/groups"], "ui-nav-groups"),
    (&["/profiles"], "ui-nav-profiles"),
    (&["/access"], "ui-nav-access"),
    (&["/settings"], "ui-nav-settings"),
    (&["/book"], "ui-nav-book"),
    (&["/learning"], "ui-nav-learning"),
];

static SIGNS: LazyLock<Vec<Sign>> =
    LazyLock::new(|| doors::doors(false).into_iter().map(|d| d.sign).collect());

/// Whether the page of that path exists and opens for the person.
#[must_use]
pub fn opens(access: &Access, path: &str) -> bool {
    SIGNS.iter().any(|sign| {
        sign.path == path
            && sign.method == axum::http::Method::GET
            && sign.who == For::People
            && (sign.right == policy::Person::KEY && access.full() || access.policy().holds(sign.right))
    })
}

/// The lines for a person.
#[must_use]
pub fn items(t: &Locale, access: &Arc<Access>) -> Vec<NavItem> {
    let line = |(paths, label): &(&[&str], &str)| {
        let href = paths.iter().find(|path| opens(access, path))?;
        Some(NavItem { label: t.say(label), href: (*href).to_owned(), waiting: 0, current: false })
    };
    if access.full() { LINES.iter().filter_map(line).collect() } else { Vec::new() }
}
