//! One PostgreSQL for a whole test run, started from Debian's binaries by whichever test needs it first.
//!
//! Tests run as many processes: they find the cluster through a folder named after this repository, under a lock
//! file. The cluster stops by itself when no test has asked for a database for a while, or when `./test` ends.
//! It keeps `fsync` on: a test of durability must mean something.

use crate::folder::unique;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tokio_postgres::NoTls;

/// After this long without a new database, the cluster stops itself.
const IDLE_SECONDS: u64 = 600;

/// No durability is given up here; the rest is cut to what a test machine needs.
const SETTINGS: [&str; 11] = [
    "ssl=on",
    "listen_addresses=127.0.0.1",
    "fsync=on",
    "synchronous_commit=on",
    "max_connections=400",
    "shared_buffers=64MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "checkpoint_timeout=30min",
    "log_min_messages=warning",
];

/// The run's cluster.
#[derive(Clone, Debug)]
pub struct Postgres {
    port: u16,
}

/// A database of one test's own, with an owner and an application role that owns nothing. Dropped with the value.
#[derive(Debug)]
pub struct Database {
    cluster: Postgres,
    name: String,
}

impl Postgres {
    /// The running cluster; starts it if nobody has.
    #[must_use]
    pub fn running() -> &'static Postgres {
        static CLUSTER: OnceLock<Postgres> = OnceLock::new();
        CLUSTER.get_or_init(Postgres::find_or_start)
    }

    /// One that somebody else started.
    pub(crate) fn at(port: u16) -> Postgres {
        Postgres { port }
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    fn find_or_start() -> Postgres {
        let place = Place::of_this_repository();
        let lock = File::create(place.path("lock")).unwrap();
        lock.lock().unwrap();
        place.renew_lease();
        let known =
            std::fs::read_to_string(place.path("port-tls")).ok().and_then(|port| port.trim().parse().ok());
        match known.filter(|port| ready(*port)) {
            Some(port) => Postgres { port },
            None => place.start(),
        }
    }

    /// A session of the cluster's superuser.
    async fn superuser(&self) -> tokio_postgres::Client {
        let url = format!("postgresql://postgres@127.0.0.1:{}/postgres", self.port);
        let (client, connection) =
            tokio_postgres::connect(&url, NoTls).await.expect("the test cluster answers");
        tokio::spawn(connection);
        client
    }
}

impl Database {
    /// A new empty database on the run's cluster.
    pub async fn fresh() -> Database {
        let cluster = tokio::task::spawn_blocking(|| Postgres::running().clone()).await.unwrap();
        Place::of_this_repository().renew_lease();
        Database::on(cluster).await
    }

