//! The doors of settings, rights and reach, for people and for programs.

use super::{DELETE, GET, POST, PUT, gives, takes};
use crate::{App, reach, settings};
use kernel::door::{Doc, Door, Gives};

/// Settings and rights, at every level, and why somebody has them.
pub fn settings() -> Vec<Door<App>> {
    use settings::api as programs;
    use settings::pages::{edit, list, why};
    let doc = |summary, gives| Doc { summary, gives, query: &["group", "user", "level"], ..Doc::default() };
    vec![
        Door::page(GET, "/settings", list::tenant),
        Door::page(GET, "/settings/{key}", edit::tenant::form),
        Door::page(POST, "/settings/{key}", edit::tenant::sent),
        Door::page(POST, "/settings/{key}/inherit", edit::tenant::inherited),
        Door::page(GET, "/groups/{id}/settings", list::group),
        Door::page(GET, "/groups/{id}/settings/{key}", edit::group::form),
        Door::page(POST, "/groups/{id}/settings/{key}", edit::group::sent),
        Door::page(POST, "/groups/{id}/settings/{key}/inherit", edit::group::inherited),
        Door::page(GET, "/users/{id}/settings", list::user),
        Door::page(GET, "/users/{id}/settings/{key}", edit::user::form),
        Door::page(POST, "/users/{id}/settings/{key}", edit::user::sent),
        Door::page(POST, "/users/{id}/settings/{key}/inherit", edit::user::inherited),
        Door::page(GET, "/users/{id}/why/{key}", why::page),
        Door::page(GET, "/system/settings", list::system),
        Door::page(GET, "/system/settings/{key}", edit::system::form),
        Door::page(POST, "/system/settings/{key}", edit::system::sent),
        Door::page(POST, "/system/settings/{key}/inherit", edit::system::inherited),
        Door::api(GET, "/api/v1/settings", programs::list).doc(doc(
            "Every setting and right: value, where it comes from, what would be inherited",
            Gives::One("SettingsBody"),
        )),
        Door::api(PUT, "/api/v1/settings/{key}", programs::give).doc(Doc {
            takes: Some("SettingBody"),
            ..doc("Give a value for the tenant, a group or a user", Gives::One("SettingGivenBody"))
        }),
        Door::api(DELETE, "/api/v1/settings/{key}", programs::clear)
            .doc(doc("Take a value away, so that it is inherited again", Gives::One("SettingClearedBody"))),
        Door::api(GET, "/api/v1/users/{id}/why/{key}", why::api).doc(gives(
            "The chain that decided a setting or right of a user",
            Gives::One("WhyBody"),
            &[],
        )),
    ]
}

/// Who may what, and who reaches whom.
pub fn access() -> Vec<Door<App>> {
    use reach::api as programs;
    use reach::pages::{define, give, matrix};
    let made = Gives::One("MadeBody");
    let held = |summary| gives(summary, Gives::One("ReachHeldBody"), &["group", "user"]);
    vec![
        Door::page(GET, "/access", matrix::matrix),
        Door::page(GET, "/access/rights/{key}", matrix::holders),
        Door::page(GET, "/access/reach", define::list),
        Door::page(POST, "/access/reach", define::create),
        Door::page(GET, "/access/reach/new", define::blank),
        Door::page(GET, "/access/reach/{id}", define::show),
        Door::page(POST, "/access/reach/{id}", define::change),
        Door::page(POST, "/access/reach/{id}/remove", define::remove),
        Door::page(GET, "/groups/{id}/reach", give::group::shown),
        Door::page(POST, "/groups/{id}/reach", give::group::given),
        Door::page(POST, "/groups/{id}/reach/take", give::group::taken),
        Door::page(GET, "/users/{id}/reach", give::user::shown),
        Door::page(POST, "/users/{id}/reach", give::user::given),
        Door::page(POST, "/users/{id}/reach/take", give::user::taken),
        Door::api(GET, "/api/v1/rights", programs::rights).doc(gives(
            "Every right, and which groups within reach have it",
            Gives::One("RightsBody"),
            &[],
        )),
        Door::api(GET, "/api/v1/rights/{key}", programs::holders).doc(gives(
            "Everybody within reach who has a right, and from where",
            Gives::One("HoldersBody"),
            &[],
        )),
        Door::api(GET, "/api/v1/reach", programs::list).doc(gives(
            "Every definition of reach",
            Gives::One("ReachesBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/reach", programs::define).doc(takes("Define a reach", "ReachBody", made)),
        Door::api(PUT, "/api/v1/reach/{id}", programs::change).doc(takes(
            "Change a reach",
            "ReachBody",
            made,
        )),
        Door::api(DELETE, "/api/v1/reach/{id}", programs::remove).doc(gives(
            "Remove a reach that is given to nobody",
            made,
            &[],
        )),
        Door::api(GET, "/api/v1/reach/given", programs::given).doc(gives(
            "What a group or user was given",
            Gives::One("ReachGivenBody"),
            &["group", "user"],
        )),
        Door::api(PUT, "/api/v1/reach/{id}/given", programs::give)
            .doc(held("Give a reach to a group or user")),
        Door::api(DELETE, "/api/v1/reach/{id}/given", programs::take)
            .doc(held("Take a reach from a group or user")),
    ]
}
