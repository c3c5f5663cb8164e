//! Every uploaded file passes here before it is kept: what it is, what may stay of it, what it is called.

use super::{
    MAX_FILE_BYTES, document,
    kind::{self, Kind},
    pdf, picture, sound,
};
use crate::error::AppError;
use bytes::Bytes;
use unicode_normalization::UnicodeNormalization as _;

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
    /// More pixels than the pictures of one submission may have together.
    Pixels,
    /// A document whose author's traces cannot be taken out: locked, damaged, or with another file
    /// inside.
    Document,
    /// Too many files wait: nothing is said of this one.
    Busy,
}

impl FileError {
    /// Every reason of a child, in the order in which it numbers them.
    pub(super) const ALL: [Self; 5] = [
        Self::Kind,
        Self::Size,
        Self::Broken,
        Self::Pixels,
        Self::Document,
    ];

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
            Self::Busy => AppError::Busy.message(),
        }
    }
}

/// The kind of a file and what may be kept of it; its pictures are taken off `pixels`. Runs in the child that [`super::Cleaner`]
/// starts.
pub(super) fn scrubbed(bytes: Bytes, pixels: &mut u64) -> Result<(Kind, Bytes), FileError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileError::Size);
    }
    let (kind, bytes) = match kind::of(&bytes).ok_or(FileError::Kind)? {
        picture @ (Kind::Jpeg | Kind::Png | Kind::Webp) => {
            let (kind, bytes) = picture::clean(picture, &bytes, pixels)?;
            (kind, Bytes::from(bytes))
        }
        Kind::Pdf => (Kind::Pdf, pdf::clean(&bytes)?),
        Kind::Docx => (Kind::Docx, document::docx(bytes, pixels)?),
        Kind::Mp3 => (Kind::Mp3, sound::mp3(&bytes)?),
        Kind::M4a => (Kind::M4a, sound::m4a(bytes)?),
    };
    if bytes.len() > MAX_FILE_BYTES {
        return Err(FileError::Size);
    }
    Ok((kind, bytes))
}

/// A name without path, control characters or direction marks, with the ending that fits the
/// content.
pub(super) fn plain_name(name: &str, kind: Kind) -> String {
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
