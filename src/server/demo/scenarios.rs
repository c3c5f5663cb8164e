//! The demo's eighteen scenarios, varied by unit, number and submitter.

use super::rng::DemoRng;
use crate::{
    case::{Channel, Confidentiality, FeedbackContent, Finding, Kind},
    platform::vault::Identity,
};
use serde::Deserialize;

const SCENARIOS: &str = include_str!("scenarios.json");

const SURNAMES: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Lâm", "Hồ", "Kim", "Thạch",
];
const MIDDLES: &[&str] = &["Thị", "Văn", "Ngọc", "Minh", "Thanh", "Hữu"];
const GIVENS: &[&str] = &[
    "Ví Dụ",
    "Mẫu",
    "Minh Họa",
    "Thử Nghiệm",
    "Thí Điểm",
    "Giả Định",
    "Tỷ Dụ",
    "Mô Phỏng",
];
const WARDS: &[&str] = &[
    "Phường Cái Khế",
    "Phường Ninh Kiều",
    "Phường Bình Thủy",
    "Phường Ô Môn",
    "Xã Phong Điền",
    "Xã Cờ Đỏ",
    "Xã Thới Lai",
    "Phường Vị Thanh",
];
const UNIT_NAMES: &[(&str, &str)] = &[
    ("cn-ninh-kieu", "chi nhánh Ninh Kiều"),
    ("cn-binh-thuy", "chi nhánh Bình Thủy"),
    ("cn-cai-rang", "chi nhánh Cái Răng"),
    ("cn-o-mon", "chi nhánh Ô Môn"),
    ("cn-thot-not", "chi nhánh Thốt Nốt"),
    ("cn-phong-dien", "chi nhánh Phong Điền"),
    ("cn-co-do", "chi nhánh Cờ Đỏ"),
    ("cn-thoi-lai", "chi nhánh Thới Lai"),
    ("cn-vinh-thanh", "chi nhánh Vĩnh Thạnh"),
    ("mot-cua", "bộ phận một cửa của Sở"),
];

/// A template: texts with the placeholders `{don_vi}` and `{lan}`.
#[derive(Deserialize)]
#[serde(default)]
pub(super) struct Scenario {
    #[serde(deserialize_with = "kind")]
    pub kind: Kind,
    pub reasons: Vec<String>,
    #[serde(deserialize_with = "channel")]
    pub channel: Option<Channel>,
    pub anonymous: bool,
    #[serde(deserialize_with = "finding")]
    pub finding: Finding,
    denunciation: bool,
    organisation: bool,
    late: bool,
    units: Vec<String>,
    handled_by: String,
    title: String,
    content: String,
    proposal: String,
    officer: String,
    place: String,
    procedure: String,
    extract: String,
    finding_text: String,
    reply: String,
}

/// A scenario as one submitter reported it, and its outcome.
pub(super) struct RenderedScenario {
    pub unit: String,
    pub handled_by: String,
    pub identity: Identity,
    pub extract: String,
    pub finding: String,
    pub reply: String,
    story: FeedbackContent,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            kind: Kind::Conduct,
            reasons: Vec::new(),
            channel: None,
            anonymous: false,
            finding: Finding::Unverifiable,
            denunciation: false,
            organisation: false,
            late: false,
            units: Vec::new(),
            handled_by: String::new(),
            title: String::new(),
            content: String::new(),
            proposal: String::new(),
            officer: String::new(),
            place: String::new(),
            procedure: String::new(),
            extract: String::new(),
            finding_text: String::new(),
            reply: String::new(),
        }
    }
}

/// Every scenario.
pub(super) fn all() -> anyhow::Result<Vec<Scenario>> {
    Ok(serde_json::from_str(SCENARIOS)?)
}

impl Scenario {
    /// The confidentiality of such a case: the form hides the identity by default.
    pub(super) fn secrecy(&self) -> Confidentiality {
        if self.denunciation {
            Confidentiality::Denunciation
        } else {
            Confidentiality::IdentityHidden
        }
    }

