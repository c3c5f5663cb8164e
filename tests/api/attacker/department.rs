//! A made-up department, and everything it would ever publish.

use super::{Number, read};
use lang_nghe::statistics::{
    month::Month,
    ssr::publishing::{
        Ledger,
        audit::Origin,
        ledger::Count,
        plan::drafts,
        written::{Document, code_of},
    },
};

/// Numbers from a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as i64
    }
}

pub(super) const KINDS: [&str; 3] = ["hanh_vi", "quy_dinh", "tre_hen"];
const TIMELY: [&str; 2] = ["dung_han", "tre_han"];

/// Fifteen months of a made-up department: a few large units, many small ones, kinds uneven.
pub(super) fn department(seed: u64) -> Ledger {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let units = 6 + chance.below(10) as usize;
    let mut ledger = Ledger::default();
    let volume = 4 + chance.below(60);
    let mut pending = chance.below(40) + 5;
    for month in (0..15).map(|later| Month::new(2026, 1).plus(later)) {
        let (mut received, mut closed) = (0, 0);
        for at in 0..units {
            let place = format!("dv-{at:02}");
            ledger.add_unit(month, at as i64, &place, at % 9 == 8);
            for (kind, share) in KINDS.iter().zip([4, 2, 1]) {
                let count = chance.below(volume * share / (3 * (1 + at as i64)) + 2);
                ledger.add(Count::Received, month, &place, kind, count);
                received += count;
            }
        }
        let spare = 5 + chance.below(20);
        while closed < pending + received - spare {
            let place = format!(
                "dv-{:02}",
                chance.below(units as i64).min(chance.below(units as i64))
            );
            let late = usize::from(chance.below(6) == 0);
            ledger.add(Count::Timely, month, &place, TIMELY[late], 1);
            let outcome = [
                "dung",
                "dung",
                "khong_dung",
                "khong_dung",
                "tu_choi",
                "da_rut",
                "khong_du_co_so",
            ];
            ledger.add(
                Count::Outcome,
                month,
                "",
                outcome[chance.below(7) as usize],
                1,
            );
            ledger.add(
                Count::Mark,
                month,
                "",
                ["hai_long", "chua_danh_gia"][chance.below(2) as usize],
                1,
            );
            closed += 1;
        }
        for _ in 0..received {
            ledger.add(
                Count::Channel,
                month,
                "",
                ["online", "dien_thoai", "email"][chance.below(3) as usize],
                1,
            );
            ledger.add(
                Count::Reason,
                month,
                "",
                ["HV_CHAM_TRE", "", "HV_HACH_DICH"][chance.below(3) as usize],
                1,
            );
        }
        for (class, value) in [
            ("ton_dau", pending),
            ("tiep_nhan", received),
            ("ket_thuc", closed),
        ] {
            ledger.add(Count::Stock, month, "", class, value);
        }
        pending += received - closed;
        ledger.add(Count::Stock, month, "", "ton_cuoi", pending);
    }
    ledger
}

pub(super) fn downloads(ledger: &Ledger) -> Vec<Number> {
    let download = |(span, cells)| {
        Document::new(code_of(span), Origin::Rule, span, cells)
            .json()
            .unwrap()
    };
    let drafts = drafts(ledger)
        .into_iter()
        .map(|draft| (draft.span, draft.cells));
    drafts.flat_map(|draft| read(&download(draft))).collect()
}
