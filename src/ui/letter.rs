//! An official letter on a page: the answer as the submitter reads it, and as staff see it before
//! it is sent.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How a letter begins if its words do not say so.
const GREETING: &str = "Kính gửi Ông/Bà,";

/// What stands in a letter, ready to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterSheet {
    /// Who writes: the department.
    pub from: String,
    /// The case number.
    pub number: String,
    /// "ngày 07 tháng 12 năm 2026"; "" for a draft.
    pub date: String,
    /// What it is about, in a line; may be empty.
    pub about: String,
    /// The words, a paragraph a line.
    pub text: String,
    /// Post of the signer; "" for a draft.
    pub post: String,
    /// Name of the signer; "" for a draft.
    pub signer: String,
}

impl LetterSheet {
    /// The first line if it greets, and the rest.
    fn parts(&self) -> (&str, &str) {
        let text = self.text.trim();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        match first.trim_end() {
            greeting if greets(first) && !rest.is_empty() => (greeting, rest),
            _ if greets(first) => ("", text),
            _ => (GREETING, text),
        }
    }
}

fn greets(line: &str) -> bool {
    line.starts_with("Kính gửi")
}

/// A letter: who writes, number and date, whom it greets, the words, who signs. A draft says that
/// it is one.
#[component]
pub fn Letter(letter: LetterSheet) -> impl IntoView {
    let (greeting, words) = letter.parts();
    let greeting = (!greeting.is_empty()).then(|| {
        view! { <p class="letter-greeting">{greeting.to_owned()}</p> }
    });
    let paragraphs = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.trim_end().to_owned()}</p> })
        .collect_view();
    let is_draft = letter.signer.is_empty() && letter.post.is_empty();
    let foot = if is_draft {
        view! { <p class="letter-sign letter-draft">"Dự thảo, chưa ký"</p> }.into_any()
    } else {
        view! {
            <p class="letter-sign">
                <span class="letter-post">{letter.post}</span>
                <strong>{letter.signer}</strong>
            </p>
        }
        .into_any()
    };
    view! {
        <article class="letter">
            <header class="letter-head">
                <p>
                    <strong>{letter.from}</strong>
                    <span class="letter-number">"Số hồ sơ " {letter.number}</span>
                </p>
                <p class="letter-date">{letter.date}</p>
            </header>
            {(!letter.about.is_empty())
                .then(|| view! { <p class="letter-about">"Về việc: " {letter.about}</p> })}
            {greeting}
            <div class="letter-text">{paragraphs}</div>
            {foot}
        </article>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str, signer: &str) -> String {
        let letter = LetterSheet {
            text: text.to_owned(),
            signer: signer.to_owned(),
            ..LetterSheet::default()
        };
        let page = Owner::new().with(|| view! { <Letter letter /> }.to_html());
        page.replace("<!>", "")
    }

    #[test]
    fn a_letter_greets_once() {
        let greeting = r#"<p class="letter-greeting">"#;
        let without = html("Sở đã nhắc nhở.", "");
        assert!(
            without.contains(&format!("{greeting}{GREETING}</p>")),
            "{without}"
        );
        let own = html("Kính gửi bà Mẫu,\nSở đã nhắc nhở.\n\nTrân trọng.", "");
        assert!(
            own.contains(&format!("{greeting}Kính gửi bà Mẫu,</p>")),
            "{own}"
        );
        assert!(
            own.contains("<p>Sở đã nhắc nhở.</p><p>Trân trọng.</p>"),
            "{own}"
        );
        let line = html("Kính gửi Ông/Bà. Sở đã nhắc nhở.", "");
        assert!(
            line.contains("<p>Kính gửi Ông/Bà. Sở đã nhắc nhở.</p>"),
            "{line}"
        );
        for page in [without, own, line] {
            assert_eq!(page.matches("Kính gửi").count(), 1, "{page}");
        }
    }

    #[test]
    fn words_are_no_markup_and_a_draft_says_that_it_is_one() {
        let page = html("<b>1</b>", "");
        assert!(
            page.contains("&lt;b&gt;1") && page.contains("Dự thảo, chưa ký"),
            "{page}"
        );
        let signed = html("Xong.", "Lê Văn Ví Dụ");
        assert!(
            signed.contains("Lê Văn Ví Dụ") && !signed.contains("Dự thảo"),
            "{signed}"
        );
    }
}
