//! What a submitter wrote: everything that stays sealed with the case.

use super::{ProposalAim, ReplyBy, day_month_year, read_day, text::first_line};
use serde::{Deserialize, Serialize};

/// The facts the notice asks for by name, and the text. Strings as typed, normalised; "" if
/// nothing was given.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedbackContent {
    /// The matter in a line, ≤ 200 characters; where none was given, the server takes it from the
    /// content ([`matter_of`]).
    pub title: String,
    /// What happened, 20–10 000 characters.
    pub content: String,
    /// What should be done (Decree 20/2008 art. 3.5: with it, feedback is a proposal).
    pub proposal: String,
    /// What the proposal aims at, if that was said.
    pub proposal_aim: Option<ProposalAim>,
    /// The officer concerned: name, desk, how to recognise them.
    pub officer: String,
    /// Place, and as a rule the time as well, in the submitter's words; "" if the unit is the place.
    pub place: String,
    /// When it happened, `yyyy-mm-dd` or words, where it was given apart from the place.
    pub happened_on: String,
    /// The administrative procedure: a name from the directory, or words; often with the dossier's code.
    pub procedure: String,
    /// The code of the dossier (application) concerned.
    pub dossier_code: String,
    /// The rule concerned: name.
    pub rule_name: String,
    /// The rule concerned: number.
    pub rule_number: String,
    /// The rule concerned: date.
    pub rule_date: String,
    /// The rule concerned: article and clause.
    pub rule_clause: String,
    /// Late dossier: filed on, `yyyy-mm-dd`.
    pub filed_on: String,
    /// Late dossier: filed at which desk.
    pub filed_at: String,
    /// Late dossier: promised for, `yyyy-mm-dd`.
    pub promised_on: String,
    /// Late dossier: was an apology slip given: `co`, `khong` or "".
    pub apology: String,
    /// Late dossier: promised again for, `yyyy-mm-dd`.
    pub promised_again_on: String,
    /// Entered by staff: when the call or visit was, as read.
    pub call_time: String,
    /// Entered by staff: the recorder's note.
    pub recorder_note: String,
    /// Version of the privacy notice that was shown.
    pub notice_version: i16,
    /// Version of the sentence at the button by which whoever sends says that it is true; 0 if none
    /// was shown.
    pub truth_version: i16,
    /// Agreed to be contacted about the case: never on the form, only when asked afterwards.
    pub consent_contact: bool,
    /// Agreed that an anonymised summary be published: as before.
    pub consent_publish: bool,
    /// How to answer: `trang` (tracking page), `email`, `dien_thoai`, `thu`.
    pub reply_by: String,
}

/// Who reads what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentReader {
    /// Whoever of the department may read the original: all of it.
    Staff,
    /// Whoever holds the receipt code: all that was sent, not what the officer added who wrote it
    /// down.
    Submitter,
}

/// The longest matter of a case, in characters: what a line of a list or a heading holds.
pub const MATTER: usize = 120;

impl FeedbackContent {
    /// What it is about, in a line.
    pub fn matter(&self) -> String {
        let named = first_line(&self.title, MATTER);
        match named.is_empty() {
            true => matter_of(&self.content),
            false => named,
        }
    }

    /// What was written in the submitter's own sentences, a line each: what
    /// [`recognise`](super::recognise) reads.
    pub fn sentences(&self) -> String {
        [&*self.title, &self.content, &self.proposal].join("\n")
    }

