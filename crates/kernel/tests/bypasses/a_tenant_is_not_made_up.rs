//! A tenant comes only from a session, a key, a host name or a number in the directory.

fn main() {
    let _ = kernel::TenantId::new(7);
    let _ = kernel::TenantId(7);
}
