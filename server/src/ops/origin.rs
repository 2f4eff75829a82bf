//! Where a request came from, as an entry in the book keeps it.

use axum::http::header;
use axum::http::request::Parts;
use kernel::{Origin, RequestId, Way};

use super::agent::Agent;
use super::client::Client;
use super::places::Places;

/// The origin of a request by `way`, from what the layers of `serve` put into its extensions.
///
/// A request that never passed them (a test that calls a router directly) has no address.
pub fn origin(way: Way, parts: &Parts, places: &Places) -> Origin {
    let request = parts.extensions.get::<RequestId>().copied().unwrap_or(RequestId(kernel::Uuid::nil()));
    let Some(client) = parts.extensions.get::<Client>() else { return Origin::inside(way, request) };
    let place = places.place(client.address);
    let user_agent = parts.headers.get(header::USER_AGENT).map(|value| value.as_bytes()).unwrap_or_default();
    let agent = Agent::read(&String::from_utf8_lossy(user_agent));
    let special = place.special.map(|special| special.code().to_owned());
    Origin {
        way,
        address: client.address.to_string(),
        country: special.or(place.country.map(|country| country.to_string())).unwrap_or_default(),
        network: place.network.unwrap_or_default(),
        browser: agent.browser,
        system: agent.system,
        request,
        door: String::new(),
        moment: None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn of(address: &str, user_agent: &[u8]) -> Origin {
        let client = Client { address: address.parse().unwrap(), encrypted: true, host: None };
        let request =
            Request::get("/").header(header::USER_AGENT, user_agent).extension(client).body(()).unwrap();
        origin(Way::Web, &request.into_parts().0, &Places::built_in())
    }

    #[test]
    fn an_origin_holds_all_that_the_access_log_shows() {
        let origin = of("130.235.1.1", b"curl/8.5.0");
        assert_eq!(
            [&origin.address, &origin.country, &origin.network, &origin.browser, &origin.system],
            ["130.235.1.1", "SE", "Lund University", "curl 8", ""]
        );
    }

    #[test]
    fn an_address_that_is_no_place_has_its_kind_for_a_country() {
        assert_eq!(of("10.0.0.7", b"").country, "private-network");
        assert_eq!(of("127.0.0.1", b"").country, "this-machine");
    }

    #[test]
    fn a_user_agent_that_is_no_text_is_read_all_the_same() {
        assert_eq!(of("10.0.0.7", b"tool\xff/1").browser, "tool 1");
    }
}
