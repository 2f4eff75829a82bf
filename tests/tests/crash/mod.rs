//! The process is killed in the middle of its work, again and again. What it had acknowledged is there; nothing is half done.

mod brought;
mod exported;
mod imported;
mod served;

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};
use vaktbok_tests::line::Remains;
use vaktbok_tests::{World, both_engines, repetitions};

/// The bound of the reliability list: ready again within two seconds, whatever stood in the log.
const READY: Duration = Duration::from_secs(2);

both_engines! {
    async fn r01_no_acknowledged_change_is_lost_when_the_process_is_killed_and_none_is_half_done(world: World) {
        kill_and_look(&world, 20).await;
        // At night the same in ever new worlds: the growing book would soon take longer to read than to write.
        for _ in 1..repetitions(1, 25) {
            kill_and_look(&World::new(world.engine()).await, 20).await;
        }
    }
}

async fn kill_and_look(world: &World, kills: usize) {
    drop(world.store(kernel::Clock::system())); // applies the schema
    let (mut first, mut acknowledged) = (1, Vec::new());
    for _ in 0..kills {
        acknowledged.extend(write_until_killed(world, first));
        let began = Instant::now();
        drop(world.store(kernel::Clock::system()));
        assert!(began.elapsed() < READY, "ready again after {:?}", began.elapsed());
        let left = Remains::of(world).await;
        assert!(left.whole, "the book's edge is that of its leaves");
        let mut told = left.told.clone();
        told.sort_unstable();
        assert_eq!(told, left.lines, "each change has its entry, each entry its change");
        let lost: Vec<&i64> = acknowledged.iter().filter(|n| left.lines.binary_search(n).is_err()).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        first = left.lines.last().map_or(1, |last| last + 1);
    }
    assert!(acknowledged.len() > 100, "the writers were at work: {} changes", acknowledged.len());
}

/// Lets fifty clients write for 5 to 500 ms, kills them, and says what they were told is done.
fn write_until_killed(world: &World, first: i64) -> Vec<i64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_writer"));
    command.arg(world.folder().path()).arg(first.to_string());
    command.args(world.database().map(|database| database.application_url()));
    let mut writer = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    let mut out = writer.stdout.take().unwrap();
    let listening = std::thread::spawn(move || {
        out.read_to_string(&mut said).unwrap();
        said
    });
    std::thread::sleep(Duration::from_millis(5 + chance() % 496));
    writer.kill().unwrap();
    writer.wait().unwrap();
    let said = listening.join().unwrap();
    // The last line may have been cut by the kill; it counts only with its line break.
    said.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')?.parse().ok()).collect()
}

/// Which moment it hits is not to be planned.
fn chance() -> u64 {
    u64::from(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().subsec_nanos()) / 7
}
