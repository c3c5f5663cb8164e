//! What the inbox shows, as its address says it: view, filters, order and place. Unknown values are
//! ignored.

use super::extra_filters::ExtraFilters;
use crate::{
    case::{CaseNumber, Channel, Kind, read_day, write_day},
    routes::{self, INBOX},
};
use time::Date;

/// The longest search that is looked at, in characters.
pub const MAX_SEARCH: usize = 100;

/// One of the ready-made cuts on the left of the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Every case that somebody still owes work on.
    #[default]
    Open,
    /// Sent and not yet received.
    Submitted,
    /// Waiting for what the submitter was asked.
    AwaitingInfo,
    /// Received or classified, and not yet with a unit.
    Unassigned,
    /// With a unit.
    InHand,
    /// Waiting for the leader's signature.
    AwaitingApproval,
    /// Past their day.
    Overdue,
    /// Due within three working days.
    DueSoon,
    /// A proposal waits for a second person.
    Proposals,
    /// Answered, not yet closed.
    Answered,
    /// A call or a letter is owed to the submitter.
    ReplyOwed,
    /// The submitter has written, and nobody has dealt with it.
    Unread,
    /// Everything this person may see.
    All,
}

impl View {
    /// Every view, in the order of the page.
    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Submitted,
        Self::AwaitingInfo,
        Self::Unassigned,
        Self::InHand,
        Self::AwaitingApproval,
        Self::Overdue,
        Self::DueSoon,
        Self::Proposals,
        Self::Answered,
        Self::ReplyOwed,
        Self::Unread,
        Self::All,
    ];

    /// In the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "can-lam",
            Self::Submitted => "cho-tiep-nhan",
            Self::AwaitingInfo => "cho-bo-sung",
            Self::Unassigned => "cho-phan-cong",
            Self::InHand => "dang-xu-ly",
            Self::AwaitingApproval => "cho-duyet",
            Self::Overdue => "qua-han",
            Self::DueSoon => "sap-den-han",
            Self::Proposals => "de-xuat",
            Self::Answered => "da-tra-loi",
            Self::ReplyOwed => "cho-lien-he",
            Self::Unread => "tin-nhan-moi",
            Self::All => "tat-ca",
        }
    }

    /// On the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Cần làm",
            Self::Submitted => "Chờ tiếp nhận",
            Self::AwaitingInfo => "Chờ bổ sung",
            Self::Unassigned => "Chờ phân công",
            Self::InHand => "Đang xử lý",
            Self::AwaitingApproval => "Chờ phê duyệt",
            Self::Overdue => "Quá hạn",
            Self::DueSoon => "Sắp đến hạn",
            Self::Proposals => "Đề xuất chờ duyệt",
            Self::Answered => "Đã trả lời",
            Self::ReplyOwed => "Chờ gọi điện, gửi thư",
            Self::Unread => "Tin nhắn mới",
            Self::All => "Tất cả",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Nearest deadline first; without one last.
    #[default]
    Due,
    /// Newest first.
    Received,
}

impl Sort {
    /// In the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Due => "han",
            Self::Received => "nhan",
        }
    }
}

/// The last row of the page before: the day it is ordered by (`None`: it has no deadline) and its
/// id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its day, or nothing.
    pub day: Option<Date>,
    /// The case.
    pub case: u128,
}

impl Cursor {
    fn write(self) -> String {
        let day = self.day.map(write_day).unwrap_or_default();
        format!("{day}.{:032x}", self.case)
    }

    fn read(text: &str) -> Option<Self> {
        let (day, case) = text.split_once('.')?;
        if !(case.len() == 32 && case.bytes().all(|b| b.is_ascii_hexdigit())) {
            return None;
        }
        let case = u128::from_str_radix(case, 16).ok()?;
        let day = if day.is_empty() {
            None
        } else {
            Some(read_day(day)?)
        };
        Some(Self { day, case })
    }
}

