//! The heads that were signed, newest first, each to be taken and each with the proof that the book has only grown since.

use super::pages::BookPage;
use super::queries::HeadRow;
use crate::ui::Shell;
use crate::ui::facts::Section;
use crate::ui::table::{Cell, Column, Pager, Row, Table};

impl BookPage {
    /// A page of heads; `next` begins the one after it.
    pub(super) fn heads(shell: Shell, rows: &[HeadRow], next: Option<i64>) -> BookPage {
        let t = shell.t;
        let columns = vec![
            Column::number("size", t.say("book-size")),
            Column::long("at", t.say("book-signed-at")),
            Column::tight("head", t.say("book-head")),
            Column::tight("proof", t.say("book-grown")),
        ];
        let row = |head: &HeadRow| {
            let cells = vec![
                Cell::from(t.number(head.size.unsigned_abs())),
                Cell::from(t.when_exact(head.at.to_jiff())),
                Cell::link(&t.say("book-take"), &format!("/book/head?size={}", head.size)),
                Cell::link(&t.say("book-take"), &format!("/book/consistency?from={}", head.size)),
            ];
            Row::new(format!("head-{}", head.size), cells)
        };
        let table = Table::new("heads", t.say("book-heads"), columns).rows(rows.iter().map(row).collect());
        let older = next.map(|from| format!("/book/heads?from={from}"));
        let section =
            Section::untitled().lead(t.say("book-heads-lead")).with(table).with(Pager::new(&t, None, older));
        let shell = shell.titled(t.say("book-heads")).under(t.say("ui-nav-book"), "/book").at("/book");
        BookPage::of(shell, vec![section.into()])
    }
}
