//! A client says where it comes from; only stated proxies are believed.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

use super::*;

const PROXY: &str = "10.0.0.1";
const VISITOR: &str = "203.0.113.9";

fn rules(header: ProxyHeader) -> ProxyRules {
    ProxyRules {
        trusted: vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()],
        header,
        encrypted: true,
    }
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    }
    headers
}

fn seen(header: ProxyHeader, peer: &str, pairs: &[(&'static str, &str)]) -> String {
    let client = rules(header).client(peer.parse().unwrap(), &Uri::from_static("/"), &headers(pairs));
    client.address.to_string()
}

fn x_forwarded(peer: &str, value: &str) -> String {
    seen(ProxyHeader::XForwardedFor, peer, &[("x-forwarded-for", value)])
}

fn forwarded(peer: &str, value: &str) -> String {
    seen(ProxyHeader::Forwarded, peer, &[("forwarded", value)])
}

#[test]
fn a_client_without_a_proxy_cannot_choose_its_address() {
    assert_eq!(x_forwarded(VISITOR, "192.0.2.1"), VISITOR);
    assert_eq!(forwarded(VISITOR, "for=192.0.2.1"), VISITOR);
    let all =
        [("x-real-ip", "192.0.2.1"), ("true-client-ip", "192.0.2.1"), ("cf-connecting-ip", "192.0.2.1")];
    assert_eq!(seen(ProxyHeader::XForwardedFor, PROXY, &all), PROXY, "no other header is read");
}

#[test]
fn a_client_behind_a_proxy_cannot_choose_its_address() {
    assert_eq!(x_forwarded(PROXY, &format!("127.0.0.1, 192.0.2.1, {VISITOR}")), VISITOR);
    assert_eq!(forwarded(PROXY, &format!("for=192.0.2.1, for={VISITOR};proto=https")), VISITOR);
}

#[test]
fn a_client_cannot_slip_in_the_header_its_proxy_does_not_write() {
    let both = [("forwarded", "for=192.0.2.1"), ("x-forwarded-for", VISITOR)];
    assert_eq!(seen(ProxyHeader::XForwardedFor, PROXY, &both), VISITOR);
    let both = [("x-forwarded-for", "192.0.2.1"), ("forwarded", "for=203.0.113.9")];
    assert_eq!(seen(ProxyHeader::Forwarded, PROXY, &both), VISITOR);
}

#[test]
fn a_chain_of_stated_proxies_is_followed_to_its_end() {
    assert_eq!(x_forwarded(PROXY, &format!("192.0.2.1, {VISITOR}, 10.0.0.7, fd00::3")), VISITOR);
    let two_lines = [("x-forwarded-for", "192.0.2.1, 203.0.113.9"), ("x-forwarded-for", "10.0.0.7")];
    assert_eq!(seen(ProxyHeader::XForwardedFor, PROXY, &two_lines), VISITOR);
}

#[test]
fn a_client_inside_the_proxies_own_network_is_named_itself() {
    assert_eq!(x_forwarded(PROXY, "10.9.9.9"), "10.9.9.9");
}

#[test]
fn every_usual_form_of_an_address_is_read() {
    for form in ["203.0.113.9", "203.0.113.9:4711", " 203.0.113.9 ", "::ffff:203.0.113.9"] {
        assert_eq!(x_forwarded(PROXY, form), VISITOR, "{form}");
    }
    for form in ["for=203.0.113.9", "For=\"203.0.113.9:4711\"", "by=10.0.0.1;FOR=203.0.113.9;proto=https"] {
        assert_eq!(forwarded(PROXY, form), VISITOR, "{form}");
    }
    for form in ["for=\"[2001:db8::17]:4711\"", "for=\"[2001:db8::17]\""] {
        assert_eq!(forwarded(PROXY, form), "2001:db8::17", "{form}");
    }
    assert_eq!(x_forwarded(PROXY, "2001:db8::17"), "2001:db8::17");
}

#[test]
fn nonsense_ends_at_the_last_address_that_was_believed() {
    for nonsense in
        ["", ",", "unknown", "_hidden", "203.0.113", "\u{202e}", "203.0.113.9 evil", "for=203.0.113.9"]
    {
        let value = HeaderValue::from_bytes(nonsense.as_bytes()).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", value);
        let client = rules(ProxyHeader::XForwardedFor).client(
            PROXY.parse().unwrap(),
            &Uri::from_static("/"),
            &headers,
        );
        assert_eq!(client.address.to_string(), PROXY, "{nonsense}");
    }
    assert_eq!(x_forwarded(PROXY, "192.0.2.1, garbage, 10.0.0.7"), "10.0.0.7");
    assert_eq!(
        forwarded(PROXY, "for=\"203.0.113.9, for=192.0.2.1"),
        PROXY,
        "an open quote swallows the rest"
    );
}

#[test]
fn a_header_of_endless_hops_is_cut() {
    let endless = vec!["10.0.0.7"; 100_000].join(",");
    assert_eq!(x_forwarded(PROXY, &format!("{VISITOR},{endless}")), "10.0.0.7");
}

#[test]
fn only_a_stated_proxy_says_whether_the_way_was_encrypted() {
    let plain = headers(&[("x-forwarded-for", VISITOR), ("x-forwarded-proto", "http")]);
    let rules = rules(ProxyHeader::XForwardedFor);
    let at =
        |peer: &str| rules.client(peer.parse::<IpAddr>().unwrap(), &Uri::from_static("/"), &plain).encrypted;
    assert!(!at(PROXY), "the proxy says http");
    assert!(at(VISITOR), "a visitor's own word changes nothing");
}

#[test]
fn host_names_have_one_form() {
    for form in ["Portal.Example.SE", "portal.example.se.", "portal.example.se:8443", " portal.example.se "] {
        assert_eq!(HostName::parse(form).unwrap().as_str(), "portal.example.se", "{form}");
    }
    assert_eq!(HostName::parse("[2001:DB8::1]:443").unwrap().as_str(), "[2001:db8::1]");
    assert_eq!(HostName::parse("xn--hjrta-gra.se").unwrap().as_str(), "xn--hjrta-gra.se");
}

#[test]
fn what_is_no_host_name_is_none() {
    let long = "a".repeat(64);
    for wrong in
        ["", ".", "a..b", "-a.se", "a/b", "a b", "a@b", "se:99999", "se:", "[::1", "[x]", "å.se", &long]
    {
        assert_eq!(HostName::parse(wrong), None, "{wrong}");
    }
}