    /// Fills in the placeholders with a unit and a submitter.
    pub(super) fn render(&self, rng: &mut DemoRng) -> RenderedScenario {
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
        let unit = rng.pick(&units);
        let unit_name = UNIT_NAMES
            .iter()
            .find(|(code, _)| *code == unit)
            .map_or("Sở", |(_, name)| name);
        let times = (2 + rng.below(4)).to_string();
        let fill = |text: &str| text.replace("{don_vi}", unit_name).replace("{lan}", &times);
        let story = FeedbackContent {
            title: fill(&self.title),
            content: fill(&self.content),
            proposal: fill(&self.proposal),
            officer: fill(&self.officer),
            place: fill(&self.place),
            procedure: self.procedure.clone(),
            dossier_code: if self.late {
                format!(
                    "H13.12-26{:02}15-{:04}",
                    1 + rng.below(12),
                    rng.below(10_000)
                )
            } else {
                String::new()
            },
            apology: if self.late {
                "khong".to_owned()
            } else {
                String::new()
            },
            notice_version: 1,
            consent_contact: rng.chance(60),
            consent_publish: rng.chance(40),
            reply_by: "trang".to_owned(),
            ..FeedbackContent::default()
        };
        RenderedScenario {
            unit: unit.to_owned(),
            handled_by: self.handled_by.clone(),
            identity: identity(self.organisation, rng),
            extract: fill(&self.extract),
            finding: fill(&self.finding_text),
            reply: fill(&self.reply),
            story,
        }
    }
}

impl RenderedScenario {
    /// The content in the form that is sealed.
    pub(super) fn story_json(&self) -> String {
        // strings and flags always serialise
        serde_json::to_string(&self.story).unwrap_or_default()
    }
}

/// An invented submitter; the telephone numbers belong to nobody.
fn identity(organisation: bool, rng: &mut DemoRng) -> Identity {
    let person = format!(
        "{} {} {}",
        rng.pick(SURNAMES),
        rng.pick(MIDDLES),
        rng.pick(GIVENS)
    );
    let address = format!(
        "Số {}, đường Ví Dụ, {}, thành phố Cần Thơ",
        1 + rng.below(300),
        rng.pick(WARDS)
    );
    let phone = format!("0900000{:03}", rng.below(1000));
    if organisation {
        let name = format!("Công ty TNHH {}", rng.pick(GIVENS));
        return Identity {
            name,
            representative: format!("{person}, Giám đốc"),
            address,
            phone,
            email: String::new(),
        };
    }
    Identity {
        name: person,
        representative: String::new(),
        address,
        phone,
        email: String::new(),
    }
}

fn kind<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
    coded(deserializer, Kind::from_code)
}

fn finding<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Finding, D::Error> {
    coded(deserializer, Finding::from_code)
}

fn channel<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Channel>, D::Error> {
    coded(deserializer, Channel::from_code).map(Some)
}

fn coded<'de, D: serde::Deserializer<'de>, T>(
    deserializer: D,
    from_code: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let code = String::deserialize(deserializer)?;
    from_code(&code).ok_or_else(|| serde::de::Error::custom(format!("no such code: {code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_reads_and_leaves_no_gap() {
        for scenario in all().expect("scenarios of ours") {
            let rendered = scenario.render(&mut DemoRng::new(1));
            for text in [
                rendered.story_json(),
                rendered.extract,
                rendered.finding,
                rendered.reply,
            ] {
                assert!(
                    !text.contains("{don_vi}") && !text.contains("{lan}"),
                    "{text}"
                );
            }
            assert!(scenario.reasons.iter().all(|code| {
                crate::case::Reason::from_code(code)
                    .is_some_and(|reason| reason.kind == scenario.kind)
            }));
        }
    }
}
