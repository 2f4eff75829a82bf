//! Numbers, times, addresses and words as each reader writes them.

use jiff::Timestamp;

use crate::ui::{Address, Html, Language, Locale, Theme};

fn swedish() -> Locale {
    Locale::new(Language::Sv, "Europe/Stockholm")
}

fn english() -> Locale {
    Locale::new(Language::En, "America/New_York")
}

#[test]
fn numbers_are_grouped_as_the_reader_writes_them() {
    assert_eq!(swedish().number(1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(english().number(1_234_567), "1,234,567");
    assert_eq!(english().number(-1000), "−1,000");
    assert_eq!(swedish().decimal(1234.55, 1), "1\u{202f}234,5");
}

#[test]
fn numbers_inside_sentences_are_grouped_too() {
    assert_eq!(
        swedish().say_with("ui-progress", &[("done", 1000.into()), ("total", 50_000.into())]),
        "1\u{202f}000 av 50\u{202f}000"
    );
    assert_eq!(english().say1("ui-errors", "n", 1), "One thing needs to be put right");
}

#[test]
fn a_time_is_local_with_the_exact_utc_time_on_hover() {
    let at: Timestamp = "2026-11-23T13:05:09.25Z".parse().unwrap();
    let shown = swedish().when(at).to_string().replace('\u{a0}', " ");
    assert_eq!(
        shown,
        "<time datetime=\"2026-11-23T13:05:09.25Z\" title=\"2026-11-23 13:05:09.250 UTC\">23 nov 2026 14:05</time>"
    );
    assert_eq!(english().minute(at).replace('\u{a0}', " "), "23 Nov 2026 08:05");
}

#[test]
fn how_long_ago_stands_beside_the_time() {
    let shown = english().when_ago(0, 180_000_000).to_string().replace('\u{a0}', " ");
    assert!(
        shown.starts_with("<time") && shown.ends_with("<span class=\"quiet\">3 min ago</span>"),
        "{shown}"
    );
}

#[test]
fn sizes_and_lengths_have_their_units() {
    assert_eq!(english().bytes(1_234_567), "1.2\u{a0}MB");
    assert_eq!(english().bytes(999_960), "1.0\u{a0}MB");
    assert_eq!(swedish().duration(187).replace('\u{a0}', " "), "3 min 7 s");
    assert_eq!(english().clock(3729), "1:02:09");
}

#[test]
fn a_browser_is_answered_in_the_language_it_prefers() {
    assert_eq!(Language::accepted("de-DE,sv;q=0.7,en;q=0.3"), Some(Language::Sv));
    assert_eq!(Language::accepted("en-GB,en;q=0.9"), Some(Language::En));
    assert_eq!(Language::accepted("de"), None);
}

#[test]
fn an_address_keeps_its_other_parameters() {
    let here = Address::parse("/logs?q=a%20b%26c&hide=ip,country&from=9");
    assert_eq!(here.get("q"), Some("a b&c"));
    assert_eq!(here.with("q", "å").to_string(), "/logs?q=%C3%A5&hide=ip%2Ccountry&from=9");
    assert_eq!(here.toggle("hide", "ip").without(&["q", "from"]).to_string(), "/logs?hide=country");
    assert_eq!(here.hidden(&["from"]).as_str().matches("<input").count(), 2);
}

#[test]
fn text_becomes_markup_only_escaped() {
    assert_eq!(Html::text("<a href='x'>&\"").to_string(), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
}

#[test]
fn the_theme_is_read_from_its_cookie() {
    assert_eq!(Theme::from_cookies("a=b; theme=dark; c=d"), Theme::Dark);
    assert_eq!(Theme::from_cookies("theme=<script>"), Theme::System);
}
