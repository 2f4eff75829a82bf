//! The program's own start, stop and configuration, read in the operator's book.

use crate::commands::migrated;
use vaktbok_tests::program::vaktbok;
use vaktbok_tests::{Program, both_engines};

both_engines! {
    async fn s33_start_stop_and_another_configuration_of_the_program_are_entries_of_the_operators_book(world: World) {
        migrated(&world);
        let with = |level: &str| {
            let mut command = vaktbok("serve --listen 127.0.0.1:0", &world);
            command.args(["--log-level", level]).env("VAKTBOK_METRICS_TOKEN", "hemligt-ord-som-ingen-far-se");
            Program::start(command)
        };
        // It listens to being asked to stop once it answers.
        let answering = async |program: Program| {
            program.http().get("/healthz").send().await.expect(200);
            program
        };
        assert!(answering(with("info")).await.stop(), "stopped in order");
        answering(with("info")).await.kill();
        assert!(answering(with("debug")).await.stop());
        let portal = world.portal().await;
        let operator = portal.operator().await;
        let admin = portal.sign_in(&operator.administrator).await;
        let read = async |path: &str| admin.get(path).send().await.expect(200).text();
        let count = |page: &str| page.matches("<tr id=\"row-").count();
        assert_eq!(count(&read("/logs/access?name=program.started").await), 3);
        assert_eq!(count(&read("/logs/access?name=program.stopped").await), 2, "who is killed says nothing");
        let changes = read("/logs/changes?name=program.configured").await;
        assert_eq!(count(&changes), 2, "at first, and where something is not what it was: {changes}");
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
    }
}
