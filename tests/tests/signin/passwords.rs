//! What is a password, and how it is kept.

use server::signin::model::MOST_CHARACTERS;
use server::signin::password::{self, COST, Cost, Typed, Verdict};
use vaktbok_tests::{PASSWORD, both_engines, repetitions};
use vault::{MasterKey, MasterKeys};

fn keys() -> MasterKeys {
    MasterKeys::of(MasterKey::new("one", [7; 32]).unwrap())
}

#[test]
fn s05_a_hash_is_argon2id_with_its_own_salt_and_a_pepper_from_outside_the_database() {
    let typed = Typed::new(PASSWORD);
    let stored = password::hash(&keys(), &typed, [1; 16]).unwrap();
    assert!(stored.starts_with("argon2id-v19$19456,2,1$one$"), "{stored}");
    const { assert!(COST.memory_kib >= 19 * 1024 && COST.passes >= 2 && password::SALT_BYTES * 8 >= 128) };
    assert_ne!(stored, password::hash(&keys(), &typed, [2; 16]).unwrap(), "another salt, another hash");
    assert_eq!(password::check(&keys(), &typed, &stored).unwrap(), Verdict::Same);
    let other = MasterKeys::of(MasterKey::new("one", [8; 32]).unwrap());
    assert_eq!(password::check(&other, &typed, &stored).unwrap(), Verdict::Other, "another pepper, no match");
    let weak =
        password::hash_at(Cost { memory_kib: 8192, passes: 1, lanes: 1 }, &keys(), &typed, [1; 16]).unwrap();
    assert_eq!(password::check(&keys(), &typed, &weak).unwrap(), Verdict::Outdated);
    assert_eq!(password::check(&keys(), &typed, &password::nobodys(&keys())).unwrap(), Verdict::Other);
}

#[test]
fn s01_fifteen_characters_are_enough_and_a_hundred_and_twenty_eight_are_taken() {
    let unfit = |n: usize| Typed::new(&"å".repeat(n)).unfit(15, &[]).map(|m| m.key);
    assert_eq!(unfit(14), Some("password-too-short"));
    for fits in [15, 64, MOST_CHARACTERS] {
        assert_eq!(unfit(fits), None, "{fits}");
    }
    assert_eq!(unfit(MOST_CHARACTERS + 1), Some("password-too-long"));
    let names = ["anna.andersson", "Kund 1001", "vaktbok"];
    assert!(Typed::new("Anna.Andersson!1").unfit(15, &names).is_some(), "one's own name is no password");
    assert!(Typed::new("en anna.andersson med fyra kajaker").unfit(15, &names).is_none());
}

