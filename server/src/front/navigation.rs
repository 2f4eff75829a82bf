//! The navigation: the pages of the first column that exist and that this person may open.

use crate::doors;
use crate::ui::{Locale, NavItem};
use kernel::door::{For, Sign};
use kernel::{Access, Right, policy};
use std::sync::{Arc, LazyLock};

/// Where a line leads and its sentence: of several doors the first that opens counts.
type Line = (&'static [&'static str], &'static str);

/// The lines, each with those below it. A line shows when its door stands in the table and opens for the person; where
/// only lines below it do, they stand in its place.
const LINES: &[(Line, &[Line])] = &[
    ((&["/"], "ui-nav-home"), &[]),
    ((&["/cases"], "ui-nav-cases"), &[]),
    ((&["/archive"], "ui-nav-archive"), &[]),
    ((&["/logs/access", "/logs/changes", "/logs/archive"], "ui-nav-logs"), &[(&["/book"], "ui-nav-book")]),
    ((&["/users"], "ui-nav-users"), &[(&["/groups"], "ui-nav-groups"), (&["/profiles"], "ui-nav-profiles")]),
    ((&["/access", "/access/keys", "/access/sessions"], "ui-nav-access"), &[]),
    ((&["/settings"], "ui-nav-settings"), &[]),
    ((&["/learning"], "ui-nav-learning"), &[]),
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
    let line = |(paths, label): &Line| {
        let href = paths.iter().find(|path| opens(access, path))?;
        Some(NavItem::new(t.say(label), *href))
    };
    let with_below = |(above, below): &(Line, &[Line])| {
        let under: Vec<NavItem> = below.iter().filter_map(line).collect();
        match line(above) {
            Some(above) => vec![NavItem { under, ..above }],
            None => under,
        }
    };
    if access.full() { LINES.iter().flat_map(with_below).collect() } else { Vec::new() }
}
