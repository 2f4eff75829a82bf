//! Every door of the product, asked by everybody who must not open it.
//!
//! The table of doors is the product's own (`server::doors`), so a new door is asked as soon as it stands there; it also needs
//! a line in `samples.txt`, a request that does what the door is for, and one in `access.txt`, who is answered how.

mod access;
mod aside;
mod foreign;
pub(super) mod ground;
mod matrix;
mod repeating;
pub(super) mod samples;
pub(super) mod sending;
mod shapes;
pub(super) mod traces;
mod twins;

use kernel::door::{For, Sign};
use std::collections::BTreeSet;
use vaktbok_tests::both_engines;

/// What stands on every door, the gallery's left out: it is open in the demo alone.
fn signs() -> Vec<Sign> {
    server::doors::doors(false).into_iter().map(|door| door.sign).collect()
}

/// The door's path with made-up ids in its places.
fn path(sign: &Sign) -> String {
    path_of(sign, "019a0000-0000-7000-8000-000000000000")
}

/// The door's path with this id in its places.
fn path_of(sign: &Sign, id: &str) -> String {
    let mut path = String::new();
    for part in sign.path.split('/').skip(1) {
        path.push('/');
        path.push_str(if part.starts_with('{') { id } else { part });
    }
    path
}

fn named(sign: &Sign) -> String {
    format!("{} {}", sign.method, sign.path)
}

#[test]
fn no_door_stands_twice_and_few_are_open_to_anybody() {
    let signs = signs();
    let different: BTreeSet<String> = signs.iter().map(named).collect();
    assert_eq!(different.len(), signs.len(), "two doors on one method and path");
    let open: BTreeSet<String> = signs.iter().filter(|sign| sign.who == For::Anybody).map(named).collect();
    let known: BTreeSet<String> = include_str!("open.txt").lines().map(str::to_owned).collect();
    let new: Vec<_> = open.difference(&known).collect();
    assert!(
        new.is_empty(),
        "a door for anybody is a decision: {new:?} are not in tests/tests/doors/open.txt"
    );
    let gone: Vec<_> = known.difference(&open).collect();
    assert!(gone.is_empty(), "{gone:?} stand in tests/tests/doors/open.txt and are no doors");
}

both_engines! {
    async fn s25_a_stranger_opens_no_door_but_the_public_ones(world: World) {
        let portal = world.portal().await;
        let http = portal.http();
        let mut wrong = Vec::new();
        for sign in signs() {
            let answer = http.ask(sign.method.as_str(), &path(&sign)).send().await;
            let to_sign_in = answer.status == 303 && answer.header("location").is_some_and(|to| to.starts_with("/sign-in"));
            let fits = match sign.who {
                For::People => to_sign_in || answer.status == 401,
                For::Programs => answer.status == 401,
                For::Anybody => answer.status < 500,
            };
            if !fits {
                wrong.push(format!("{}: {}", named(&sign), answer.status));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn s25_what_is_no_door_is_not_found(world: World) {
        let portal = world.portal().await;
        let http = portal.http();
        for path in ["/nowhere", "/users/x/y/z/nowhere", "/api/v1/nowhere", "/.git/config", "/%2e%2e/etc/passwd"] {
            let status = http.get(path).send().await.status;
            assert_eq!(status, 404, "{path}");
        }
    }

    async fn s21_every_changing_door_refuses_who_comes_from_elsewhere_or_says_not_whence(world: World) {
        let portal = world.portal().await;
        let http = portal.http();
        let changing = signs().into_iter().filter(|sign| sign.method != "GET" && sign.who != For::Programs);
        let mut wrong = Vec::new();
        for sign in changing {
            let ask = || http.ask(sign.method.as_str(), &path(&sign));
            let forged = [
                ask().header("sec-fetch-site", "cross-site"),
                ask().header("sec-fetch-site", "same-site"),
                ask().without("sec-fetch-site").header("origin", "https://elsewhere.example"),
                ask().without("sec-fetch-site").header("origin", "null"),
                ask().without("sec-fetch-site").without("origin"),
            ];
            for (at, ask) in forged.into_iter().enumerate() {
                let status = ask.send().await.status;
                if status != 403 {
                    wrong.push(format!("{} forged in way {at}: {status}", named(&sign)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
