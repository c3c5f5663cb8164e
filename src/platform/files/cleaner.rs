//! Files are cleaned in a child process: whatever a file does to its parser happens far from the keys.
//!
//! There are few children, and each network has one place in the line before them: whoever sends ten files waits behind their own.
//!
//! The child is this program again, as `lang-nghe clean`. The pixels it may have and the file come in by a pipe; what it is or why it
//! is refused, the pixels left and what may be kept go out by another. It has bounds of memory and time, an empty environment, and
//! may open nothing.

use super::{
    MAX_FILE_BYTES,
    clean::{CleanFile, FileError, plain_name, scrubbed},
    heads::pixels_of,
    kind::{self, Kind},
};
use bytes::Bytes;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{
    collections::HashMap,
    io::{self, Read as _, Write as _},
    path::PathBuf,
    process::Stdio,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, Command},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout},
};

/// Children at a time; each may take [`MEMORY`].
const CHILDREN: usize = 2;
/// The most pixels of a picture that is not large: what phones take by default.
const ORDINARY_PIXELS: u64 = 16_000_000;
/// What a child may take: the largest picture decoded, turned and encoded again.
const MEMORY: u64 = 768 * 1024 * 1024;
/// How deep its calls may go, in bytes: as deep as those of any other thread.
const STACK: u64 = 2 * 1024 * 1024;
/// Seconds of a processor; the largest picture takes some.
const PROCESSOR: u64 = 20;
/// How long it may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of an answer before the file: the kind or the refusal, and the pixels left.
const HEAD: usize = 9;
/// Marks the first byte of an answer as a refusal.
const REFUSED: u8 = 0x80;

/// Cleans files in children of their own, a few at a time.
#[derive(Clone, Debug)]
pub struct Cleaner {
    program: PathBuf,
    arguments: Vec<String>,
    patience: Duration,
    slots: Arc<Semaphore>,
    /// Of these, for large pictures: one, so that ordinary ones always go on.
    large: Arc<Semaphore>,
    /// One place for each network that has a file here.
    networks: Arc<Mutex<HashMap<String, Weak<Semaphore>>>>,
}

/// How the files of one form wait for a child.
#[derive(Debug)]
pub struct Line {
    network: Option<String>,
    left: Duration,
}

impl Line {
    /// Of a form from `network`, if one is known, whose files wait so long together.
    pub fn new(network: Option<String>, wait: Duration) -> Self {
        Self {
            network,
            left: wait,
        }
    }

    async fn turn(&mut self, places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, FileError> {
        let begun = Instant::now();
        let turn = timeout(self.left, Arc::clone(places).acquire_owned()).await;
        self.left = self.left.saturating_sub(begun.elapsed());
        turn.map_err(|_| FileError::Busy)?
            .map_err(|_| FileError::Broken)
    }
}

impl Default for Cleaner {
    /// By the program that is running, even where another has meanwhile been put in its place.
    fn default() -> Self {
        Self::by("/proc/self/exe", &["clean"], PATIENCE)
    }
}

impl Cleaner {
    /// By a program that does [`clean_standard_input`] and may take so long for a file.
    pub fn by(program: impl Into<PathBuf>, arguments: &[&str], patience: Duration) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.iter().copied().map(str::to_owned).collect(),
            patience,
            slots: Arc::new(Semaphore::new(CHILDREN)),
            large: Arc::new(Semaphore::new(1)),
            networks: Arc::default(),
        }
    }

    /// Checks and cleans one uploaded file, when its turn comes. Its pictures may have so many `pixels`, which are taken off.
    ///
    /// # Errors
    /// What the person should know; the other files of the submission are not affected. [`FileError::Busy`] if no turn comes in time.
    pub async fn clean(
        &self,
        name: &str,
        bytes: Bytes,
        pixels: &mut u64,
        line: &mut Line,
    ) -> Result<CleanFile, FileError> {
        let kind = plausible(&bytes)?;
        // what a document holds is not known beforehand
        let is_large =
            kind == Kind::Docx || pixels_of(&bytes).is_some_and(|pixels| pixels > ORDINARY_PIXELS);
        // the place of the network comes first: it waits for the others in one turn only
        let _network = match line.network.as_deref().map(|name| self.place_of(name)) {
            Some(place) => Some(line.turn(&place).await?),
            None => None,
        };
        let _large = match is_large {
            true => Some(line.turn(&self.large).await?),
            false => None,
        };
        let _slot = line.turn(&self.slots).await?;
        let answer = timeout(self.patience, self.ask(&bytes, *pixels)).await;
        let answer = answer.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        let answer = answer.inspect_err(|cause| tracing::warn!(%cause, "a file ended its child"));
        let (kind, left, bytes) = read(answer.map_err(|_| FileError::Broken)?)?;
        *pixels = left.min(*pixels);
        Ok(CleanFile {
            name: plain_name(name, kind),
            media_type: kind.media_type(),
            bytes,
        })
    }

    /// The one place of a network, for as long as a file of it is here.
    fn place_of(&self, network: &str) -> Arc<Semaphore> {
        let networks = self.networks.lock();
        let mut networks = networks.unwrap_or_else(PoisonError::into_inner);
        networks.retain(|_, place| place.strong_count() > 0);
        let known = networks.get(network).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let place = Arc::new(Semaphore::new(1));
            networks.insert(network.to_owned(), Arc::downgrade(&place));
            place
        })
    }

    /// What a child answers to a file; it ends with this call, however that ends.
    async fn ask(&self, bytes: &[u8], pixels: u64) -> io::Result<Bytes> {
        let mut child = self.start()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (mut input, output) = input.zip(output).ok_or(io::ErrorKind::BrokenPipe)?;
        input.write_all(&pixels.to_le_bytes()).await?;
        input.write_all(bytes).await?;
        drop(input);
        let mut answer = Vec::new();
        let most = (HEAD + MAX_FILE_BYTES + 1) as u64;
        output.take(most).read_to_end(&mut answer).await?;
        let status = child.wait().await?;
        match status.success() {
            true => Ok(answer.into()),
            false => Err(io::Error::other(status.to_string())),
        }
    }

    fn start(&self) -> io::Result<Child> {
        Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }
}