/// The inbox as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Which extra.
    pub view: View,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this unit, by code.
    pub unit: String,
    /// Only this channel.
    pub channel: Option<Channel>,
    /// Only these, by when they came, with whom they are, whether they were answered.
    pub extra: ExtraFilters,
    /// Words to look for, as typed.
    pub words: String,
    /// In which order.
    pub sort: Sort,
    /// Where the page begins.
    pub after: Option<Cursor>,
    /// The case shown beside the list.
    pub focus: Option<CaseNumber>,
}

impl Filters {
    /// Reads a query string, with or without its question mark.
    pub fn from_query(query: &str) -> Self {
        let mut filters = Self::default();
        for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            filters.take(&name, &value);
        }
        // a whole number means that case, wherever it is
        if CaseNumber::parse(&filters.words).is_some() {
            filters.view = View::All;
        }
        // everything there ever was has no useful order by deadline
        if filters.view == View::All {
            filters.sort = Sort::Received;
        }
        filters
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "xem" => self.view = View::from_code(value).unwrap_or_default(),
            "loai" => self.kind = Kind::from_code(value),
            "don-vi" if is_unit_code(value) => self.unit = value.to_owned(),
            "kenh" => self.channel = Channel::from_code(value),
            "q" => {
                self.words = value
                    .trim()
                    .chars()
                    .take(MAX_SEARCH)
                    .collect::<String>()
                    .trim_end()
                    .to_owned()
            }
            "sap" => {
                self.sort = if value == Sort::Received.code() {
                    Sort::Received
                } else {
                    Sort::Due
                }
            }
            "sau" => self.after = Cursor::read(value),
            "ho-so" => self.focus = CaseNumber::parse(value),
            _ => self.extra.take(name, value),
        }
    }

    /// The canonical query string, without a question mark; what is usual is left out.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: &str| {
            pairs.push(format!("{name}={}", routes::encode(value)));
        };
        if self.view != View::default() {
            put("xem", self.view.code());
        }
        if let Some(kind) = self.kind {
            put("loai", kind.code());
        }
        if !self.unit.is_empty() {
            put("don-vi", &self.unit);
        }
        if let Some(channel) = self.channel {
            put("kenh", channel.code());
        }
        for (name, value) in self.extra.pairs() {
            put(name, &value);
        }
        if !self.words.is_empty() {
            put("q", &self.words);
        }
        if self.sort != Sort::default() && self.view != View::All {
            put("sap", self.sort.code());
        }
        if let Some(after) = self.after {
            put("sau", &after.write());
        }
        if let Some(number) = &self.focus {
            put("ho-so", number.as_str());
        }
        pairs.join("&")
    }

    /// The address of the inbox as these filters show it.
    pub fn href(&self) -> String {
        let query = self.to_query();
        if query.is_empty() {
            INBOX.path.to_owned()
        } else {
            format!("{}?{query}", INBOX.path)
        }
    }

    /// The query string by which a case remembers the view it was opened from; never empty.
    pub fn as_view(&self) -> String {
        let query = self.without_focus().to_query();
        match query.is_empty() {
            true => format!("xem={}", self.view.code()),
            false => query,
        }
    }

    /// The same list without a case beside it.
    pub fn without_focus(&self) -> Self {
        Self {
            focus: None,
            ..self.clone()
        }
    }

    /// The same list from its first row.
    pub fn from_the_first(&self) -> Self {
        Self {
            after: None,
            ..self.without_focus()
        }
    }

    /// The same filters in another view, from its first row.
    pub fn in_view(&self, view: View) -> Self {
        Self {
            view,
            sort: if view == View::All {
                Sort::Received
            } else {
                self.sort
            },
            ..self.from_the_first()
        }
    }

    /// Whether anything narrows the view.
    pub fn narrowed(&self) -> bool {
        self.kind.is_some()
            || !self.unit.is_empty()
            || self.channel.is_some()
            || self.extra != ExtraFilters::default()
            || !self.words.is_empty()
    }
}

/// Whether `value` can be the code of a unit.
pub fn is_unit_code(value: &str) -> bool {
    (2..=40).contains(&value.len())
        && value
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests;
