//! What a file is, judged by its first bytes and never by its name.

/// The accepted kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Docx,
    Mp3,
    M4a,
}

impl Kind {
    /// Every kind, in the order in which the child numbers them.
    pub(super) const ALL: [Self; 7] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Pdf,
        Self::Docx,
        Self::Mp3,
        Self::M4a,
    ];

    /// The media type, as stored and sent.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
        }
    }

    pub(super) const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    /// Endings of names, the usual one first.
    pub(super) const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Mp3 => &["mp3"],
            Self::M4a => &["m4a", "mp4"],
        }
    }
}

/// The kind that the first bytes suggest. The checks of that kind then examine the whole file.
pub(super) fn of(bytes: &[u8]) -> Option<Kind> {
    match infer::get(bytes).map(|found| found.mime_type()) {
        Some("image/jpeg") => Some(Kind::Jpeg),
        Some("image/png" | "image/apng" | "image/vnd.mozilla.apng") => Some(Kind::Png),
        Some("image/webp") => Some(Kind::Webp),
        Some("application/pdf") => Some(Kind::Pdf),
        Some(
            "application/zip"
            | "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ) => Some(Kind::Docx),
        Some("audio/mpeg") => Some(Kind::Mp3),
        // phones' recorders write the general brands; `sound` checks for picture tracks
        Some(
            "audio/m4a" | "audio/x-m4a" | "audio/mp4" | "video/mp4" | "video/x-m4v"
            | "video/quicktime" | "video/3gpp",
        ) => Some(Kind::M4a),
        Some(_) => None,
        None if bytes.get(4..8) == Some(b"ftyp") => Some(Kind::M4a),
        None if matches!(bytes, [0xff, second, ..] if second & 0xe6 == 0xe2) => Some(Kind::Mp3),
        None => None,
    }
}
