//! A form with every kind of field; clean, and with all its errors at once.

use super::super::field::{Choice, ErrorSummary, Field, FieldGroup};
use super::super::state::{Button, Weight};
use super::super::{Html, Shell};
use super::{HOSTILE, Specimen, long_name};

pub(super) fn samples(shell: &Shell) -> Vec<(&'static str, Specimen)> {
    let page = |wrong| {
        Specimen::new(
            shell.clone().titled("New user").under("Users", "/users").at("/users"),
            form(shell, wrong),
        )
    };
    vec![("form", page(false)), ("form-wrong", page(true))]
}

fn form(shell: &Shell, wrong: bool) -> Vec<Html> {
    let error = |text: &str| {
        if wrong { text.to_owned() } else { String::new() }
    };
    let group = || {
        vec![Choice::new("1", "Sales"), Choice::new("2", "Support, evenings"), Choice::new("3", long_name())]
    };
    let kinds = vec![
        Choice::new("person", "Person").help("Signs in with a password or passkey."),
        Choice::new("service", "Service").help("Signs in with a key, through the API only."),
    ];
    let fields = vec![
        Field::text("name", "Name")
            .required()
            .value(if wrong { HOSTILE } else { "" })
            .attribute("autocomplete", "off"),
        Field::input("email", "mail", "Mail address")
            .help("Where the set-up link is sent.")
            .error(error("Give an address with an @ and a domain, such as asa@example.se.")),
        Field::select("group", "Group", group()).value("2"),
        Field::radio("kind", "Type", kinds).value("person"),
    ];
    let more = vec![
        Field::number("length", "Shortest password", 8, 128)
            .value("15")
            .unit("characters")
            .error(error("Choose 8 to 128.")),
        Field::input("datetime-local", "from", "Suspended from"),
        Field::password("password", "Password", "new-password"),
        Field::area("note", "Note", 3).help("Seen by administrators."),
        Field::check("mobile", "May sign in outside working hours", true),
        Field::text("fixed", "Numeric id").value("10427").off(true),
    ];
    let all: Vec<Field> = fields.iter().chain(&more).cloned().collect();
    let summary = ErrorSummary::of(&shell.t, &all);
    vec![
        summary.into(),
        FieldGroup::new("Who", "", fields).into(),
        FieldGroup::new("Sign-in", "What is left empty is inherited from the group.", more).into(),
        Button::submit("Create user", Weight::Primary).into(),
        Html::text(" "),
        Button::link(shell.t.say("ui-cancel"), "/users").into(),
    ]
}
