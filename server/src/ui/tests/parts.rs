//! What each part promises, read in what it renders.

use kernel::{Message, Problem};

use crate::ui::error::ErrorView;
use crate::ui::field::{Choice, ErrorSummary, Field};
use crate::ui::filter::{Chip, Filters, Preset};
use crate::ui::picture::{Bubble, Bubbles, Channel, Heat, Side, Span, Wave};
use crate::ui::progress::Progress;
use crate::ui::state::Tone;
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Address, Html, Language, Locale, Shell, Theme};

fn english() -> Locale {
    Locale::new(Language::En, "UTC")
}

fn shown(part: impl Into<Html>) -> String {
    part.into().as_str().to_owned()
}

fn table(here: &Address) -> Table {
    let columns =
        vec![Column::new("name", "Name").sortable(here), Column::number("n", "Calls").hideable(here)];
    Table::new("t", "People", columns)
        .rows(vec![Row::new("7", vec!["Åsa".into(), "12".into()]).to("/users/7")])
}

#[test]
fn the_first_cell_of_a_row_is_its_link() {
    let html = shown(table(&Address::new("/users")));
    assert!(
        html.contains(
            "<th scope=\"row\" class=\"\"><a href=\"/users/7\"><span class=\"cut\">Åsa</span></a></th>"
        ),
        "{html}"
    );
}

#[test]
fn a_column_named_in_the_address_is_hidden_with_its_cells() {
    let html = shown(table(&Address::parse("/users?hide=n")));
    assert!(!html.contains("Calls") && !html.contains("12"), "{html}");
}

#[test]
fn sorting_turns_round_at_the_second_press_and_starts_at_the_first_page() {
    let here = Address::parse("/users?sort=name&from=x");
    let html = shown(table(&here));
    assert!(html.contains("aria-sort=\"ascending\"><a href=\"/users?sort=-name\""), "{html}");
}

#[test]
fn an_unknown_value_is_a_dash() {
    let t = Table::new("t", "c", vec![Column::new("a", "A")]);
    assert!(shown(t.rows(vec![Row::new("1", vec![Cell::maybe(None)])])).contains("–"));
}

#[test]
fn a_chip_takes_its_filter_away_and_keeps_the_others() {
    let here = Address::parse("/logs?result=refused&country=SE&from=9&open=3");
    let chips = vec![Chip::new("Result", "refused", &here, &["result"])];
    let html = shown(Filters::new(english(), here).chips(chips));
    assert!(html.contains("href=\"/logs?country=SE\""), "{html}");
}

#[test]
fn the_search_form_carries_the_other_filters_along() {
    let here = Address::parse("/logs?q=old&result=refused&from=9");
    let html = shown(Filters::new(english(), here).search("Search"));
    assert!(html.contains("name=\"result\" value=\"refused\""), "{html}");
    assert!(html.contains("name=\"q\" value=\"old\" placeholder"), "{html}");
    assert!(!html.contains("name=\"from\""), "{html}");
}

#[test]
fn two_moments_take_the_place_of_a_preset() {
    let html =
        shown(Filters::new(english(), Address::parse("/logs?time=7d&since=2026-11-01T00:00")).between());
    assert!(html.contains("value=\"2026-11-01T00:00\"") && !html.contains("name=\"time\""), "{html}");
}

#[test]
fn a_preset_is_marked_when_it_is_in_force() {
    let here = Address::parse("/logs?result=good");
    let filters = Filters::new(english(), here.clone());
    let html = shown(filters.presets(vec![Preset::set("Good", &here, "result", "good")]));
    assert!(html.contains("aria-current=\"true\">Good"), "{html}");
}

#[test]
fn a_form_that_comes_back_keeps_what_was_typed_but_no_password() {
    let fields = kernel::door::Fields::urlencoded(b"name=%3Cb%3E&word=secret&ok=on&group=2");
    let t = english();
    assert!(shown(Field::text("name", "Name").sent(&fields)).contains("value=\"&#60;b&#62;\""));
    assert!(!shown(Field::password("word", "Password", "new-password").sent(&fields)).contains("secret"));
    assert!(shown(Field::check("ok", "Ok", false).sent(&fields)).contains(" checked"));
    let group = Field::select("group", "Group", vec![Choice::new("1", "A"), Choice::new("2", "B")]);
    assert!(shown(group.sent(&fields).judged(&t, &[])).contains("value=\"2\" selected"));
}

