//! Every sample of every page: nothing missing, nothing inline, nothing unescaped.

use crate::ui::{CSP, Language, Locale, Theme, gallery};

/// Each sample of each page in both languages.
fn rendered() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (page, samples) in gallery::all() {
        for sample in samples {
            for language in Language::ALL {
                let t = Locale::new(language, "Europe/Stockholm");
                let html = gallery::render(page, sample, t, Theme::Dark).expect("a listed sample renders");
                pages.push((format!("{page} {sample} {}", language.code()), html));
            }
        }
    }
    pages
}

fn none_holds(what: &str, bad: impl Fn(&str) -> bool) {
    let found: Vec<_> = rendered().into_iter().filter(|(_, html)| bad(html)).map(|(name, _)| name).collect();
    assert!(found.is_empty(), "{what} in {found:#?}");
}

#[test]
fn the_gallery_is_not_empty() {
    assert!(rendered().len() > 20);
}

#[test]
fn no_sample_lacks_a_sentence() {
    none_holds("a missing sentence", |html| html.contains('⟦'));
}

#[test]
fn s60_no_sample_has_inline_style_or_script() {
    none_holds("an inline style", |html| html.contains(" style=") || html.contains("<style"));
    none_holds("an inline script", |html| {
        html.split("<script").skip(1).any(|rest| !rest.starts_with(" src=\"/assets/"))
    });
    none_holds("a handler attribute", |html| {
        ["onclick=", "onload=", "onerror=", "javascript:"].iter().any(|bad| html.contains(bad))
    });
}

#[test]
fn s60_a_hostile_name_shows_as_text() {
    let hostile: Vec<_> = rendered().into_iter().filter(|(_, html)| html.contains("alert(1)")).collect();
    assert!(hostile.len() >= 8, "samples with hostile names: {}", hostile.len());
    none_holds("a script from a name", |html| html.contains("<script>alert"));
    none_holds("an attribute broken by a name", |html| html.contains("\"\"><b>"));
}

#[test]
fn s60_the_policy_allows_nothing_inline() {
    assert!(!CSP.contains("unsafe"));
    assert!(CSP.contains("default-src 'none'") && CSP.contains("frame-ancestors 'none'"));
}

#[test]
fn every_id_in_a_sample_is_used_once() {
    none_holds("a doubled id", |html| {
        let mut ids: Vec<_> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        ids.len() < all
    });
}
