//! What an operator states, and what they are told.

use super::options::CHOICES;
use super::*;

fn inputs(file: &str) -> Inputs {
    Inputs { file: Some((PathBuf::from("vaktbok.toml"), file.to_owned())), ..Inputs::default() }
}

fn load(file: &str) -> Config {
    Config::load(&inputs(file)).unwrap()
}

/// Each problem as "option: sentence".
fn problems(inputs: &Inputs) -> Vec<String> {
    let problems = Config::load(inputs).err().unwrap_or_default();
    problems.iter().map(|problem| format!("{}: {}", problem.option, problem.message.key)).collect()
}

#[test]
fn the_program_starts_with_nothing_stated() {
    let config = Config::load(&Inputs::default()).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.data, PathBuf::from("data"));
    assert!(config.database.is_none() && config.tls.is_none() && !config.encrypted());
    assert!(matches!(config.master_key, MasterKey::File(file) if file == *"data/master.key"));
    assert_eq!(config.limits.body_bytes, 1 << 20);
}

#[test]
fn flags_count_over_the_environment_over_the_file() {
    let mut inputs = inputs("listen = '127.0.0.1:1'\nidle_seconds = 11\nrequest_seconds = 12");
    inputs.environment = vec![
        ("VAKTBOK_LISTEN".into(), "127.0.0.1:2".into()),
        ("VAKTBOK_IDLE_SECONDS".into(), "21".into()),
        ("PATH".into(), "/bin".into()),
    ];
    inputs.flags = vec![("listen".into(), vec!["127.0.0.1:3".into()])];
    let config = Config::load(&inputs).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.limits.idle_time.as_secs(), 21);
    assert_eq!(config.limits.request_time.as_secs(), 12);
}

#[test]
fn lists_are_arrays_in_the_file_and_commas_in_the_environment() {
    let one = load(
        "behind_proxy = true\ntrusted_proxies = ['10.0.0.0/8', 'fd00::/8']\npublic_hosts = ['A.example']",
    );
    let mut other = inputs("behind_proxy = true");
    other.environment = vec![
        ("VAKTBOK_TRUSTED_PROXIES".into(), "10.0.0.0/8, fd00::/8".into()),
        ("VAKTBOK_PUBLIC_HOSTS".into(), "a.example".into()),
    ];
    let other = Config::load(&other).unwrap();
    assert_eq!(one.trusted_proxies.len(), 2);
    assert_eq!(one.trusted_proxies, other.trusted_proxies);
    assert_eq!(one.public_hosts, other.public_hosts);
}

#[test]
fn everything_wrong_is_reported_at_once_with_its_place() {
    let mut inputs = inputs("listne = '127.0.0.1:1'\nidle_seconds = 0\nlog_format = 'xml'\n[tls]\nkey = 'x'");
    inputs.environment =
        vec![("VAKTBOK_BEHIND_PROXY".into(), "ja".into()), ("VAKTBOK_HASH".into(), "1".into())];
    let problems = Config::load(&inputs).unwrap_err();
    let told: Vec<(String, String)> = problems
        .iter()
        .map(|p| (format!("{} {}", p.stated.place(), p.option), p.message.key.to_owned()))
        .collect();
    for (place, key) in [
        ("vaktbok.toml listne", "config-unknown-near"),
        ("vaktbok.toml idle_seconds", "config-wrong-number"),
        ("vaktbok.toml log_format", "config-wrong-word"),
        ("vaktbok.toml tls", "config-no-tables"),
        ("VAKTBOK_BEHIND_PROXY behind_proxy", "config-wrong-yes"),
        ("VAKTBOK_HASH hash", "config-unknown"),
    ] {
        assert!(told.contains(&(place.into(), key.into())), "{place}: {key} in {told:?}");
    }
    assert_eq!(told.len(), 6, "{told:?}");
}

#[test]
fn a_misspelt_option_is_answered_with_the_right_one() {
    for (wrong, right) in
        [("listne", "listen"), ("trusted_proxy", "trusted_proxies"), ("tls_cert", "tls_certificate")]
    {
        let problems = Config::load(&inputs(&format!("{wrong} = 'x'"))).unwrap_err();
        let near =
            problems[0].message.args.iter().find(|(name, _)| *name == "near").map(|(_, near)| near.as_str());
        let expected = (wrong != "tls_cert").then_some(right); // too far away to guess
        assert_eq!(near.or(Some("")), expected.or(Some("")), "{wrong}");
    }
}

#[test]
fn a_broken_file_names_the_line() {
    let problems = Config::load(&inputs("listen = '127.0.0.1:1'\n\nidle_seconds = = 3")).unwrap_err();
    assert_eq!(problems[0].message.key, "config-file-broken");
    assert!(problems[0].message.args.contains(&("line", "3".into())), "{:?}", problems[0]);
}

#[test]
fn s55_plain_http_is_refused_except_on_loopback_or_behind_a_stated_proxy() {
    for open in ["0.0.0.0:80", "192.0.2.1:8080", "[::]:80", "[2001:db8::1]:80"] {
        assert_eq!(problems(&inputs(&format!("listen = '{open}'"))), ["listen: config-plain-http"], "{open}");
        load(&format!("listen = '{open}'\nbehind_proxy = true\ntrusted_proxies = ['10.0.0.1']"));
        load(&format!("listen = '{open}'\ntls_certificate = 'a.pem'\ntls_key = 'a.key'"));
    }
    for own in ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80", "[::ffff:127.0.0.1]:80"] {
        load(&format!("listen = '{own}'"));
    }
}