#[test]
fn all_that_is_wrong_with_a_form_stands_above_it_and_at_the_fields() {
    let t = english();
    let problem = |field: &'static str, message: Message| Problem { field: field.into(), message };
    let problems = [
        problem("name", "error-field-required".into()),
        problem("note", Message::new("error-field-too-long").with("most", 1000)),
        problem("elsewhere", "error-field-form".into()),
    ];
    let fields =
        [Field::text("name", "Name"), Field::area("note", "Note", 2)].map(|f| f.judged(&t, &problems));
    let summary = shown(ErrorSummary::of(&t, &fields).beside(&t, &problems, &fields));
    assert!(summary.contains("3 things need to be put right"), "{summary}");
    assert!(summary.contains("href=\"#note\">Note: Use at most 1,000 characters."), "{summary}");
    assert!(summary.contains("<li>This is not in the right form.</li>"), "{summary}");
    let field = shown(fields[0].clone());
    assert!(
        field.contains("aria-invalid=\"true\"") && field.contains("aria-describedby=\"name-error\""),
        "{field}"
    );
}

#[test]
fn an_error_page_says_what_to_do_and_names_the_incident() {
    let shell = || Shell::new(english(), Theme::System);
    let broken = ErrorView::of(shell(), &kernel::Error::broken("select * from secrets"), Some("7F3K".into()));
    let html = shown(Html::of(&broken));
    assert!(html.contains("7F3K") && !html.contains("secrets"), "{html}");
    let right = ErrorView::of(shell(), &kernel::Error::Forbidden("session.idle_minutes"), None);
    assert!(shown(Html::of(&right)).contains("Session ends after idling"));
}

#[test]
fn work_that_is_over_is_no_longer_asked_for() {
    let t = english();
    let going = Progress::new(&t, "p", "Import", 3, 9).going("/jobs/1").stop(&t, "/jobs/1/stop");
    assert!(shown(going.clone()).contains("data-poll=\"/jobs/1\""));
    let over = shown(going.over(Tone::Ok, "Done"));
    assert!(!over.contains("data-poll") && !over.contains("/stop") && over.contains("3 of 9"), "{over}");
}

#[test]
fn the_busiest_hour_is_the_darkest_and_days_of_equal_hours_share_an_outline() {
    let mut counts = [[0; 24]; 7];
    counts[2][3] = 1;
    counts[4][9] = 400;
    let heat = (0..5).fold(Heat::new(english(), "Week", counts), |heat, day| heat.work(day, 8..17));
    let html = shown(heat);
    assert_eq!(html.matches("heat-5").count(), 1);
    assert_eq!(html.matches("heat-2").count(), 1, "the rare hour is seen too");
    assert_eq!(html.matches("heat-work").count(), 1);
    assert!(html.contains("<title>Fri 09–10: 400</title>"), "{html}");
}

#[test]
fn spans_outside_a_recording_are_cut_to_it() {
    let channel = Channel { label: "Customer".into(), peaks: vec![0, 255] };
    let span = Span { from_s: 5.0, to_s: 500.0, title: "masked".into() };
    let html = shown(Wave::new("Call", 10.0, vec![channel]).masked(vec![span]));
    assert!(html.contains("x=\"500.0\" y=\"0\" width=\"500.0\""), "{html}");
}

#[test]
fn what_is_sought_is_marked_and_stays_text_and_a_list_leads_to_it() {
    let bubble = |text: &str, hits: Vec<std::ops::Range<usize>>| Bubble {
        side: Side::Customer,
        who: "K".into(),
        at: Html::default(),
        from_s: None,
        text: text.into(),
        hits,
    };
    let said = vec![bubble("En ÅTER<b>betalning, åter", vec![3..8, 21..26]), bubble("İstanbul", Vec::new())];
    let html = shown(Bubbles::new("Chat", said).hits("Hits", "chat-hit"));
    assert_eq!(html.matches("<mark>").count(), 2);
    assert!(html.contains("<mark>ÅTER</mark>&lt;b&gt;betalning"), "{html}");
    assert!(html.contains("href=\"#chat-hit-1\"") && html.contains("id=\"chat-hit-1\""), "{html}");
    assert!(!html.contains("chat-hit-2"), "{html}");
}

#[test]
fn the_navigation_marks_the_line_a_page_lies_under() {
    let shell = crate::ui::gallery::sample_shell(english(), Theme::System);
    let current = |path: &str| {
        let nav = shell.clone().at(path).nav;
        nav.into_iter().filter(|item| item.current).map(|item| item.href).collect::<Vec<_>>()
    };
    assert_eq!(current("/logs/changes?open=3"), ["/logs"]);
    assert_eq!(current("/"), ["/"]);
    assert_eq!(current("/me"), Vec::<String>::new());
}
