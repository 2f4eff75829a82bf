//! Each rule tried on a small repository that breaks it: it must find exactly that.

use super::report::Violation;
use super::tree::Tree;
use super::{crates, lengths, modules, papers, rust, sentences, sql, words};

/// Where the rule finds something: `path:line`.
fn places(rule: fn(&Tree) -> Vec<Violation>, files: &[(&str, &str)]) -> Vec<String> {
    let tree = Tree::of(files.iter().copied());
    rule(&tree).iter().map(|violation| format!("{}:{}", violation.path, violation.line)).collect()
}

#[test]
fn a_long_file_and_a_long_function_are_found() {
    let long = format!("//! Long.\nfn long() {{\n{}}}\n", "    step();\n".repeat(400));
    let short = format!("//! Short.\nfn short() {{\n{}}}\n", "    step();\n".repeat(68));
    let files = [("a.rs", long.as_str()), ("b.rs", short.as_str())];
    assert_eq!(places(lengths::files, &files), ["a.rs:401"]);
    assert_eq!(places(lengths::functions, &files), ["a.rs:2"]);
}

#[test]
fn an_empty_name_is_found() {
    let files =
        [("server/src/utils.rs", ""), ("server/src/helpers/x.rs", ""), ("server/src/utility_bill.rs", "")];
    assert_eq!(places(words::file_names, &files), ["server/src/utils.rs:1", "server/src/helpers/x.rs:1"]);
}

#[test]
fn a_machine_a_registry_and_the_workshop_are_found() {
    let machine = format!("fine\n{}x\n", concat!("/ro", "ot/"));
    let lock = concat!("source = \"registry+https://crates", ".io-index\"\n");
    let workshop = concat!("see issue", " #7");
    let files = [("a.md", machine.as_str()), ("Cargo.lock", lock), ("b.md", workshop)];
    assert_eq!(places(words::places, &files), ["a.md:2"]);
    assert_eq!(places(words::workshop, &files), ["b.md:1"]);
}

#[test]
fn what_rust_must_not_do_is_found() {
    let text = "use x;\nfn a() { b().unwrap(); println!(\"x\"); }\n#[cfg(test)]\nmod tests {\n    #[ignore]\n    fn c() { d().unwrap(); }\n}\n";
    let files = [("server/src/a.rs", text), ("server/src/main.rs", text)];
    assert_eq!(places(rust::module_docs, &files), ["server/src/a.rs:1", "server/src/main.rs:1"]);
    assert_eq!(places(rust::panics, &files), ["server/src/a.rs:2", "server/src/main.rs:2"]);
    assert_eq!(places(rust::prints, &files), ["server/src/a.rs:2"]);
    assert_eq!(places(rust::ignored_tests, &files), ["server/src/a.rs:5", "server/src/main.rs:5"]);
}

#[test]
fn a_file_that_nobody_names_is_found() {
    let files = [
        ("server/Cargo.toml", ""),
        ("server/src/lib.rs", "pub mod a;\n#[path = \"told.rs\"]\nmod other;\n// mod lost;\n"),
        ("server/src/a.rs", "mod b;\n"),
        ("server/src/a/b.rs", ""),
        ("server/src/told.rs", ""),
        ("server/src/lost.rs", ""),
        ("server/src/b.rs", ""),
        ("server/tests/program.rs", "mod shapes;\n"),
        ("server/tests/shapes/mod.rs", ""),
        ("server/tests/shapes/round.rs", ""),
    ];
    let lost = ["server/src/lost.rs:1", "server/src/b.rs:1", "server/tests/shapes/round.rs:1"];
    assert_eq!(places(modules::named, &files), lost);
}

#[test]
fn an_exception_without_a_reason_is_found() {
    let text =
        "#[allow(dead_code)]\nfn a() {}\n#[allow(\n    dead_code,\n    reason = \"b\"\n)]\nfn b() {}\n";
    assert_eq!(places(rust::exceptions, &[("a.rs", text)]), ["a.rs:1"]);
}

