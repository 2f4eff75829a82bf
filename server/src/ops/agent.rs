//! Browser, system and kind of client, from the `User-Agent` header.
//!
//! - The header is the client's own word: good for telling devices apart, never for deciding anything.
//! - At most [`READ_BYTES`] of it are read, whatever was sent.
//! - Names are the makers' own ("Firefox 128", "Windows"), the same in every language; what is not known is empty.

use woothee::parser::{Parser, WootheeResult};

/// Bytes of the header that are read; real ones are about 120.
pub const READ_BYTES: usize = 512;

/// What sort of client sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A web browser on a computer.
    Browser,
    /// A web browser on a phone or tablet.
    Phone,
    /// A program: a script, a library, a crawler.
    Program,
    /// Nothing was said.
    Unknown,
}

/// The client as its `User-Agent` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The sort of client.
    pub kind: Kind,
    /// Browser or program with its major version ("Firefox 128", "curl 8"); empty when not known.
    pub browser: String,
    /// Operating system ("Windows", "Android 14"); empty when not known.
    pub system: String,
}

impl Kind {
    /// The stored word for it.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Browser => "browser",
            Kind::Phone => "phone",
            Kind::Program => "program",
            Kind::Unknown => "unknown",
        }
    }
}

impl Agent {
    /// Reads a `User-Agent` header.
    pub fn read(header: &str) -> Agent {
        let text = head(header.trim());
        match Parser::new().parse(text) {
            _ if text.is_empty() => {
                Agent { kind: Kind::Unknown, browser: String::new(), system: String::new() }
            }
            Some(found) if is_browser(&found) => Agent::of_browser(text, &found),
            found => Agent::of_program(text, found.map(|f| system(&f)).unwrap_or_default()),
        }
    }

    fn of_browser(text: &str, found: &WootheeResult<'_>) -> Agent {
        let phone = matches!(found.category, "smartphone" | "mobilephone") || text.contains("iPad");
        let kind = if phone { Kind::Phone } else { Kind::Browser };
        Agent { kind, browser: with_major(found.name, found.version), system: system(found) }
    }

    /// A program names itself in the first product of the header (RFC 9110 section 10.1.5).
    fn of_program(text: &str, system: String) -> Agent {
        let product = text.split([' ', '(', ';', ',']).next().unwrap_or_default();
        let (name, version) = product.split_once('/').unwrap_or((product, ""));
        let name: String = name.chars().filter(|c| c.is_ascii_graphic()).take(40).collect();
        Agent { kind: Kind::Program, browser: with_major(&name, version), system }
    }
}

fn is_browser(found: &WootheeResult<'_>) -> bool {
    matches!(found.category, "pc" | "smartphone" | "mobilephone" | "appliance") && found.name != "UNKNOWN"
}

/// Windows and macOS hide their version from servers ("NT 10.0", "10_15_7" for everything newer), so none is given.
fn system(found: &WootheeResult<'_>) -> String {
    let version = found.os_version.as_ref();
    match found.os {
        "UNKNOWN" => String::new(),
        windows if windows.starts_with("Windows") => "Windows".to_owned(),
        "Mac OSX" => "macOS".to_owned(),
        "iPhone" | "iPod" => with_major("iOS", version),
        "iPad" => with_major("iPadOS", version),
        os @ ("Android" | "iOS") => with_major(os, version),
        os => os.to_owned(),
    }
}

fn with_major(name: &str, version: &str) -> String {
    let digits: String = version.chars().take_while(char::is_ascii_digit).take(6).collect();
    if digits.is_empty() { name.to_owned() } else { format!("{name} {digits}") }
}

/// The first [`READ_BYTES`] of the text, cut at a character.
fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(READ_BYTES)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> (Kind, String, String) {
        let agent = Agent::read(header);
        (agent.kind, agent.browser, agent.system)
    }

    fn is(kind: Kind, browser: &str, system: &str) -> (Kind, String, String) {
        (kind, browser.to_owned(), system.to_owned())
    }

    #[test]
    fn browsers_on_computers_are_named_with_their_major_version() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let chrome = format!("{windows} {webkit} Chrome/131.0.0.0 Safari/537.36");
        assert_eq!(read(&chrome), is(Kind::Browser, "Chrome 131", "Windows"));
        assert_eq!(read(&format!("{chrome} Edg/131.0.2903.70")), is(Kind::Browser, "Edge 131", "Windows"));
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        assert_eq!(read(firefox), is(Kind::Browser, "Firefox 128", "Linux"));
        let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";
        assert_eq!(read(safari), is(Kind::Browser, "Safari 18", "macOS"));
    }

    #[test]
    fn browsers_on_phones_are_phones() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
        assert_eq!(read(iphone), is(Kind::Phone, "Safari 17", "iOS 17"));
        let android = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";
        assert_eq!(read(android), is(Kind::Phone, "Chrome 131", "Android 14"));
    }

    #[test]
    fn programs_are_named_by_their_first_product() {
        assert_eq!(read("curl/8.5.0"), is(Kind::Program, "curl 8", ""));
        assert_eq!(read("python-requests/2.32.3"), is(Kind::Program, "python-requests 2", ""));
        assert_eq!(read("Go-http-client/1.1"), is(Kind::Program, "Go-http-client 1", ""));
        assert_eq!(read("MicrosoftTeamsWebhook"), is(Kind::Program, "MicrosoftTeamsWebhook", ""));
    }

    #[test]
    fn no_header_is_an_unknown_client() {
        assert_eq!(read("  "), is(Kind::Unknown, "", ""));
    }

    #[test]
    fn hostile_headers_cost_little_and_name_nothing_odd() {
        let huge = "å".repeat(1 << 20);
        assert_eq!(Agent::read(&huge).kind, Kind::Program);
        assert!(head(&huge).len() <= READ_BYTES, "one MB is not read");
        let odd = Agent::read("\u{202e}evil\r\n\u{1b}[31m/9");
        assert!(odd.browser.chars().all(|c| c.is_ascii_graphic() || c == ' '), "{odd:?}");
    }
}
