//! What a machine calls a thing does not stand where a person reads: in no sample of any page, in either language.

use server::ui::{Language, Locale, Theme, gallery};

/// What a person sees of a page: its text, without marks, addresses and what stands in fixed width.
fn seen(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let hidden = ["code", "pre", "script", "title"]
            .into_iter()
            .find(|name| after.strip_prefix(name).is_some_and(|end| end.starts_with(['>', ' '])));
        let end = hidden.map_or_else(|| ">".to_owned(), |name| format!("</{name}>"));
        rest = after.split_once(end.as_str()).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

/// Whether a word has the form of an id: five groups of 8, 4, 4, 4 and 12 digits of sixteen.
fn is_an_id(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Words that are stored and have a sentence, but are shown as they are stored; ids; microseconds; JSON.
fn raw(text: &str) -> Vec<String> {
    let words =
        text.split(|c: char| !(c.is_alphanumeric() || "-_.µ".contains(c))).map(|word| word.trim_matches('.'));
    let stored = [
        "this-machine",
        "private-network",
        "shared-by-provider",
        "no-host",
        "sign-in.accepted",
        "sign-in.refused",
        "µs",
    ];
    let mut found: Vec<String> =
        words.filter(|word| is_an_id(word) || stored.contains(word)).map(str::to_owned).collect();
    found.extend(
        ["{&#34;", "{&quot;", "{\"", "&#34;:"]
            .iter()
            .filter(|mark| text.contains(**mark))
            .map(|s| (*s).to_owned()),
    );
    found
}

#[test]
fn no_page_shows_the_words_of_the_machine() {
    let mut wrong = Vec::new();
    for (page, samples) in gallery::all() {
        for (sample, language) in samples.iter().flat_map(|s| [(s, Language::En), (s, Language::Sv)]) {
            let html = gallery::render(page, sample, Locale::new(language, "UTC"), Theme::System).unwrap();
            wrong.extend(raw(&seen(&html)).iter().map(|word| format!("{page} / {sample}: {word}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_of_the_machine_is_told_from_what_a_person_reads() {
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    let page = format!(
        "<p title=\"{id}\">this machine</p><code>{id}</code><td>{id}</td><td>from this-machine in 12 µs</td>"
    );
    assert_eq!(raw(&seen(&page)), [id, "this-machine", "µs"]);
}