#[test]
fn an_undocumented_item_is_found() {
    let text = "/// Said.\n#[derive(\n    Debug,\n)]\npub struct A;\npub fn b() {}\npub mod c;\npub(crate) fn d() {}\n";
    assert_eq!(places(rust::public_docs, &[("crates/book/src/a.rs", text)]), ["crates/book/src/a.rs:6"]);
}

#[test]
fn a_limit_without_a_unit_is_found() {
    let text =
        "const MAX_BODY: usize = 1;\nconst MAX_BODY_BYTES: usize = 1;\nconst IDLE_TIMEOUT: Duration = X;\n";
    assert_eq!(places(rust::limits, &[("a.rs", text)]), ["a.rs:1"]);
}

#[test]
fn sql_out_of_its_place_is_found() {
    let text = "//! X.\nconst A: &str = \"select a\n from b\";\nconst B: &str = \"Select a user\";\nconst C: &str = \"delete from b\";\n";
    let files = [("server/src/users/pages.rs", text), ("server/src/users/queries.rs", text)];
    assert_eq!(places(sql::places, &files), ["server/src/users/pages.rs:2", "server/src/users/pages.rs:5"]);
}

#[test]
fn a_broken_wall_is_found() {
    let server = "[dependencies]\nkernel.workspace = true\nrusqlite.workspace = true\n";
    let book = "use std::fs;\nfn a() {}\n";
    let files = [("server/Cargo.toml", server), ("crates/book/src/a.rs", book)];
    assert_eq!(places(crates::walls, &files), ["server/Cargo.toml:3"]);
    assert_eq!(places(crates::purity, &files), ["crates/book/src/a.rs:1"]);
}

#[test]
fn a_banned_crate_and_a_foreign_source_are_found() {
    let lock = "name = \"openssl-sys\"\nsource = \"registry+x\"\nname = \"fine\"\nsource = \"git+y\"\n";
    let deny = "deny = [\n  { crate = \"openssl-sys\", reason = \"\" },\n]\n";
    assert_eq!(
        places(crates::outside, &[("Cargo.lock", lock), ("deny.toml", deny)]),
        ["Cargo.lock:1", "Cargo.lock:4"]
    );
}

#[test]
fn a_sentence_missing_in_one_language_is_found() {
    let en = "# c\nboth = A { $n }\n  .hint = H\nonly = B\nother = { $a }\n";
    let sv = "both = A { $n }\n  .hint = H\nother = { $b }\nother = x\n";
    let files = [("locales/en/a.ftl", en), ("locales/sv/a.ftl", sv)];
    let found = places(sentences::languages, &files);
    assert_eq!(found, ["locales/sv/a.ftl:4", "locales/en/a.ftl:4", "locales/en/a.ftl:5"]);
}

#[test]
fn a_sentence_and_a_style_in_a_template_are_found() {
    let text = "<p class=\"a\n b\">{{ t.key }}</p>\n<p>Hello there</p>\n<a title=\"Open\" href=\"/x\">{% if a %}×{% endif %}</a>\n<p style=\"x\">Vaktbok</p>\n<script src=\"/a.js\"></script>\n<script>\n";
    let files = [("server/src/users/a.html", text)];
    assert_eq!(
        places(sentences::templates, &files),
        ["server/src/users/a.html:3", "server/src/users/a.html:4"]
    );
    assert_eq!(places(sentences::inline, &files), ["server/src/users/a.html:5", "server/src/users/a.html:7"]);
}

#[test]
fn a_half_decision_and_an_empty_promise_are_found() {
    let promise = "## Promises\n1. Kept – test `tidy::kept`\n2. Hoped – test `hoped`\n";
    let files = [
        ("decisions/0001-x.md", "## What\n## Why\n"),
        ("ARCHITECTURE.md", promise),
        ("a.rs", "fn kept() {}\n"),
    ];
    assert_eq!(places(papers::decisions, &files), ["decisions/0001-x.md:1"]);
    assert_eq!(places(papers::promises, &files), ["ARCHITECTURE.md:3"]);
}
