//! The program's own start, stop and configuration, read in the operator's book.

use crate::commands::migrated;
use vaktbok_tests::program::vaktbok;
use vaktbok_tests::{Program, both_engines};

/// How often the program is started and asked to stop as soon as it has said its address.
const STARTS: usize = 8;

both_engines! {
    async fn s33_start_stop_and_another_configuration_of_the_program_are_entries_of_the_operators_book(world: World) {
        migrated(&world);
        let with = |level: &str, token: &str| {
            let mut command = vaktbok("serve --listen 127.0.0.1:0", &world);
            command.args(["--log-level", level]).env("VAKTBOK_METRICS_TOKEN", token);
            Program::start(command)
        };
        let token = "hemligt-ord-som-ingen-far-se";
        assert!(with("info", token).stop(), "stopped in order");
        with("info", token).kill();
        assert!(with("debug", token).stop());
        assert!(with("debug", "ett-annat-hemligt-ord-som-ingen-far-se").stop());
        let portal = world.portal().await;
        let operator = portal.operator().await;
        let admin = portal.sign_in(&operator.administrator).await;
        let read = async |path: &str| admin.get(path).send().await.expect(200).text();
        let count = |page: &str| page.matches("<tr id=\"row-").count();
        assert_eq!(count(&read("/logs/access?name=program.started").await), 4);
        assert_eq!(count(&read("/logs/access?name=program.stopped").await), 3, "who is killed says nothing");
        let changes = read("/logs/changes?name=program.configured").await;
        assert_eq!(count(&changes), 3, "at first, and where something is not what it was: {changes}");
        let file = admin.post("/logs/access/export?name=program.started").form(&[("format", "jsonl")]).send().await;
        let place = file.expect(303).header("location").unwrap().to_owned();
        let starts = crate::logs::taking::fetched(&admin, &place).await;
        let unclean: Vec<bool> = starts.lines().map(|line| line.contains("\"unclean\":true")).collect();
        assert_eq!(unclean.iter().filter(|one| **one).count(), 1, "only after the kill: {starts}");
        let file = admin.post("/logs/changes/export?name=program.configured").form(&[("format", "jsonl")]).send().await;
        let place = file.expect(303).header("location").unwrap().to_owned();
        let told = crate::logs::taking::fetched(&admin, &place).await;
        assert!(told.contains("log_level=info") && told.contains("log_level=debug"), "{told}");
        assert!(told.contains("metrics_token=set") && !told.contains("hemligt-ord"), "{told}");
        assert!(!told.contains("debug; "), "only what is other is told: {told}");
        assert_eq!(told.matches("\"after\":\"metrics_token=changed\"").count(), 1, "another word for a secret: {told}");
        assert!(told.contains("master_key_file (content)=set"), "what a file holds counts as well: {told}");
    }

    async fn who_reads_the_address_may_ask_the_program_to_stop_at_once(world: World) {
        migrated(&world);
        for _ in 0..STARTS {
            assert!(Program::serve(&world).stop(), "it ends in order");
        }
        let portal = world.portal().await;
        let operator = portal.operator().await;
        let admin = portal.sign_in(&operator.administrator).await;
        let page = admin.get("/logs/access?name=program.stopped").send().await.expect(200).text();
        assert_eq!(page.matches("<tr id=\"row-").count(), STARTS, "each stop is written down");
    }
}