    /// The same on another cluster.
    pub(crate) async fn on(cluster: Postgres) -> Database {
        let database = Database { name: format!("t{}", unique()), cluster };
        let client = database.cluster.superuser().await;
        let (name, owner, application) = (&database.name, database.owner(), database.application());
        let statements = [
            format!("create role {owner} login"),
            format!("create role {application} login"),
            format!(
                "create database {name} owner {owner} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"
            ),
            format!("revoke connect on database {name} from public"),
            format!("grant connect on database {name} to {application}"),
        ];
        for statement in statements {
            client.batch_execute(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        }
        database
    }

    /// For migrations and backups: owns the database.
    #[must_use]
    pub fn owner_url(&self) -> String {
        self.url(&self.owner())
    }

    /// For the server: may connect, owns nothing.
    #[must_use]
    pub fn application_url(&self) -> String {
        self.url(&self.application())
    }

    /// The name of the role behind [`Database::application_url`].
    #[must_use]
    pub fn application(&self) -> String {
        format!("{}_app", self.name)
    }

    /// A session of the cluster's superuser in this database: the hand that tampers in tests.
    pub async fn superuser(&self) -> tokio_postgres::Client {
        let (client, connection) = tokio_postgres::connect(&self.url("postgres"), NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    fn owner(&self) -> String {
        format!("{}_own", self.name)
    }

    fn url(&self, role: &str) -> String {
        format!("{}?sslmode=disable", self.place(role, "127.0.0.1"))
    }

    /// The application's URL by a host's name and with options of the link. The name need not exist: what is connected
    /// to is always this machine. The server's certificate is of `localhost` and `127.0.0.1`.
    #[must_use]
    pub fn linked_url(&self, host: &str, options: &str) -> String {
        format!("{}?hostaddr=127.0.0.1&{options}", self.place(&self.application(), host))
    }

    fn place(&self, role: &str, host: &str) -> String {
        format!("postgresql://{role}@{host}:{}/{}", self.cluster.port, self.name)
    }

    async fn drop_all(cluster: Postgres, name: String) {
        let client = cluster.superuser().await;
        let gone = client.batch_execute(&format!("drop database if exists {name} with (force)")).await;
        if gone.is_ok() {
            let _ = client.batch_execute(&format!("drop role if exists {name}_own, {name}_app")).await;
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A runtime cannot wait inside itself; a thread of its own can.
        let (cluster, name) = (self.cluster.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(Database::drop_all(cluster, name)))
        });
        let _ = dropping.join();
    }
}

/// The folder of a cluster, and the account that may run it: PostgreSQL refuses to run as root.
struct Place {
    folder: PathBuf,
    account: Option<&'static str>,
}

impl Place {
    fn of_this_repository() -> Place {
        let mut hash = DefaultHasher::new();
        env!("CARGO_MANIFEST_DIR").hash(&mut hash);
        let own = std::fs::metadata("/proc/self").unwrap().uid();
        let folder = std::env::temp_dir().join(format!("vaktbok-postgres-{own}-{:016x}", hash.finish()));
        let account = (own == 0).then_some("postgres");
        let place = Place { folder, account };
        if !place.folder.exists() {
            std::fs::create_dir_all(&place.folder).unwrap();
            std::fs::set_permissions(&place.folder, std::fs::Permissions::from_mode(0o755)).unwrap();
            if let Some(account) = account {
                run(Command::new("chown").arg(account).arg(&place.folder));
            }
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Says that somebody still needs the cluster.
    fn renew_lease(&self) {
        File::create(self.path("lease")).unwrap().write_all(b"in use\n").unwrap();
    }

    /// A PostgreSQL program, as an account that may run it.
    fn program(&self, name: &str) -> Command {
        let program = binaries().join(name);
        let mut command = match self.account {
            Some(account) => {
                let mut command = Command::new("runuser");
                command.args(["-u", account, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(&self.folder).stdin(Stdio::null()).env_remove("PGDATABASE");
        command
    }

    /// Makes the cluster if there is none of this version, and starts it on a free port.
    fn start(&self) -> Postgres {
        let data = self.path(&format!("data-tls-{}", version()));
        if !data.join("PG_VERSION").exists() {
            let _ = std::fs::remove_dir_all(&data);
            let options =
                ["--no-sync", "--auth=trust", "--username=postgres", "--locale=C", "--encoding=UTF8"];
            run(self.program("initdb").args(options).arg("--pgdata").arg(&data).stdout(Stdio::null()));
            self.certify(&data);
        }
        let port = free_port();
        let mut options = format!("-p {port} -c unix_socket_directories='{}'", self.folder.display());
        for setting in SETTINGS {
            options.push_str(&format!(" -c {setting}"));
        }
        let mut start = self.program("pg_ctl");
        start
            .arg("start")
            .arg("-w")
            .arg("-D")
            .arg(&data)
            .arg("-l")
            .arg(self.path("log"))
            .arg("-o")
            .arg(&options);
        run(start.stdout(Stdio::null()).stderr(Stdio::null()));
        std::fs::write(self.path("port-tls"), port.to_string()).unwrap();
        // `./test` lets the lease run out when it ends, and looks here for where.
        std::fs::write(
            concat!(env!("CARGO_MANIFEST_DIR"), "/../target/postgres.place"),
            self.folder.as_os_str().as_encoded_bytes(),
        )
        .unwrap();
        self.stop_when_idle(&data);
        Postgres { port }
    }

    /// Puts the tests' certificate where PostgreSQL looks for its own. It refuses a key that others can read.
    fn certify(&self, data: &Path) {
        for (from, to) in [("first.pem", "server.crt"), ("first.key", "server.key")] {
            let to = data.join(to);
            std::fs::copy(crate::receiver::certificates().join(from), &to).unwrap();
            std::fs::set_permissions(&to, std::fs::Permissions::from_mode(0o600)).unwrap();
            if let Some(account) = self.account {
                run(Command::new("chown").arg(account).arg(&to));
            }
        }
    }

    /// Leaves a watcher behind that stops the cluster once the lease is old. Nothing else outlives a test.
    fn stop_when_idle(&self, data: &Path) {
        let stop = format!(
            "while [ $(( $(date +%s) - $(stat -c %Y lease) )) -lt {IDLE_SECONDS} ] && [ -f '{0}/postmaster.pid' ]; \
             do sleep 5; done; '{1}' stop -m fast -D '{0}'",
            data.display(),
            binaries().join("pg_ctl").display(),
        );
        let mut watcher = Command::new("setsid");
        watcher.arg("--fork");
        if let Some(account) = self.account {
            watcher.args(["runuser", "-u", account, "--"]);
        }
        watcher.args(["sh", "-c", &stop]).current_dir(&self.folder);
        run(watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()));
    }
}

/// Whether a cluster answers.
pub(crate) fn ready(port: u16) -> bool {
    let mut command = Command::new(binaries().join("pg_isready"));
    command
        .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
        .stdin(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The newest of Debian's, or whatever the path has.
pub(crate) fn binaries() -> PathBuf {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian
        .map(|version| version.path().join("bin"))
        .filter(|folder| folder.join("initdb").exists())
        .max_by_key(|folder| folder.parent()?.file_name()?.to_str()?.parse::<u32>().ok());
    let path = std::env::var_os("PATH").unwrap_or_default();
    newest
        .or_else(|| std::env::split_paths(&path).find(|folder| folder.join("initdb").exists()))
        .expect("PostgreSQL is installed: ./test installs it, or `apt-get install postgresql`")
}

fn version() -> String {
    let output = Command::new(binaries().join("postgres")).arg("--version").output().unwrap();
    let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()).then(|| word.to_owned());
    String::from_utf8_lossy(&output.stdout).split(' ').find_map(digits).unwrap_or_default()
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {status}");
}
