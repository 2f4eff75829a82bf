//! The program itself, as its users run it: a process with arguments, which can be killed.

use crate::{Engine, Folder, Http, World};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

const START_PATIENCE: Duration = Duration::from_secs(30);
/// The demo makes ninety days of history first, here with a debug build on a machine that does other things too.
const DEMO_PATIENCE: Duration = Duration::from_secs(300);

/// A running `vaktbok`. Killed when dropped.
#[derive(Debug)]
pub struct Program {
    process: Child,
    said: Arc<Mutex<Vec<String>>>,
    address: SocketAddr,
}

impl Program {
    /// Starts `vaktbok serve` in this world on a free port, and waits until it names its address.
    #[must_use]
    pub fn serve(world: &World) -> Program {
        let mut command = vaktbok("serve", world);
        command.args(["--listen", "127.0.0.1:0"]);
        Program::start(command)
    }

    /// Starts `vaktbok demo` in a folder on a free port, with the interactions of another folder if one is given, and waits
    /// until it names its address.
    #[must_use]
    pub fn demo(folder: &Folder, interactions: Option<&Path>) -> Program {
        let mut command = Command::new(binary("vaktbok"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path());
        if let Some(interactions) = interactions {
            command.arg("--interactions").arg(interactions);
        }
        Program::started(command, DEMO_PATIENCE)
    }

    /// Starts a command that serves, and waits until a line of its output names its address.
    #[must_use]
    pub fn start(command: Command) -> Program {
        Program::started(command, START_PATIENCE)
    }

    fn started(mut command: Command, patience: Duration) -> Program {
        let what = format!("{command:?}");
        let mut process =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let lines = listen(&mut process, &said);
        let began = Instant::now();
        let address = loop {
            match lines.recv_timeout(Duration::from_millis(200)) {
                Ok(line) => match address_in(&line) {
                    Some(address) => break address,
                    None => continue,
                },
                Err(RecvTimeoutError::Timeout) if began.elapsed() < patience => {}
                Err(_) => panic!("{what} did not start:\n{}", said.lock().unwrap().join("\n")),
            }
        };
        Program { process, said, address }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A visitor with an empty cookie jar.
    #[must_use]
    pub fn http(&self) -> Http {
        Http::new(self.address)
    }

    /// Every line it has printed so far, on either stream.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// The id of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Most bytes of memory that it has had since its start, or since [`Program::forget_peak`] (`VmHWM`, proc(5)).
    #[must_use]
    pub fn peak_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// Counts [`Program::peak_bytes`] anew from what it has now, and says how much that is.
    #[must_use]
    pub fn forget_peak(&self) -> u64 {
        std::fs::write(format!("/proc/{}/clear_refs", self.id()), "5").unwrap();
        self.peak_bytes()
    }

    /// Ends it at once, as a power cut would (SIGKILL).
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to stop (SIGTERM) and waits until it has; says whether it ended well.
    #[must_use]
    pub fn stop(mut self) -> bool {
        let asked = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        asked.success() && self.process.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A command of the program that works on this world's data: `vaktbok tenant add --data … --database …`.
#[must_use]
pub fn vaktbok(words: &str, world: &World) -> Command {
    let mut command = Command::new(binary("vaktbok"));
    command.args(words.split(' ')).arg("--data").arg(world.folder().path());
    if let (Engine::Postgres, Some(database)) = (world.engine(), world.database()) {
        command.args(["--database", &database.application_url()]);
    }
    command
}

/// Runs a command to its end. What it printed is in the answer; a failure is an answer too.
#[must_use]
pub fn run(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// One of the repository's programs, built if it is not up to date (`vaktbok`, `vaktbok-verify`).
#[must_use]
pub fn binary(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build).join(name)
}

/// Builds what the tests' own build left out: Cargo does not build a package's programs for another package's tests.
fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let arguments =
        ["build", "--quiet", "--locked", "--offline", "-p", "vaktbok", "-p", "vaktbok-verify", "--bins"];
    let mut command = Command::new(cargo);
    // What Cargo says to a test of its package, a build script that asks for it would take for changed, and all above it would be built anew.
    let said = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    for (name, _) in std::env::vars_os() {
        if said.iter().any(|begins| name.to_string_lossy().starts_with(begins)) {
            command.env_remove(name);
        }
    }
    let built = command.args(arguments).current_dir(root).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    // The test itself lies in target/debug/deps.
    let test = std::env::current_exe().unwrap();
    test.parent().and_then(Path::parent).unwrap().to_owned()
}

fn listen(process: &mut Child, said: &Arc<Mutex<Vec<String>>>) -> Receiver<String> {
    let (tell, lines) = channel();
    let streams: [Option<Box<dyn std::io::Read + Send>>; 2] = [
        process.stdout.take().map(|stream| Box::new(stream) as Box<_>),
        process.stderr.take().map(|stream| Box::new(stream) as Box<_>),
    ];
    for stream in streams.into_iter().flatten() {
        let (tell, said) = (tell.clone(), Arc::clone(said));
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                said.lock().unwrap().push(line.clone());
                // Nobody listens any more once the address is known.
                let _ = tell.send(line);
            }
        });
    }
    lines
}

/// `http://127.0.0.1:40123/…` anywhere in a line, or the same with `https`.
fn address_in(line: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once("http://").or_else(|| line.split_once("https://"))?;
    rest.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':')).next()?.parse().ok()
}
