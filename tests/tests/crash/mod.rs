//! The process is killed in the middle of its work, again and again. What it had acknowledged is there; nothing is half done.

mod brought;
mod exported;
mod imported;
mod lost;
mod served;

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};
use vaktbok_tests::line::Remains;
use vaktbok_tests::{World, both_engines, repetitions};

/// The bound of the reliability list, whatever stood in the log: ready again within two seconds at the 99th percentile.
const READY: Duration = Duration::from_secs(2);
/// How long it may take until the first change is made on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

both_engines! {
    async fn r01_no_acknowledged_change_is_lost_when_the_process_is_killed_and_none_is_half_done(world: World) {
        let mut ready = kill_and_look(&world, 20).await;
        // At night the same in ever new worlds: the growing book would soon take longer to read than to write.
        for _ in 1..repetitions(1, 25) {
            ready.extend(kill_and_look(&World::new(world.engine()).await, 20).await);
        }
        judged(ready, READY);
    }
}

/// Tells how long it took after each kill. What else the machine does by day is no fault of ours; the night's five hundred are judged.
fn judged(mut ready: Vec<Duration>, bound: Duration) {
    ready.sort_unstable();
    let p99 = ready[(ready.len() * 99).div_ceil(100) - 1];
    println!("{} kills; ready again: median {:?}, p99 {p99:?}", ready.len(), ready[ready.len() / 2]);
    assert!(repetitions(0, 1) == 0 || p99 < bound, "ready again after {p99:?}");
}

/// So many kills in one world; how long each time until the store was open again.
async fn kill_and_look(world: &World, kills: usize) -> Vec<Duration> {
    drop(world.store(kernel::Clock::system())); // applies the schema
    let (mut first, mut acknowledged, mut ready) = (1, Vec::new(), Vec::new());
    for kill in 0..kills {
        acknowledged.extend(write_until_killed(world, first, kill % 2 == 0));
        let began = Instant::now();
        drop(world.store(kernel::Clock::system()));
        ready.push(began.elapsed());
        let left = Remains::of(world).await;
        assert!(left.whole, "the book's edge is that of its leaves");
        let mut told = left.told.clone();
        told.sort_unstable();
        assert_eq!(told, left.lines, "each change has its entry, each entry its change");
        let lost: Vec<&i64> = acknowledged.iter().filter(|n| left.lines.binary_search(n).is_err()).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        first = left.lines.last().map_or(1, |last| last + 1);
    }
    assert!(acknowledged.len() >= kills / 2, "the writers were at work: {} changes", acknowledged.len());
    ready
}

/// Lets fifty clients write for 5 to 500 ms, kills them, and says what they were told is done. The time begins with the
/// process, or with the first acknowledged change, which comes late on a busy machine.
fn write_until_killed(world: &World, first: i64, from_its_start: bool) -> Vec<i64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_writer"));
    command.arg(world.folder().path()).arg(first.to_string());
    command.args(world.database().map(|database| database.application_url()));
    let mut writer = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    let mut out = BufReader::new(writer.stdout.take().unwrap());
    let (first, begun) = mpsc::channel();
    let listening = std::thread::spawn(move || {
        out.read_line(&mut said).unwrap();
        let _ = first.send(());
        out.read_to_string(&mut said).unwrap();
        said
    });
    if !from_its_start {
        begun.recv_timeout(PATIENCE).unwrap();
    }
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
