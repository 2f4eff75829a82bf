//! Rows are read through a grant.

use kernel::{Access, Store};

fn past_the_grant(store: &Store, access: std::sync::Arc<Access>) {
    let _ = store.read(access, |_| Ok(()));
    let _ = kernel::Reader::new;
}

fn main() {}
