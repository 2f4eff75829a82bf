//! The settings of the centre, of a group, of a user – and of all, for the operator; one setting with what a change of it
//! would do; and why somebody has what they have.

pub mod consequence;
pub mod edit;
pub mod list;
pub mod why;

use super::model::Place;
use super::queries::Line;
use super::wording;
use crate::ui::Shell;
use crate::ui::change::Chain;
use kernel::setting::{Given, Level, Setting};

/// The address of a place's settings.
#[must_use]
pub fn address(place: Place) -> String {
    match place {
        Place::System => "/system/settings".to_owned(),
        Place::Tenant => "/settings".to_owned(),
        Place::Group(group) => format!("/groups/{group}/settings"),
        Place::User(user) => format!("/users/{user}/settings"),
    }
}

/// The frame of a page under a place: the way down to it, and the navigation's line.
fn framed(mut shell: Shell, line: &Line) -> Shell {
    let t = shell.t;
    let nav = match line.place {
        Place::System | Place::Tenant => "/settings",
        Place::Group(_) => "/groups",
        Place::User(_) => "/users",
    };
    match line.place {
        Place::System | Place::Tenant => {}
        Place::Group(group) => shell = shell.under(line.name(), format!("/groups/{group}")),
        Place::User(user) => shell = shell.under(line.name(), format!("/users/{user}")),
    }
    shell.titled(wording::heading(&t, line)).at(nav)
}

/// The chain of levels down to a place, with the deciding one lit; each leads to where it is changed.
fn chain(shell: &Shell, line: &Line, setting: &Setting, givens: &[Given]) -> Chain {
    let t = &shell.t;
    let resolved = setting.resolve(givens.iter().filter(|g| g.key == setting.key));
    let mut chain = Chain::new(t, t.setting(setting.key));
    let places = [
        (None, t.say("ui-product"), None),
        (Some(Level::System), t.say("settings-operator"), None),
        (Some(Level::Tenant), shell.tenant.clone(), Some(Place::Tenant)),
        (Some(Level::Group), group_name(line), line.group_id().map(Place::Group)),
        (Some(Level::User), user_name(line), line.user_id().map(Place::User)),
    ];
    for (level, name, place) in places {
        if level > Some(line.place.level()) {
            break;
        }
        let link = resolved.links.iter().find(|l| l.level == level);
        let said = link.map(|l| wording::value(t, setting, &l.value));
        chain = chain.level(wording::level(t, level), name, said);
        if let Some(place) = place {
            chain = chain.href(format!("{}/{}", address(place), setting.key));
        }
        if link.is_some_and(|l| l.fate == kernel::setting::Fate::Decides) {
            chain = chain.decides();
        }
    }
    chain
}

fn group_name(line: &Line) -> String {
    line.group.as_ref().map(|(_, name)| name.clone()).unwrap_or_default()
}

fn user_name(line: &Line) -> String {
    line.user.as_ref().map(|(_, name)| name.clone()).unwrap_or_default()
}

/// Lines for samples: a centre, a group and a user with a long name.
pub(super) fn sample_line(of: &str) -> Line {
    let (group, user) =
        (kernel::GroupId(kernel::Uuid::from_u128(1)), kernel::UserId(kernel::Uuid::from_u128(2)));
    let named = |place| Line {
        place,
        group: Some((group, "Försäljning <b>Nord</b>".to_owned())),
        user: Some((user, format!("Åsa {}", "Lindqvist-".repeat(18)))),
    };
    match of {
        "group" => Line { user: None, ..named(Place::Group(group)) },
        "user" => named(Place::User(user)),
        _ => Line { place: Place::Tenant, group: None, user: None },
    }
}
