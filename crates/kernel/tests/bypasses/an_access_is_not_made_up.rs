//! Who asks is found by the gate, by a session's or a key's secret.

fn main() {
    let _ = kernel::Access::new;
}
