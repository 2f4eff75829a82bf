//! On a phone: what one came to read stands first, what narrows it one press away.

use serde_json::json;
use vaktbok_tests::{Browser, both_engines};

/// Pixels from the top of the window to the first row of the list.
async fn first_row(browser: &Browser) -> i64 {
    let top = "return Math.round(document.querySelector('main .table tbody tr').getBoundingClientRect().top)";
    browser.run(top, json!([])).await.as_i64().expect("a row")
}

both_engines! {
    async fn on_a_phone_the_rows_come_first_and_the_filters_behind_one_button(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let browser = portal.browse_as(&tenant.administrator).await;
        browser.open("/users").await;
        assert!(browser.sees("Last sign-in").await && !browser.sees("Filter").await, "on a desk all stands in one line");
        browser.set_viewport(390, 844).await;
        for script in [true, false] {
            browser.set_script(script).await;
            browser.open("/users").await;
            let top = first_row(&browser).await;
            assert!(top < 330, "the first row begins at {top} px");
            browser.click("Filter").await;
            browser.click("State").await;
            browser.click("Active").await;
            browser.see("Filter (1)").await;
            assert_eq!(browser.path().await, "/users?state=active");
            browser.see("State: Active").await;
        }
    }
}
