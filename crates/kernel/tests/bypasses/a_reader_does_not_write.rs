//! What is asked for an answer changes nothing.

use kernel::{Reader, params, sql};

fn change(r: &mut Reader<'_>) {
    let _ = r.any(sql!("delete from users where tenant_id = $tenant"), params! {});
}

fn main() {}