/// The kind of a file, by its first bytes: what is too large, or none of the kinds, needs no child to say so.
///
/// # Errors
/// What the person should know.
pub(super) fn plausible(bytes: &[u8]) -> Result<Kind, FileError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileError::Size);
    }
    kind::of(bytes).ok_or(FileError::Kind)
}

/// Whether a file may be given to a [`Cleaner`].
///
/// # Errors
/// What the person should know.
pub fn check_file(bytes: &[u8]) -> Result<(), FileError> {
    plausible(bytes).map(drop)
}

/// The child's side: cleans the file on standard input and answers on standard output.
///
/// # Errors
/// If a pipe breaks, or the bounds cannot be set: nothing is read without them.
pub fn clean_standard_input() -> io::Result<()> {
    confine()?;
    let (mut input, mut pixels, mut bytes) = (io::stdin().lock(), [0; 8], Vec::new());
    input.read_exact(&mut pixels)?;
    let mut pixels = u64::from_le_bytes(pixels);
    input
        .take(MAX_FILE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let (first, rest) = match scrubbed(bytes.into(), &mut pixels) {
        Ok((kind, bytes)) => (position(&Kind::ALL, kind), bytes),
        Err(fault) => (REFUSED | position(&FileError::ALL, fault), Bytes::new()),
    };
    let mut output = io::stdout().lock();
    output.write_all(&[first])?;
    output.write_all(&pixels.to_le_bytes())?;
    output.write_all(&rest)?;
    output.flush()
}

fn position<T: PartialEq>(all: &[T], one: T) -> u8 {
    all.iter().position(|other| *other == one).unwrap_or(0) as u8
}

/// The parent's side of [`clean_standard_input`]: nonsense is a file that cannot be read.
fn read(answer: Bytes) -> Result<(Kind, u64, Bytes), FileError> {
    let (head, rest) = answer.split_first_chunk().ok_or(FileError::Broken)?;
    let [first, pixels @ ..]: [u8; HEAD] = *head;
    if first & REFUSED != 0 {
        let fault = FileError::ALL.get(usize::from(first & !REFUSED));
        return Err(fault.copied().unwrap_or(FileError::Broken));
    }
    let kind = Kind::ALL.get(usize::from(first)).ok_or(FileError::Broken)?;
    match rest.len() {
        1..=MAX_FILE_BYTES => Ok((*kind, u64::from_le_bytes(pixels), answer.slice(HEAD..))),
        _ => Err(FileError::Broken),
    }
}

/// From here on this process opens no file and no connection, writes none, starts no other, and ends where it takes too much.
fn confine() -> io::Result<()> {
    for (resource, most) in [
        (Resource::Data, MEMORY),
        (Resource::Stack, STACK),
        (Resource::Cpu, PROCESSOR),
        (Resource::Nofile, 0),
        (Resource::Nproc, 0),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        // what the system grants less of stays so
        let granted = getrlimit(resource).maximum.unwrap_or(u64::MAX).min(most);
        let limit = Rlimit {
            current: Some(granted),
            maximum: Some(granted),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}
