//! What a submitter wrote: everything that stays sealed with the case.

use super::{ProposalAim, ReplyBy};
use serde::{Deserialize, Serialize};

/// The facts the notice asks for by name, and the text. Strings as typed, normalised; "" if
/// nothing was given.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedbackContent {
    /// The matter in a line, ≤ 200 characters.
    pub title: String,
    /// What happened, 20–10 000 characters.
    pub content: String,
    /// What should be done (Decree 20/2008 art. 3.5: with it, feedback is a proposal).
    pub proposal: String,
    /// What the proposal aims at, if that was said.
    pub proposal_aim: Option<ProposalAim>,
    /// The officer concerned: name, desk, how to recognise them.
    pub officer: String,
    /// Place, in the submitter's words.
    pub place: String,
    /// When it happened, `yyyy-mm-dd` or words.
    pub happened_on: String,
    /// The administrative procedure, code or words.
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
    /// Agreed to be contacted about the case.
    pub consent_contact: bool,
    /// Agreed that an anonymised summary be published.
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

impl FeedbackContent {
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
            (Submitter, "Nơi xảy ra", self.place),
            (Submitter, "Thời điểm", day_as_read(self.happened_on)),
            (Submitter, "Thủ tục hành chính", self.procedure),
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

/// A day as a date field sends it, as it is read; anything else as it was typed.
fn day_as_read(typed: String) -> String {
    let parts: Vec<&str> = typed.split('-').collect();
    match parts[..] {
        [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
            format!("{day}/{month}/{year}")
        }
        _ => typed,
    }
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
