//! The auditor: reads everything that is out and what is to come out, and names each cell that
//! would betray something. It knows the rules and the ledger, not how the drafts were made.
//!
//! All checks are on whole numbers; none rounds (`docs/adr/0019-released-figures.md`).

mod joint;
mod single;

use super::{Cell, Ledger};
use crate::{
    case::codes::codes,
    statistics::{catalogue::Table, month::Span},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// Why a cell may not be published.
    Why {
        Small = "duoi_nguong", "Số nhỏ hơn ngưỡng công bố";
        FewMembers = "nhom_nho", "Nhóm gộp có ít hơn 3 thành viên";
        SmallUnit = "don_vi_nho", "Đơn vị ít người được công bố riêng";
        NotTheSum = "sai_so_lieu_goc", "Không bằng tổng số liệu gốc đã chốt";
        Unbalanced = "khong_can_doi", "Các phần không cộng đúng bằng tổng";
        Overlap = "trung_nhom", "Một thành viên nằm trong hai nhóm";
        Gap = "thieu_nhom", "Có thành viên không nằm trong nhóm nào";
        Changed = "da_cong_bo_khac", "Đã công bố với giá trị khác";
        Repeated = "cong_bo_lai", "Đã có trong lần công bố khác";
        CutsPeriod = "cat_ky", "Kỳ cắt ngang một kỳ khác";
        SplitsPool = "tach_nhom", "Tách nhóm đã gộp ở bảng theo quý";
        Narrow = "suy_ra_duoc", "Từ các bảng khác có thể tính ra số không công bố";
        NotInCatalogue = "ngoai_danh_muc", "Không có trong danh mục bảng";
    }
}

codes! {
    /// Under which rule a release was made: what the first version published, by rules of its own
    /// and kept as it was, or the rules of `plan`.
    Origin {
        FirstVersion = "phien_ban_dau", "Phiên bản đầu";
        Rule = "quy_tac", "Theo danh mục bảng";
    }
}

/// A release: out already, or to come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Under which rule it was made.
    pub origin: Origin,
    /// Everything in it.
    pub cells: Vec<Cell>,
}

/// A cell that may not be published, without its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offence {
    /// [`Cell::name`].
    pub cell: String,
    /// Why.
    pub why: Why,
}

impl Offence {
    fn of(cell: &Cell, why: Why) -> Self {
        Self {
            cell: cell.name(),
            why,
        }
    }
}

/// The table of a span: the cells that must add up.
type Tables<'a> = BTreeMap<(Table, Span), Vec<&'a Cell>>;

/// What is wrong with the last of these releases, or with what it makes of those before it. Nothing
/// if it may be published.
pub fn audit(releases: &[Published], ledger: &Ledger) -> Vec<Offence> {
    let made = |origin: Origin| {
        let of = releases
            .iter()
            .filter(move |release| release.origin == origin);
        of.flat_map(|release| &release.cells)
    };
    let mut offences = repeated(releases);
    let mut tables = Tables::new();
    for cell in made(Origin::Rule) {
        offences.extend(single::offences(cell, ledger));
        tables
            .entry((cell.table, cell.span))
            .or_default()
            .push(cell);
    }
    for cell in made(Origin::FirstVersion) {
        let meets = tables.keys().any(|(_, span)| span.meets(cell.span));
        offences.extend(meets.then(|| Offence::of(cell, Why::CutsPeriod)));
    }
    for cells in tables.values() {
        offences.extend(single::sums(cells, ledger));
    }
    offences.extend(joint::offences(&tables, ledger));
    // each cell once for each reason, in the order of the tables
    let once: BTreeSet<Offence> = offences.into_iter().collect();
    once.into_iter().collect()
}

/// A number is published once.
fn repeated(releases: &[Published]) -> Vec<Offence> {
    let mut seen = BTreeMap::new();
    let mut offences = Vec::new();
    for cell in releases.iter().flat_map(|release| &release.cells) {
        match seen.insert(cell.key(), cell.value) {
            Some(value) if value != cell.value => offences.push(Offence::of(cell, Why::Changed)),
            Some(_) => offences.push(Offence::of(cell, Why::Repeated)),
            None => {}
        }
    }
    offences
}

#[cfg(test)]
mod tests;
