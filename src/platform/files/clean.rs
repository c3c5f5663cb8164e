//! Every uploaded file passes here before it is kept.

use super::{
    MAX_FILE_BYTES, document,
    kind::{self, Kind},
    pdf, picture, sound,
};
use bytes::Bytes;
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

/// Pictures decoded at a time; each may take 200 MB for a moment.
static SLOTS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));
/// Of these, pictures larger than what phones take by default: one at a time, so that ordinary ones always go on.
static LARGE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));
/// The most pixels of a picture that is not large.
const ORDINARY_PIXELS: u64 = 16_000_000;
/// Longest name kept, in characters.
const MAX_NAME: usize = 120;

/// A file that passed every check, ready to seal, without what tells who made it and where.
#[derive(Clone)]
pub struct CleanFile {
    /// Name given by the person's device: NFC, without path, with the ending of `media_type`.
    pub name: String,
    /// One of the accepted media types.
    pub media_type: &'static str,
    /// The bytes to keep.
    pub bytes: Bytes,
}

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// Not one of the accepted kinds, judged by its content.
    Kind,
    /// Over [`MAX_FILE_BYTES`].
    Size,
    /// A picture that cannot be decoded or has too many pixels.
    Broken,
    /// Together with the others, more pixels than one submission may have.
    Pixels,
    /// A document whose author's traces cannot be taken out: locked, damaged, or with another file
    /// inside.
    Document,
}

impl FileError {
    /// What is wrong and what to do.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Kind => {
                "Tệp này không thuộc loại nhận được. Vui lòng chọn ảnh (JPG, PNG, WebP), tệp PDF, \
                 Word (.docx, không có macro) hoặc ghi âm (MP3, M4A)."
            }
            Self::Size => {
                "Tệp này lớn hơn 10 MB. Vui lòng chọn tệp nhỏ hơn, hoặc chụp lại ảnh ở cỡ nhỏ hơn."
            }
            Self::Broken => {
                "Không đọc được tệp này, hoặc ảnh có quá 40 triệu điểm ảnh. Vui lòng mở thử trên \
                 máy, lưu lại hoặc chụp lại rồi chọn lần nữa."
            }
            Self::Pixels => {
                "Các ảnh gửi cùng lúc, kể cả ảnh trong tệp Word, có quá 120 triệu điểm ảnh. Vui \
                 lòng bớt ảnh, hoặc chụp lại ở cỡ nhỏ hơn."
            }
            Self::Document => {
                "Không xóa được tên người soạn và vị trí chụp trong tệp này, nên tệp không được \
                 lưu. Tệp có thể bị khóa bằng mật khẩu, bị hỏng hoặc chứa tệp khác. Vui lòng bỏ \
                 mật khẩu, hoặc chụp ảnh từng trang rồi gửi ảnh."
            }
        }
    }
}

/// Checks and cleans one uploaded file. The work is CPU-bound and runs outside the async threads.
/// Pictures within a document are taken from the pixels that are `left` to the submission.
///
/// # Errors
/// What the person should know; the other files of the submission are not affected.
pub async fn clean(name: &str, bytes: Bytes, left: &mut u64) -> Result<CleanFile, FileError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileError::Size);
    }
    let name = name.to_owned();
    // what a document holds is not known beforehand
    let is_large = kind::of(&bytes) == Some(Kind::Docx)
        || pixels(&bytes).is_some_and(|pixels| pixels > ORDINARY_PIXELS);
    let _large = match is_large {
        true => Some(LARGE.acquire().await.map_err(|_| FileError::Broken)?),
        false => None,
    };
    let _slot = SLOTS.acquire().await.map_err(|_| FileError::Broken)?;
    let mut budget = *left;
    let work = move || clean_now(&name, bytes, &mut budget).map(|file| (file, budget));
    // a panicking decoder refuses this file and nothing else
    let done = tokio::task::spawn_blocking(work).await;
    let (file, budget) = done.unwrap_or(Err(FileError::Broken))?;
    *left = budget;
    Ok(file)
}

/// How many pixels a picture says it has, read from its head; `None` for what is no picture, or will be refused.
pub fn pixels(bytes: &Bytes) -> Option<u64> {
    match kind::of(bytes)? {
        picture @ (Kind::Jpeg | Kind::Png | Kind::Webp) => picture::pixels(picture, bytes),
        _ => None,
    }
}

/// [`clean`] on the current thread.
pub(super) fn clean_now(name: &str, bytes: Bytes, left: &mut u64) -> Result<CleanFile, FileError> {
    let (kind, bytes) = match kind::of(&bytes).ok_or(FileError::Kind)? {
        picture @ (Kind::Jpeg | Kind::Png | Kind::Webp) => {
            let (kind, bytes) = picture::clean(picture, &bytes)?;
            (kind, Bytes::from(bytes))
        }
        Kind::Pdf => (Kind::Pdf, pdf::clean(&bytes)?),
        Kind::Docx => (Kind::Docx, document::docx(bytes, left)?),
        Kind::Mp3 => (Kind::Mp3, sound::mp3(&bytes)?),
        Kind::M4a => (Kind::M4a, sound::m4a(bytes)?),
    };
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileError::Size);
    }
    Ok(CleanFile {
        name: plain_name(name, kind),
        media_type: kind.media_type(),
        bytes,
    })
}

/// A name without path, control characters or direction marks, with the ending that fits the
/// content.
fn plain_name(name: &str, kind: Kind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let composed: String = last.nfc().collect();
    let kept: String = crate::case::normalise(&composed)
        .chars()
        .filter(|c| !matches!(c, '\n' | '\t' | '"' | '<' | '>' | '|' | ':' | '*' | '?'))
        .collect();
    let stem = kept
        .rsplit_once('.')
        .map_or(kept.as_str(), |(stem, _)| stem)
        .trim_matches(['.', ' ']);
    let stem: String = stem.chars().take(MAX_NAME).collect();
    let ending = kept
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| {
            kind.endings()
                .iter()
                .any(|e| e.eq_ignore_ascii_case(ending))
        });
    format!(
        "{}.{}",
        if stem.is_empty() { "tep" } else { &stem },
        ending.unwrap_or(kind.endings()[0])
    )
}
