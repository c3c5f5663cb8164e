//! A PostgreSQL cluster of the test's own, and processes under users of their own, as on a server.

use std::{
    fs,
    io::Read as _,
    net::{SocketAddr, TcpListener},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A user of this machine.
#[derive(Clone, Copy, Debug)]
pub struct User {
    pub name: &'static str,
    pub uid: u32,
    pub gid: u32,
}

/// Whether this test runs as root: else there is one user only.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// Whether what this machine lacks may go untried. A test that is silently left out looks like one that passed.
///
/// # Panics
/// Unless `LANG_NGHE_UNTRIED=1` says so.
pub fn untried(lacking: &str) {
    assert!(
        std::env::var("LANG_NGHE_UNTRIED").is_ok_and(|said| said == "1"),
        "{lacking}; LANG_NGHE_UNTRIED=1 runs the tests without what needs it"
    );
}

/// A user that every machine has.
pub fn user(name: &'static str) -> User {
    let accounts = fs::read_to_string("/etc/passwd").unwrap();
    let mut parts = accounts
        .lines()
        .find(|line| line.split(':').next() == Some(name))
        .unwrap_or_else(|| panic!("this machine has no user {name}"))
        .split(':')
        .skip(2);
    let mut number = || parts.next().unwrap().parse().unwrap();
    User {
        name,
        uid: number(),
        gid: number(),
    }
}

/// `program` under a user and a group, or under the test's own.
pub fn command(user: Option<(User, u32)>, program: &Path) -> Command {
    let Some((user, gid)) = user else {
        return Command::new(program);
    };
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &user.uid.to_string()]);
    command.args(["--regid", &gid.to_string(), "--clear-groups", "--"]);
    command.arg(program).current_dir("/");
    command
}

/// A folder that other users may pass through.
pub fn open_folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new()
        .prefix("ln-split")
        .tempdir_in("/tmp")
        .unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

/// A folder of a user's.
pub fn folder_of(path: &Path, owner: Option<(u32, u32)>, mode: u32) {
    fs::create_dir_all(path).unwrap();
    if let Some((uid, gid)) = owner {
        chown(path, Some(uid), Some(gid)).unwrap();
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// What a command said, both ways.
pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Runs to the end and must succeed.
pub fn succeed(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = said(&output);
    assert!(output.status.success(), "{command:?}: {said}");
    said
}

/// Must end with a failure, soon; what it said.
pub fn refuse(command: &mut Command) -> String {
    let mut process = Process::start(command);
    let ended = process.ended_within(Duration::from_secs(30));
    let said = process.said();
    assert!(ended, "{command:?} did not refuse: {said}");
    assert!(!process.child.wait().unwrap().success(), "{said}");
    said
}

/// A running process; it is asked to end when dropped.
pub struct Process {
    child: Child,
    log: tempfile::NamedTempFile,
}

impl Process {
    pub fn start(command: &mut Command) -> Self {
        let log = tempfile::NamedTempFile::new().unwrap();
        let out = || Stdio::from(log.reopen().map(appending).unwrap());
        let child = command
            .stdin(Stdio::null())
            .stdout(out())
            .stderr(out())
            .spawn()
            .unwrap();
        Self { child, log }
    }

    /// What it has said so far.
    pub fn said(&self) -> String {
        let mut text = Vec::new();
        self.log.reopen().unwrap().read_to_end(&mut text).unwrap();
        String::from_utf8_lossy(&text).into_owned()
    }

    fn ended_within(&mut self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if self.child.try_wait().unwrap().is_some() {
                return true;
            }
            thread::park_timeout(Duration::from_millis(30));
        }
        false
    }

    /// Waits until it has said `words`.
    pub fn wait_for(&mut self, words: &str) {
        let log = self.log.path().to_owned();
        self.wait_until(|| fs::read_to_string(&log).is_ok_and(|said| said.contains(words)));
    }

    /// Waits until `ready` holds.
    pub fn wait_until(&mut self, ready: impl Fn() -> bool) {
        let until = Instant::now() + Duration::from_secs(60);
        while !ready() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended: {}", self.said());
            assert!(Instant::now() < until, "not ready: {}", self.said());
            thread::park_timeout(Duration::from_millis(50));
        }
    }
}

/// Both streams write to one file.
fn appending(file: fs::File) -> fs::File {
    let path = format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&file));
    fs::OpenOptions::new().append(true).open(path).unwrap()
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        let _asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        if !self.ended_within(Duration::from_secs(15)) {
            let _ = self.child.kill();
        }
        let _ended = self.child.wait();
    }
}

/// A cluster with the `pg_hba.conf` and `pg_ident.conf` of the test, whose superuser is `postgres`.
pub struct Cluster {
    pub sockets: PathBuf,
    programs: PathBuf,
    admin: Option<(User, u32)>,
    _server: Process,
}

impl Cluster {
    pub fn start(folder: &Path, hba: &str, ident: &str) -> Self {
        let admin = is_root().then(|| user("postgres")).map(|u| (u, u.gid));
        let owner = admin.map(|(user, gid)| (user.uid, gid));
        let (data, sockets) = (folder.join("cluster"), folder.join("postgres-run"));
        folder_of(&data, owner, 0o700);
        folder_of(&sockets, owner, 0o755);
        let programs = programs();
        succeed(
            command(admin, &programs.join("initdb"))
                .args(["--username", "postgres", "--encoding", "UTF8"])
                .args(["--locale", "C.UTF-8", "--auth", "reject", "--no-sync"])
                .arg("--pgdata")
                .arg(&data),
        );
        fs::write(data.join("pg_hba.conf"), hba).unwrap();
        fs::write(data.join("pg_ident.conf"), ident).unwrap();
        let mut server = command(admin, &programs.join("postgres"));
        server.arg("-D").arg(&data);
        let sockets_setting = format!("unix_socket_directories={}", sockets.display());
        for setting in ["listen_addresses=", "fsync=off", &sockets_setting] {
            server.args(["-c", setting]);
        }
        let mut server = Process::start(&mut server);
        let socket = sockets.join(".s.PGSQL.5432");
        let ready = programs.join("pg_isready");
        server.wait_until(|| {
            let asked = Command::new(&ready).arg("-qh").arg(&sockets).status();
            socket.exists() && asked.unwrap().success()
        });
        Self {
            sockets,
            programs,
            admin,
            _server: server,
        }
    }

    /// A program of PostgreSQL's, as its administrator.
    pub fn tool(&self, name: &str) -> Command {
        let mut tool = command(self.admin, &self.programs.join(name));
        tool.env("PGHOST", &self.sockets);
        tool.env("PGUSER", "postgres");
        tool
    }
}

fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|version| {
            let number = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .collect();
    found.sort();
    found.pop().map_or_else(
        || {
            let path = std::env::var_os("PATH").unwrap();
            let mut folders = std::env::split_paths(&path);
            folders.find(|f| f.join("initdb").exists()).unwrap()
        },
        |(_, folder)| folder,
    )
}

/// An address of this machine that nobody listens on.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}
