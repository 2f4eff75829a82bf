//! What may be asked and what not; the rest is tested through the hand-out of heads.

use super::*;

fn outgoing(hosts: &[&str]) -> Outgoing {
    let hosts = hosts.iter().map(|host| HostName::parse(host).unwrap()).collect();
    Outgoing::new(&OutgoingOptions { hosts, roots: None }).unwrap()
}

fn target(text: &str) -> Target {
    Target::parse(text).unwrap()
}

#[test]
fn s55_only_https_without_name_and_password_is_an_address() {
    for wrong in [
        "http://hook.example/",
        "ftp://hook.example/",
        "//hook.example/",
        "hook.example",
        "https://",
        "https:///x",
        "https://a:b@hook.example/",
        "https://hook.example@10.0.0.1/",
        "https://hook.example/#part",
        "https://hook.example:99999/",
        "https://ho ok.example/",
        "javascript:alert(1)",
        "",
    ] {
        assert_eq!(Target::parse(wrong), None, "{wrong}");
    }
    let long = format!("https://hook.example/{}", "x".repeat(MAX_TARGET_CHARACTERS));
    assert_eq!(Target::parse(&long), None);
    let hook = target("https://Hook.Example:8443/heads?key=1");
    assert_eq!((hook.authority().as_str(), hook.path()), ("hook.example:8443", "/heads?key=1"));
}

use super::target::MAX_TARGET_CHARACTERS;

#[test]
fn s55_no_address_of_this_machine_or_a_private_network_is_public() {
    for inside in [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ] {
        assert!(!place::public(inside.parse().unwrap()), "{inside}");
    }
    for outside in ["1.1.1.1", "172.32.0.1", "2606:4700:4700::1111", "64:ff9b::101:101"] {
        assert!(place::public(outside.parse().unwrap()), "{outside}");
    }
}

#[test]
fn s55_one_private_address_among_public_ones_is_enough_to_refuse_a_name() {
    let found: Vec<SocketAddr> = vec!["1.1.1.1:443".parse().unwrap(), "10.0.0.7:443".parse().unwrap()];
    let refused = outgoing(&[]).judge(&target("https://hook.example/"), &found).unwrap_err();
    assert_eq!(refused, fault("outgoing-inside", "10.0.0.7"));
    outgoing(&["hook.example"]).judge(&target("https://hook.example/"), &found).unwrap();
    outgoing(&["other.example"]).judge(&target("https://hook.example/"), &found).unwrap_err();
}

#[tokio::test]
async fn s55_however_this_machine_is_written_it_is_not_asked() {
    for hidden in ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "127.1", "0"] {
        let to = target(&format!("https://{hidden}:9/"));
        let refused = outgoing(&[]).post(&to, "text/plain", Bytes::new()).await.unwrap_err();
        assert!(matches!(refused.key, "outgoing-inside" | "outgoing-unknown"), "{hidden}: {refused:?}");
    }
}
