//! Every setting there is: its words, its default, its part of the page.

use crate::settings::model::{parse, plain};
use crate::ui::{Language, Locale};
use kernel::setting::{Kind, known};

#[test]
fn every_setting_has_a_fitting_default_a_name_an_explanation_and_a_part_in_both_languages() {
    let mut wrong = Vec::new();
    for setting in known() {
        if !setting.fits(&setting.default_value()) {
            wrong.push(format!("{}: its default {} does not fit", setting.key, setting.default));
        }
        let dashed = setting.key.replace('.', "-");
        let mut keys = vec![
            format!("setting-{dashed}"),
            format!("setting-{dashed}-help"),
            format!("settings-area-{}", setting.area),
        ];
        match setting.kind {
            Kind::Count { unit, .. } => keys.push(format!("settings-unit-{unit}")),
            Kind::Choice { words, .. } => keys.extend(words.iter().map(|w| format!("setting-{dashed}-{w}"))),
            Kind::Right | Kind::Flag { .. } | Kind::Text { .. } | Kind::Shaped { .. } => {}
        }
        for (key, language) in keys.iter().flat_map(|key| Language::ALL.map(|l| (key, l))) {
            if Locale::new(language, "UTC").say1(key, "n", 2).contains('⟦') {
                wrong.push(format!("{}: no sentence {key} in {language:?}", setting.key));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_setting_stands_twice() {
    let mut keys: Vec<_> = known().map(|s| s.key).collect();
    keys.sort_unstable();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn a_default_survives_the_way_through_a_form() {
    for setting in known() {
        let value = setting.default_value();
        assert_eq!(parse(setting, &plain(&value)), Some(value), "{}", setting.key);
    }
}