#[test]
fn a_proxy_is_stated_whole_or_not_at_all() {
    assert_eq!(problems(&inputs("behind_proxy = true")), ["trusted_proxies: config-proxy-which"]);
    assert_eq!(problems(&inputs("trusted_proxies = ['10.0.0.1']")), ["behind_proxy: config-proxy-unstated"]);
    for everybody in ["0.0.0.0/0", "::/0", "2000::/3"] {
        let text = format!("behind_proxy = true\ntrusted_proxies = ['10.0.0.1', '{everybody}']");
        assert_eq!(problems(&inputs(&text)), ["trusted_proxies: config-network-everybody"], "{everybody}");
    }
}

#[test]
fn what_belongs_together_is_stated_together() {
    for (text, told) in [
        ("tls_certificate = 'a'", "tls_key: config-tls-both"),
        ("tls_key = 'a'", "tls_certificate: config-tls-both"),
        ("database = 'mysql://x'", "database: config-database-scheme"),
        ("database_owner = 'postgres://x'", "database: config-database-both"),
        ("content = 'recordings'", "content: config-wrong-content"),
        ("master_key = 'a'\nmaster_key_file = 'b'", "master_key: config-key-twice"),
        ("metrics_listen = '0.0.0.0:9'", "metrics_listen: config-metrics-open"),
        ("metrics_listen = '127.0.0.1:8080'", "metrics_listen: config-metrics-same"),
        ("metrics_token = 'short'", "metrics_token: config-token-short"),
        ("log_level = 'a=b=c'", "log_level: config-wrong-level"),
    ] {
        assert_eq!(problems(&inputs(text)), [told], "{text}");
    }
}

#[test]
fn s34_no_secret_is_ever_shown() {
    let canary = "canary-7f3a";
    let mut inputs =
        inputs(&format!("database = 'postgres://u:{canary}@h/d'\nmetrics_token = '{canary}-{canary}'"));
    inputs.environment = vec![("VAKTBOK_MASTER_KEY".into(), canary.into())];
    assert!(!format!("{:?}", Config::load(&inputs).unwrap()).contains(canary));
    inputs.environment.push(("VAKTBOK_DATABASE_OWNER".into(), format!("mysql://u:{canary}@h")));
    inputs.environment.push(("VAKTBOK_METRICS_TOKEN".into(), "canary-7f3a".into()));
    assert!(!format!("{:?}", Config::load(&inputs).unwrap_err()).contains(canary));
}

#[test]
fn every_option_but_secrets_has_a_flag_and_secrets_have_none() {
    use clap::Args;
    let command = flags::Flags::augment_args(clap::Command::new("vaktbok"));
    command.clone().debug_assert();
    for choice in CHOICES {
        let flag = command.get_arguments().find(|arg| arg.get_id() == choice.name);
        assert_eq!(flag.is_some(), !choice.secret, "{}", choice.name);
    }
}

#[test]
fn flags_are_read_from_the_command_line() {
    use clap::{Args, FromArgMatches};
    let command = flags::Flags::augment_args(clap::Command::new("vaktbok"));
    let line = [
        "vaktbok",
        "--listen",
        "[::]:443",
        "--behind-proxy",
        "--trusted-proxies",
        "10.0.0.1",
        "--trusted-proxies",
        "10.0.0.2",
    ];
    let flags = flags::Flags::from_arg_matches(&command.get_matches_from(line)).unwrap();
    let config = Config::load(&Inputs { flags: flags.values, ..Inputs::default() }).unwrap();
    assert_eq!((config.listen.port(), config.behind_proxy, config.trusted_proxies.len()), (443, true, 2));
}

#[test]
fn every_option_is_explained_in_every_language_and_every_problem_can_be_said() {
    use crate::ui::{Language, Locale};
    let mut keys: Vec<String> = CHOICES.iter().map(options::Choice::explanation).collect();
    let code = [include_str!("sources.rs"), include_str!("reading.rs"), include_str!("rules.rs")].concat();
    keys.extend(
        code.split("Message::new(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
    );
    assert!(keys.len() > CHOICES.len() + 20);
    let names = ["cause", "line", "near", "value", "words", "least", "most", "meant"];
    for locale in Language::ALL.map(|language| Locale::new(language, "UTC")) {
        for key in &keys {
            let said = locale.say_with(key, &names.map(|name| (name, name.into())));
            assert!(!said.contains('⟦'), "{key} in {}", locale.language.code());
        }
    }
}

#[test]
fn the_operator_is_spoken_to_in_their_language() {
    use crate::ui::Language;
    let of = |pairs: &[(&str, &str)]| {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        sources::operator(pairs.into_iter()).language
    };
    assert_eq!(of(&[("LANG", "sv_SE.UTF-8")]), Language::Sv);
    assert_eq!(of(&[("LANG", "sv_SE.UTF-8"), ("LC_ALL", "en_GB.UTF-8")]), Language::En);
    assert_eq!(of(&[("LANG", "sv_SE.UTF-8"), ("LC_ALL", "")]), Language::Sv);
    assert_eq!(of(&[("LANG", "C.UTF-8")]), Language::En);
    assert_eq!(of(&[]), Language::En);
}

/// The manual's table is the program's. `VAKTBOK_TEST_WRITE=1` writes it.
#[test]
fn the_manual_lists_every_option() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../manual/operations.md");
    let manual = std::fs::read_to_string(path).unwrap();
    let (before, rest) = manual.split_once("what it says -->\n").unwrap();
    let (shown, after) = rest.split_once("<!-- /options -->").unwrap();
    let table = options::table(&crate::ui::Locale::new(crate::ui::Language::En, "UTC"));
    if sources::environment().any(|(name, _)| name == "VAKTBOK_TEST_WRITE") {
        std::fs::write(path, format!("{before}what it says -->\n{table}<!-- /options -->{after}")).unwrap();
    } else {
        assert_eq!(shown, table, "run this test with VAKTBOK_TEST_WRITE=1 and look at what changed");
    }
}
