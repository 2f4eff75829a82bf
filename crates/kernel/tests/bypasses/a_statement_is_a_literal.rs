//! No text that came from outside can become a statement.

use kernel::{Reader, params, sql};

fn ask(r: &mut Reader<'_>, typed: &'static str) {
    let _ = r.rows::<(i64,)>(sql!(typed), params! {});
}

fn main() {}
