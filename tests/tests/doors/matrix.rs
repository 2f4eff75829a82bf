//! The matrix: every door, asked by everybody who has come in and must not open it.

use super::{named, path, path_of, signs};
use kernel::door::{For, Sign};
use vaktbok_tests::{Answer, Http, Portal, both_engines};

/// Rights that need no setting: everybody who has come in holds them.
const STANDING: [&str; 2] = ["person", "arriving"];

/// Asks a door with an empty form; a program's door with a key that is none.
async fn ask(http: &Http, sign: &Sign, path: &str) -> Answer {
    let ask = http.ask(sign.method.as_str(), path);
    if sign.who == For::Programs { ask.key("nobody").send().await } else { ask.send().await }
}

/// Asks every door for people as somebody; says which answered otherwise than `fits`.
async fn unfit(http: &Http, fits: impl Fn(&Sign, &Answer) -> bool) -> Vec<String> {
    let cookie = http.cookie(server::front::SESSION_COOKIE);
    let mut unfit = Vec::new();
    let mut signs: Vec<Sign> = signs().into_iter().filter(|sign| sign.who == For::People).collect();
    // What ends the session that all others need comes last.
    signs.sort_by_key(|sign| ENDING.iter().position(|path| *path == sign.path).map_or(0, |at| at + 1));
    for sign in signs {
        if let Some(cookie) = &cookie {
            http.set_cookie(server::front::SESSION_COOKIE, cookie);
        }
        let answer = ask(http, &sign, &path(&sign)).await;
        if !fits(&sign, &answer) {
            unfit.push(format!("{} ({}): {}", named(&sign), sign.right, answer.status));
        }
    }
    unfit
}

/// Doors that end the session of who asks, in the order in which they are asked.
const ENDING: [&str; 2] = ["/access/sessions/end", "/sign-out"];

fn ends_the_asker(sign: &Sign) -> bool {
    ENDING.contains(&sign.path)
}

fn to_sign_in(answer: &Answer) -> bool {
    answer.status == 303 && answer.header("location").is_some_and(|to| to.starts_with("/sign-in"))
}

/// What everybody may do is answered, whatever is said about an empty form; what needs a right is refused.
fn refused_without_right(sign: &Sign, answer: &Answer) -> bool {
    let inside = ends_the_asker(sign) || !to_sign_in(answer);
    if STANDING.contains(&sign.right) {
        answer.status < 500 && inside
    } else {
        [403, 404].contains(&answer.status)
    }
}

async fn agent_and_others(portal: &Portal) -> (vaktbok_tests::Tenant, Http) {
    let tenant = portal.tenant(1001).await;
    let agent = portal.person(&tenant, tenant.agents, "agent", &[]).await;
    let http = portal.sign_in(&agent).await;
    (tenant, http)
}

both_engines! {
    async fn s25_who_lacks_the_right_opens_no_door_that_needs_one(world: World) {
        let portal = world.portal().await;
        let (_, agent) = agent_and_others(&portal).await;
        let wrong = unfit(&agent, refused_without_right).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn s25_an_ended_session_opens_no_door(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let ended = http.cookie(server::front::SESSION_COOKIE).unwrap();
        http.post("/sign-out").send().await.expect(303);
        http.set_cookie(server::front::SESSION_COOKIE, &ended);
        let wrong = unfit(&http, |_, answer| to_sign_in(answer)).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn s19_a_suspended_users_session_opens_no_door_at_once(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let agent = portal.person(&tenant, tenant.agents, "agent", &[]).await;
        let agents = portal.sign_in(&agent).await;
        agents.get("/").send().await.expect(200);
        let administrator = portal.sign_in(&tenant.administrator).await;
        let suspend = format!("/users/{}/suspend", agent.user);
        let fields = [("reason", "lost laptop"), ("from", ""), ("until", "")];
        administrator.post(&suspend).form(&fields).send().await.expect(303);
        let wrong = unfit(&agents, |_, answer| to_sign_in(answer)).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn s26_another_tenants_id_is_answered_like_one_that_was_made_up(world: World) {
        let portal = world.portal().await;
        let (theirs, ours) = (portal.tenant(1001).await, portal.tenant(1002).await);
        let http = portal.sign_in(&ours.administrator).await;
        let cookie = http.cookie(server::front::SESSION_COOKIE).unwrap();
        let mut told = Vec::new();
        for sign in signs().into_iter().filter(|sign| sign.who == For::People && sign.path.contains("{id}")) {
            let theirs = if sign.path.contains("group") { theirs.agents.to_string() } else { theirs.administrator.user.to_string() };
            let made_up = "019a0000-0000-7000-8000-000000000000";
            let mut answers = Vec::new();
            for id in [theirs.as_str(), made_up] {
                http.set_cookie(server::front::SESSION_COOKIE, &cookie);
                let answer = ask(&http, &sign, &path_of(&sign, id)).await;
                answers.push((answer.status, answer.text().replace(id, "ID")));
            }
            if answers[0] != answers[1] || answers[0].0 < 400 {
                told.push(format!("{}: {} for theirs, {} for a made-up one", named(&sign), answers[0].0, answers[1].0));
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
    }

    async fn s56_no_door_fails_on_an_empty_form_or_a_made_up_id(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let inside = |sign: &Sign, answer: &Answer| answer.status < 500 && (ends_the_asker(sign) || !to_sign_in(answer));
        let wrong = unfit(&http, inside).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
