//! The house rules, held against every file of the repository.
//!
//! Each rule is a function from the [`Tree`](tree::Tree) to the places that break it. Each is tested twice:
//! on the repository, where it must find nothing, and on a small bad sample, where it must find exactly that
//! – a rule that cannot fail guards nothing.

mod crates;
mod lengths;
mod lexer;
mod modules;
mod papers;
mod report;
mod rust;
mod samples;
mod sentences;
mod sql;
mod tree;
mod words;

use tree::Tree;

/// One test a rule, so that a failure carries the rule's name.
macro_rules! rules {
    ($($name:ident: $check:path;)*) => {
        $(#[test]
        fn $name() -> Result<(), report::Report> {
            report::demand_none($check(&Tree::of_repository()))
        })*
    };
}

rules! {
    a_file_fits_in_400_lines: lengths::files;
    a_function_fits_on_a_screen: lengths::functions;
    a_file_is_named_after_what_it_holds: words::file_names;
    no_path_of_a_machine_and_no_registry_host: words::places;
    no_word_about_how_it_was_built: words::workshop;
    a_module_opens_with_its_promises: rust::module_docs;
    a_source_file_is_part_of_the_program: modules::named;
    nothing_panics_on_purpose: rust::panics;
    only_commands_print: rust::prints;
    no_test_is_switched_off: rust::ignored_tests;
    an_exception_has_a_reason: rust::exceptions;
    public_items_are_documented: rust::public_docs;
    a_limit_carries_its_unit: rust::limits;
    sql_stands_in_events_and_queries: sql::places;
    the_walls_between_crates_stand: crates::walls;
    book_and_vault_touch_nothing: crates::purity;
    what_comes_from_outside_is_allowed: crates::outside;
    both_languages_say_everything: sentences::languages;
    templates_hold_no_sentence: sentences::templates;
    templates_hold_no_script_and_no_style: sentences::inline;
    a_decision_says_what_why_and_what_was_rejected: papers::decisions;
    a_promise_names_a_test_that_exists: papers::promises;
}
