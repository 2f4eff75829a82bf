//! How values at several levels become one.

use super::*;

const IDLE: Setting = Setting {
    key: "t.idle",
    area: "t",
    kind: Kind::Count { least: 1, most: 100, unit: "minutes", tighter: Tighter::Lower },
    default: "60",
    mode: Mode::Free,
    lowest: Level::User,
};
fn given(level: Level, value: i64, mode: Mode) -> Given {
    Given { level, key: "t.idle".into(), value: value.into(), mode }
}

#[test]
fn the_nearest_level_wins() {
    let chain =
        IDLE.resolve([given(Level::User, 20, Mode::Free), given(Level::Tenant, 30, Mode::Free)].iter());
    assert_eq!(chain.value, 20);
    assert_eq!(chain.inherited(&IDLE, Level::User), 30);
    assert_eq!(chain.inherited(&IDLE, Level::Tenant), 60);
}

#[test]
fn a_fixed_level_above_wins() {
    let chain =
        IDLE.resolve([given(Level::Tenant, 30, Mode::Fixed), given(Level::User, 20, Mode::Free)].iter());
    assert_eq!(chain.value, 30);
    assert_eq!(chain.links[2].fate, Fate::Forbidden);
}

#[test]
fn where_only_tightening_is_allowed_a_looser_value_is_refused() {
    let tight =
        IDLE.resolve([given(Level::Tenant, 30, Mode::Tighten), given(Level::Group, 10, Mode::Free)].iter());
    assert_eq!(tight.value, 10);
    let loose =
        IDLE.resolve([given(Level::Tenant, 30, Mode::Tighten), given(Level::Group, 40, Mode::Free)].iter());
    assert_eq!(loose.value, 30);
    let later = IDLE.resolve(
        [
            given(Level::Tenant, 30, Mode::Tighten),
            given(Level::Group, 10, Mode::Free),
            given(Level::User, 20, Mode::Free),
        ]
        .iter(),
    );
    assert_eq!(later.value, 10, "a group cannot loosen what its tenant bound");
}

#[test]
fn a_value_out_of_range_is_passed_over() {
    assert_eq!(IDLE.resolve([given(Level::User, 1000, Mode::Free)].iter()).value, 60);
}

#[test]
fn a_text_of_a_certain_form_is_that_or_empty() {
    let kind = Kind::Shaped { most: 4, fits: |text| text.starts_with('x'), form: "x" };
    let shaped = Setting { kind, default: "\"\"", ..IDLE };
    for (text, fits) in [("", true), ("x", true), ("xåäö", true), ("xåäö1", false), ("y", false)] {
        assert_eq!(shaped.fits(&Value::from(text)), fits, "{text}");
    }
    assert!(!shaped.fits(&Value::Null) && shaped.fits(&shaped.default_value()));
}
