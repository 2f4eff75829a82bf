//! What the jump box finds: pages, users, settings, interactions. The same page serves the palette,
//! which takes `#jump-results` out of it, and a reader without script.

use askama::Template;

use super::{Locale, Shell};

/// Things of one kind that were found.
#[derive(Clone, Debug)]
pub struct JumpGroup {
    /// What kind: Users, Settings.
    pub title: String,
    /// What was found, best first.
    pub items: Vec<JumpItem>,
}

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct JumpItem {
    /// Its name.
    pub label: String,
    /// What tells it from others of the same name.
    pub detail: String,
    /// Its address.
    pub href: String,
}

/// The page at `/jump?q=`.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/jump.html")]
pub struct JumpPage {
    /// Who reads.
    pub t: Locale,
    /// The frame.
    pub shell: Shell,
    /// What was typed.
    pub q: String,
    /// What was found; empty groups left out.
    pub groups: Vec<JumpGroup>,
}

impl super::gallery::Samples for JumpPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, JumpPage)> {
        let item = |label: &str, detail: &str| JumpItem {
            label: label.into(),
            detail: detail.into(),
            href: "/users/1".into(),
        };
        let found = vec![JumpGroup {
            title: shell.t.say("ui-nav-users"),
            items: vec![item("Åsa Lindqvist", "asa.lindqvist"), item("<script>alert(1)</script>", "x")],
        }];
        let page = |q: &str, groups| {
            let shell = shell.clone().titled(shell.t.say("ui-jump"));
            JumpPage { t: shell.t, shell, q: q.into(), groups }
        };
        vec![("found", page("lind", found)), ("nothing", page("\"><b>", Vec::new()))]
    }
}
super::gallery::page!("ui/jump", JumpPage);
