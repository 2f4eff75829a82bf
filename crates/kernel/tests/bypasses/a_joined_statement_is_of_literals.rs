//! Statements that share a part are joined of literals alone.

use kernel::{Reader, params, sql};

fn ask(r: &mut Reader<'_>, typed: &'static str) {
    let _ = r.rows::<(i64,)>(sql!(concat!("select id from users where name = '", typed, "'")), params! {});
}

fn main() {}
