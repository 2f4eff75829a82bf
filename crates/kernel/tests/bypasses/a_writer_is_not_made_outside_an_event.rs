//! Rows change inside an event's `apply`, whose entry is made with it.

use kernel::{Access, Store};

fn past_the_event(store: &Store, access: std::sync::Arc<Access>) {
    let _ = store.change(access, Box::new(|_, _, _| loop {}));
    let _ = kernel::Writer::new;
}

fn main() {}
