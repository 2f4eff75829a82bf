//! Names that would be programs, looked at in a real browser: nothing runs, and nothing is even tried.

use crate::doors::ground::Ground;
use serde_json::json;
use vaktbok_tests::both_engines;

/// Each sets a mark on the window if any browser takes it for more than words.
const CORPUS: [&str; 8] = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "\"><svg/onload=window.pwned=1>",
    "' autofocus onfocus='window.pwned=1",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<a href=javascript:window.pwned=1>x</a>",
    "</title><script>window.pwned=1</script>",
    "<style>*{display:none}</style><base href=//elsewhere.example/>",
];

both_engines! {
    async fn s60_names_that_would_be_programs_stay_words_in_a_real_browser(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let agents = ground.tenant.agents.to_string();
        let mut pages: Vec<String> = ["/users", "/groups", "/profiles", "/access/reach", "/archive", "/logs/access", "/logs/changes", "/jump?q=pwned"]
            .map(str::to_owned)
            .to_vec();
        for (n, text) in CORPUS.iter().enumerate() {
            let user = json!({ "name": text, "user_name": format!("x{n}"), "group": agents, "keywords": text, "external_id": text });
            let made = ground.api("POST", "/api/v1/users", Some(user)).await;
            pages.push(format!("/users/{}", made["id"].as_str().unwrap()));
            let named = json!({ "name": text, "kind": "agents" });
            ground.api("POST", "/api/v1/groups", Some(named)).await;
            ground.api("POST", "/api/v1/words", Some(json!({ "name": text, "kind": "skill" }))).await;
            ground.api("POST", "/api/v1/reach", Some(json!({ "name": text, "group": [agents] }))).await;
            portal.try_sign_in(&portal.http(), 1, text, "fel lösenord här").await;
        }
        pages.push(format!("/users?q={}", vaktbok_tests::encode(CORPUS[2])));
        pages.push(format!("/logs/access?q={}", vaktbok_tests::encode(CORPUS[0])));
        pages.push(format!("/archive?q={}", vaktbok_tests::encode(CORPUS[1])));
        let browser = portal.browse_as(&ground.tenant.administrator).await;
        browser.see("Users").await;
        for page in pages {
            browser.open(&page).await;
            let ran = browser.run("return [window.pwned === undefined, document.querySelectorAll('iframe, base, body style, [onerror], [onload], [onfocus]').length]", json!([])).await;
            assert_eq!(ran, json!([true, 0]), "{page}");
            let complaints = browser.complaints().await;
            assert!(complaints.is_empty(), "{page}: {complaints:?}");
        }
    }
}
