//! What a submitter allows beyond the handling of the case: asked for once it is sent, no unless
//! they say yes, and theirs to change.

use super::FeedbackContent;
use serde::{Deserialize, Serialize};

/// The two consents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The department may call or write to ask more.
    #[serde(default, rename = "lien_he")]
    pub contact: bool,
    /// A summary without personal data may be published.
    #[serde(default, rename = "cong_bo")]
    pub publish: bool,
}

impl Consent {
    /// As the two boxes of a form say it: "" is a box that is not ticked.
    pub const fn ticked(contact: &str, publish: &str) -> Self {
        Self {
            contact: !contact.is_empty(),
            publish: !publish.is_empty(),
        }
    }

    /// What a person reads of it.
    pub const fn label(self) -> &'static str {
        match (self.contact, self.publish) {
            (true, true) => "được gọi hỏi thêm, được công khai bản tóm tắt",
            (true, false) => "được gọi hỏi thêm, không công khai bản tóm tắt",
            (false, true) => "không gọi hỏi thêm, được công khai bản tóm tắt",
            (false, false) => "không gọi hỏi thêm, không công khai bản tóm tắt",
        }
    }
}

impl FeedbackContent {
    /// What was allowed when it was sent.
    pub const fn consent(&self) -> Consent {
        Consent {
            contact: self.consent_contact,
            publish: self.consent_publish,
        }
    }

    /// The same with what was chosen since, if anything was.
    pub fn under(self, chosen: Option<Consent>) -> Self {
        let Consent { contact, publish } = chosen.unwrap_or(self.consent());
        Self {
            consent_contact: contact,
            consent_publish: publish,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_holds_until_something_else_is_chosen() {
        let sent = FeedbackContent {
            consent_contact: true,
            ..FeedbackContent::default()
        };
        let both = Consent::ticked("1", "1");
        assert_eq!(sent.clone().under(None).consent(), Consent::ticked("1", ""));
        assert_eq!(sent.clone().under(Some(both)).consent(), both);
        let neither = Consent::ticked("", "");
        assert_eq!(neither, Consent::default());
        assert_eq!(sent.under(Some(neither)).consent(), neither);
    }
}