    /// Caption and value of every field for `reader`, in the order of reading, without what is
    /// empty.
    pub fn facts(self, reader: ContentReader) -> Vec<(&'static str, String)> {
        use ContentReader::{Staff, Submitter};
        let proposal = match reader {
            Staff => "Đề xuất của người phản ánh",
            Submitter => "Đề xuất của Ông/Bà",
        };
        let aim = self.proposal_aim.map_or("", ProposalAim::label);
        let apology = match self.apology.as_str() {
            "co" => "Có",
            "khong" => "Không",
            _ => "",
        };
        // the tracking page shows every answer; only another way is worth a line
        let reply_by = match self.reply_by() {
            ReplyBy::Page => "",
            other => other.label(),
        };
        let yes = |agreed: bool| if agreed { "Có" } else { "" }.to_owned();
        let list = [
            (Submitter, "Vụ việc", self.title),
            (Submitter, "Nội dung phản ánh", self.content),
            (Submitter, proposal, self.proposal),
            (Submitter, "Loại đề xuất", aim.to_owned()),
            (
                Submitter,
                "Công chức, viên chức được phản ánh",
                self.officer,
            ),
            (Submitter, "Nơi và lúc xảy ra", self.place),
            (Submitter, "Thời điểm", day_as_read(self.happened_on)),
            (Submitter, "Thủ tục", self.procedure),
            (Submitter, "Mã hồ sơ thủ tục", self.dossier_code),
            (Submitter, "Văn bản quy định", self.rule_name),
            (Submitter, "Số, ký hiệu", self.rule_number),
            (Submitter, "Ngày ban hành", day_as_read(self.rule_date)),
            (Submitter, "Điều, khoản", self.rule_clause),
            (Submitter, "Ngày nộp", day_as_read(self.filed_on)),
            (Submitter, "Nơi nộp hồ sơ", self.filed_at),
            (Submitter, "Ngày hẹn trả", day_as_read(self.promised_on)),
            (Submitter, "Có phiếu xin lỗi", apology.to_owned()),
            (
                Submitter,
                "Ngày hẹn lại",
                day_as_read(self.promised_again_on),
            ),
            (Submitter, "Nhận trả lời bằng", reply_by.to_owned()),
            (Submitter, "Đồng ý để Sở liên hệ", yes(self.consent_contact)),
            (
                Submitter,
                "Đồng ý công khai tóm tắt",
                yes(self.consent_publish),
            ),
            (Staff, "Giờ gọi, đến", time_as_read(self.call_time)),
            (Staff, "Ghi chú của người nhập", self.recorder_note),
        ];
        let read = |(least, ..): &(ContentReader, _, _)| reader == Staff || *least == Submitter;
        let read = list.into_iter().filter(read);
        read.map(|(_, label, value)| (label, value))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// How the submitter wishes to be answered.
    pub fn reply_by(&self) -> ReplyBy {
        ReplyBy::from_code(&self.reply_by).unwrap_or(ReplyBy::Page)
    }
}

/// Longest derived title, in characters.
const LONGEST_MATTER: usize = 80;
/// How a letter begins, which says nothing of its matter; as people write it, for the browser's
/// program is spared the table of small letters.
const GREETINGS: [&str; 6] = [
    "Kính gửi",
    "Kính thưa",
    "kính gửi",
    "kính thưa",
    "KÍNH GỬI",
    "KÍNH THƯA",
];
/// A shorter beginning says too little to stand for the whole ("Kính thưa Sở.").
const SHORTEST_SENTENCE: usize = 20;

/// The matter of feedback that names none: the first sentence of its content, at most 80 characters,
/// cut at a word.
pub fn matter_of(content: &str) -> String {
    let is_greeting = |said: &&str| GREETINGS.iter().any(|words| said.starts_with(words));
    let content = content.trim();
    let first = sentences_of(content).find(|said| !said.is_empty() && !is_greeting(said));
    shortened(first.unwrap_or(content))
}

/// The sentences of a text, without their full stops: they end at a line's end, or at a mark that
/// blank space follows ("12.11" is no end).
fn sentences_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let end = sentence_end(rest)?;
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence.trim_end().trim_end_matches('.'))
    })
}

fn sentence_end(text: &str) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let next = |at: usize| text[at..].chars().nth(1);
    let long_enough = |at: usize| text[..at].chars().count() >= SHORTEST_SENTENCE;
    let ends = |&(at, c): &(usize, char)| match c {
        '\n' => true,
        '.' | '!' | '?' => next(at).is_none_or(char::is_whitespace) && long_enough(at),
        _ => false,
    };
    let end = text.char_indices().find(ends);
    Some(end.map_or(text.len(), |(at, c)| at + c.len_utf8()))
}

