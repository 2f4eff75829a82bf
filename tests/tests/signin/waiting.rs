//! Failures in a row, and who waits for them.

use vaktbok_tests::{PASSWORD, both_engines};

both_engines! {
    async fn s07_r24_fifty_guesses_at_once_get_no_more_than_guesses_in_a_row(world: World) {
        let portal = world.portal().await;
        portal.tenant(1).await;
        for name in ["admin", "nobody"] {
            let guesses: Vec<_> = (0..50).map(|_| {
                let http = portal.http();
                let fields = [("number", "1"), ("name", name), ("password", "not this password")];
                tokio::spawn(async move { http.post("/sign-in").form(&fields).send().await.status })
            }).collect();
            let mut looked_at = 0;
            for guess in guesses {
                let status = guess.await.unwrap();
                assert!(matches!(status, 422 | 429), "{status}");
                looked_at += usize::from(status == 422);
            }
            assert!((5..=8).contains(&looked_at), "{name}: {looked_at} of 50 were looked at");
        }
    }

    async fn s08_a_stranger_who_hammers_an_account_does_not_keep_a_known_device_out(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let known = portal.sign_in(&tenant.administrator).await;
        known.post("/sign-out").send().await.expect(303);
        for _ in 0..12 {
            portal.try_sign_in(&portal.http(), 1, "admin", "not this password").await;
        }
        portal.try_sign_in(&portal.http(), 1, "admin", PASSWORD).await.expect(429);
        portal.try_sign_in(&known, 1, "admin", PASSWORD).await.expect(303);
    }
}
