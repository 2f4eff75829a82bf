//! The account on the machine that a command runs as: what its entries say.

/// The account of this process.
pub fn own() -> String {
    named(rustix::process::getuid().as_raw())
}

/// The name of an account, or its number where it has none (`/etc/passwd`, passwd(5)).
pub fn named(number: u32) -> String {
    let text = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let of = |line: &str| {
        let parts: Vec<&str> = line.split(':').collect();
        (parts.get(2)?.parse() == Ok(number)).then(|| parts.first().map(|name| (*name).to_owned()))?
    };
    text.lines().find_map(of).unwrap_or_else(|| number.to_string())
}