fn shortened(sentence: &str) -> String {
    if sentence.chars().count() <= LONGEST_MATTER {
        return sentence.to_owned();
    }
    let room: String = sentence.chars().take(LONGEST_MATTER).collect();
    // one place is for the dots
    let words = room.rsplit_once(char::is_whitespace);
    let words = words.map_or_else(
        || room.chars().take(LONGEST_MATTER - 1).collect(),
        |(words, _)| words.trim_end_matches([',', ';', ':']).to_owned(),
    );
    format!("{words}…")
}

/// A day as a date field sends it, as it is read; anything else as it was typed.
fn day_as_read(typed: String) -> String {
    read_day(&typed).map_or(typed, day_month_year)
}

/// A time as a field for date and time sends it, as it is read; anything else as it was typed.
fn time_as_read(typed: String) -> String {
    match typed.split_once('T') {
        Some((day, time)) => format!("{time}, {}", day_as_read(day.to_owned())),
        None => typed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matter_is_the_first_sentence_that_says_something() {
        for (content, matter) in [
            (
                "Hẹn ngày 12.11.2026 mà chưa có. Tôi đã hỏi.",
                "Hẹn ngày 12.11.2026 mà chưa có",
            ),
            (
                "Kính gửi Giám đốc Sở.\nNgười ở quầy số 3 quát tháo\nvà bỏ đi",
                "Người ở quầy số 3 quát tháo",
            ),
            (
                "Sao lâu vậy? Sao lâu vậy? Hỏi không ai nói.",
                "Sao lâu vậy? Sao lâu vậy?",
            ),
            ("Một dòng không có dấu chấm", "Một dòng không có dấu chấm"),
        ] {
            assert_eq!(matter_of(content), matter);
        }
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let content = "Tôi nộp hồ sơ đăng ký biến động tặng cho quyền sử dụng đất ngày 04/4/2022, \
                       giấy hẹn trả kết quả ngày 18/4/2022.";
        assert_eq!(
            matter_of(content),
            "Tôi nộp hồ sơ đăng ký biến động tặng cho quyền sử dụng đất ngày 04/4/2022, \
             giấy…"
        );
        assert_eq!(matter_of(&"x".repeat(200)).chars().count(), 80);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_written_its_matter_is_short_and_never_empty(content in "\\PC{1,300}") {
            let matter = matter_of(&content);
            proptest::prop_assert!(matter.chars().count() <= 80);
            proptest::prop_assert_eq!(matter.is_empty(), content.trim().is_empty());
        }
    }

    #[test]
    fn the_sender_reads_all_they_sent_and_not_what_the_recorder_added() {
        let content = FeedbackContent {
            content: "Chờ ba tuần.".to_owned(),
            dossier_code: "H13".to_owned(),
            promised_on: "2026-11-02".to_owned(),
            call_time: "2026-11-23T08:40".to_owned(),
            consent_contact: true,
            reply_by: "thu".to_owned(),
            ..FeedbackContent::default()
        };
        let read = |reader| content.clone().facts(reader);
        let sent = [
            ("Nội dung phản ánh", "Chờ ba tuần."),
            ("Mã hồ sơ thủ tục", "H13"),
            ("Ngày hẹn trả", "02/11/2026"),
            ("Nhận trả lời bằng", "Thư gửi đến địa chỉ"),
            ("Đồng ý để Sở liên hệ", "Có"),
        ];
        let sent = sent.map(|(caption, value)| (caption, value.to_owned()));
        assert_eq!(read(ContentReader::Submitter), sent);
        let added = [("Giờ gọi, đến", "08:40, 23/11/2026".to_owned())];
        assert_eq!(read(ContentReader::Staff), [&sent[..], &added].concat());
    }
}
