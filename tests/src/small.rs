//! A PostgreSQL of one test's own on a disk that is small: a file system in memory, which is filled and emptied again.
//!
//! It runs in a mount namespace of its own and is started again whenever it ends, as a service manager would. A full journal fills
//! up soon: no part of it is used twice. When the test ends, however it ends, the cluster does.

use crate::postgres::{Postgres, binaries, free_port, ready};
use crate::{Database, Folder};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Of the file system: enough for an empty installation, soon full.
const SIZE_MEGABYTES: u32 = 96;
/// How long it may take until PostgreSQL answers, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What lies on the small disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    /// The rows; the journal has room.
    Rows,
    /// The journal (`pg_wal`); the rows have room.
    Journal,
}

/// The cluster. Stopped when dropped, and its disk is gone with it.
#[derive(Debug)]
pub struct SmallPostgres {
    cluster: Postgres,
    keeper: Child,
    disk: PathBuf,
    _folder: Folder,
}

impl SmallPostgres {
    /// Makes and starts one.
    #[must_use]
    pub fn start(small: Small) -> SmallPostgres {
        let folder = Folder::new();
        let (disk, large) = (folder.path().join("small"), folder.path().join("large"));
        for path in [&disk, &large] {
            std::fs::create_dir_all(path).unwrap();
        }
        let (rows, journal) = match small {
            Small::Rows => (&disk, &large),
            Small::Journal => (&large, &disk),
        };
        let port = free_port();
        // PostgreSQL refuses to run as root, and as what looks like root in a namespace of users.
        let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
        let (unshare, owned, run): (&[&str], _, _) = if root {
            (&["-m"], format!("chown postgres '{}'", large.display()), "runuser -u postgres --")
        } else {
            (&["-U", "-r", "-m"], String::new(), "unshare -U --map-user=1000 --map-group=1000")
        };
        let owner = if root { ",uid=$(id -u postgres)" } else { "" };
        let script = format!(
            "set -e
             chmod 755 '{folder}'; {owned}
             mount -t tmpfs -o size={SIZE_MEGABYTES}m,mode=700{owner} tmpfs '{disk}'
             {run} '{bin}/initdb' --no-sync --auth=trust --username=postgres --locale=C --encoding=UTF8 --wal-segsize=1 \
               --waldir '{journal}/wal' --pgdata '{rows}/data' >/dev/null
             trap 'exit 0' QUIT
             exec 3<&0; ( cat <&3 >/dev/null; kill -QUIT 0 ) &
             while :; do
               rm -f '{rows}/data/postmaster.pid'
               {run} '{bin}/postgres' -D '{rows}/data' -p {port} -c unix_socket_directories='{large}' -c listen_addresses=127.0.0.1 \
                 -c max_connections=100 -c shared_buffers=16MB -c wal_level=minimal -c max_wal_senders=0 -c wal_recycle=off \
                 -c max_wal_size=1GB -c checkpoint_timeout=1d >>'{large}/log' 2>&1 || true
               sleep 0.3
             done",
            folder = folder.path().display(),
            disk = disk.display(),
            large = large.display(),
            rows = rows.display(),
            journal = journal.display(),
            bin = binaries().display(),
        );
        let mut command = Command::new("unshare");
        command.args(unshare).args(["sh", "-c", &script]).stdin(Stdio::piped()).process_group(0);
        let keeper = command.spawn().unwrap();
        let small = SmallPostgres { cluster: Postgres::at(port), keeper, disk, _folder: folder };
        small.answers();
        small
    }

    /// Waits until it answers.
    pub fn answers(&self) {
        let began = Instant::now();
        while !ready(self.cluster.port()) {
            assert!(began.elapsed() < PATIENCE, "PostgreSQL on the small disk does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A new empty database on it.
    pub async fn database(&self) -> Database {
        Database::on(self.cluster.clone()).await
    }

    /// The small disk as PostgreSQL sees it.
    #[must_use]
    pub fn disk(&self) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.keeper.id()));
        root.join(self.disk.strip_prefix("/").unwrap())
    }
}

impl Drop for SmallPostgres {
    fn drop(&mut self) {
        let group = format!("-{}", self.keeper.id());
        let _ = Command::new("kill").args(["-QUIT", "--", &group]).status();
        let _ = self.keeper.wait();
    }
}
