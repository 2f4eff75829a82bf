//! Only a registered statement runs.

use kernel::{Reader, params};

fn ask(r: &mut Reader<'_>) {
    let _ = r.rows::<(i64,)>("select number from tenant_directory", params! {});
}

fn main() {}