both_engines! {
    async fn s05_a_weaker_hash_is_made_anew_at_the_next_sign_in(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let weak = Cost { memory_kib: 8192, passes: 1, lanes: 1 };
        let hash = password::hash_at(weak, &portal.app().keys, &Typed::new(PASSWORD), [3; 16]).unwrap();
        let user = tenant.administrator.user;
        let given = server::signin::events::passwords::PasswordGiven { user, password: kernel::Kept(hash), must_change: false };
        let machine = portal.machine(tenant.id);
        machine.apply(&portal.app().store, given).await.unwrap();
        portal.sign_in(&tenant.administrator).await;
        let kept = machine.read(&portal.app().store, move |r| server::signin::queries::hash(r, user)).await.unwrap().unwrap();
        assert!(kept.starts_with("argon2id-v19$19456,2,1$"), "{kept}");
        portal.sign_in(&tenant.administrator).await;
    }

    async fn s02_forms_of_one_password_log_in_alike_and_nothing_is_trimmed_folded_or_cut(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let long = format!(" Å\u{1f600} ö kajak {}x", "é".repeat(60));
        let change = [("current", PASSWORD), ("new", long.as_str()), ("again", long.as_str())];
        http.post("/me/password").form(&change).send().await.expect(303);
        let decomposed = long.replace('Å', "A\u{30a}").replace('ö', "o\u{308}").replace('é', "e\u{301}");
        assert_ne!(long, decomposed);
        for alike in [&long, &decomposed] {
            portal.try_sign_in(&portal.http(), 1, "admin", alike).await.expect(303);
        }
        let cut: String = long.chars().take(long.chars().count() - 1).collect();
        for other in [long.trim(), &long.to_lowercase(), &cut] {
            portal.clock().by_seconds(60);
            portal.try_sign_in(&portal.http(), 1, "admin", other).await.expect(422);
        }
    }

    async fn s01_a_megabyte_is_refused_at_once_without_hashing(world: World) {
        let portal = world.portal().await;
        portal.tenant(1).await;
        let huge = "x".repeat(1 << 20);
        let http = portal.http();
        let hashed = portal.app().hashing.done();
        let answer = portal.try_sign_in(&http, 1, "admin", &huge).await;
        let answer = answer.expect(413);
        assert!(answer.text().contains("Send at most 8.2\u{a0}kB at a time"), "{}", answer.text());
        // Not one byte of the megabyte is sent here: whoever would read it first would never answer.
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\r\n",
            http.address(),
            1 << 20
        );
        let said = http.raw_until(head.as_bytes(), "</html>").await;
        assert!(said.starts_with("HTTP/1.1 413 "), "{said}");
        assert_eq!(portal.app().hashing.done(), hashed, "nothing was hashed");
    }

    async fn s06_unknown_disabled_and_wrong_are_answered_alike_after_the_same_work(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let anna = portal.person(&tenant, tenant.agents, "anna", &[]).await;
        let bert = portal.person(&tenant, tenant.agents, "bert", &[]).await;
        let gone = server::users::events::UserDeactivated { user: bert.user, reason: None };
        let machine = portal.app().gate.machine(tenant.id, "tests", portal.origin());
        machine.grant().unwrap().apply(&portal.app().store, gone).await.unwrap();
        let cia = portal.person(&tenant, tenant.agents, "cia", &[]).await;
        let shut = server::users::events::UserSuspended { user: cia.user, from: None, until: None, reason: None };
        machine.grant().unwrap().apply(&portal.app().store, shut).await.unwrap();
        let cases = [
            (1, anna.user_name.as_str(), "not this password"),
            (1, "nobody", "not this password"),
            (1, "bert", PASSWORD),
            (1, "bert", "not this password"),
            (4711, "anna", "not this password"),
            (1, "cia", PASSWORD),
        ];
        let mut bodies = std::collections::BTreeSet::new();
        let rounds = repetitions(40, 1000);
        let mut took: Vec<Vec<i128>> = vec![Vec::new(); cases.len()];
        for _ in 0..rounds {
            for (at, (number, name, password)) in cases.iter().enumerate() {
                portal.clock().by_seconds(25 * 3600);
                let (hashed, begun) = (portal.app().hashing.done(), std::time::Instant::now());
                let answer = portal.try_sign_in(&portal.http(), *number, name, password).await;
                took[at].push(i128::try_from(begun.elapsed().as_micros()).unwrap());
                assert_eq!(portal.app().hashing.done() - hashed, 1, "{number} {name}: each attempt costs one hash");
                assert_eq!(answer.status, 422);
                let shown = answer.text().replace(name, "NAME").replace(&format!("value=\"{number}\""), "NUMBER");
                bodies.insert(shown);
            }
        }
        assert_eq!(bodies.len(), 1, "one answer for all");
        // That each costs one hash is counted. What else they cost is compared within each round, where whatever the machine does meets all:
        // how often one took longer than a wrong password by more than the stated 5 ms. If that is so in half of the rounds
        // or fewer, this lies within six deviations of the half in all but one of 1,000,000,000 runs.
        let most = rounds as f64 / 2.0 + 6.0 * (rounds as f64).sqrt() / 2.0;
        for (at, case) in cases.iter().enumerate() {
            let beyond = |more: &dyn Fn(i128, i128) -> bool| took[at].iter().zip(&took[0]).filter(|(one, wrong)| more(**one, **wrong)).count();
            let longer = beyond(&|one, wrong| one > wrong + 5_000);
            let shorter = beyond(&|one, wrong| wrong > one + 5_000);
            assert!(longer.max(shorter) as f64 <= most, "{case:?}: 5 ms longer {longer} times of {rounds}, shorter {shorter} times");
        }
    }
}
