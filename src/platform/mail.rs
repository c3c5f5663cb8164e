//! Outgoing mail: by SMTP, discarded, or collected for a test to read.

use anyhow::Context as _;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use std::sync::{Arc, Mutex, PoisonError};

/// A plain-text mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// One address.
    pub to: String,
    /// In Vietnamese, encoded by the transport.
    pub subject: String,
    /// Plain text; it never contains a case's content.
    pub text: String,
}

/// Sends mail; cheap to clone.
#[derive(Clone, Default)]
pub struct Mailer(Transport);

#[derive(Clone, Default)]
enum Transport {
    #[default]
    Discard,
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Collect(Arc<Mutex<Vec<Mail>>>),
}

impl Mailer {
    /// The mailer for `SMTP_URL`, e.g. `smtps://user:password@mail.example:465`. Without one, mail
    /// is discarded.
    ///
    /// # Errors
    /// If the URL is malformed.
    pub fn new(smtp_url: Option<&str>) -> anyhow::Result<Self> {
        let Some(url) = smtp_url.filter(|url| !url.is_empty()) else {
            return Ok(Self::default());
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("SMTP_URL is not an address of a mail server")?;
        Ok(Self(Transport::Smtp(transport.build())))
    }

    /// A mailer for tests that keeps every mail.
    pub fn collecting() -> Self {
        Self(Transport::Collect(Arc::default()))
    }

    /// Whether mail leaves the process or is collected.
    pub fn sends(&self) -> bool {
        !matches!(self.0, Transport::Discard)
    }

    /// The mails that a collecting mailer holds.
    pub fn collected(&self) -> Vec<Mail> {
        match &self.0 {
            Transport::Collect(mails) => {
                mails.lock().unwrap_or_else(PoisonError::into_inner).clone()
            }
            _ => Vec::new(),
        }
    }

    /// Sends `mail` from the department's published address.
    ///
    /// # Errors
    /// If an address is malformed or the mail server refuses; the error contains no address.
    pub async fn send(&self, from_name: &str, from: &str, mail: Mail) -> anyhow::Result<()> {
        match &self.0 {
            Transport::Discard => Ok(()),
            Transport::Collect(mails) => {
                mails
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(mail);
                Ok(())
            }
            Transport::Smtp(transport) => {
                let message = compose(from_name, from, mail)?;
                // the server's reply may quote the address, so only its kind is passed on
                transport.send(message).await.map(drop).map_err(|error| {
                    match error.is_permanent() {
                        true => anyhow::anyhow!("the mail server refused for good"),
                        false => anyhow::anyhow!("the mail server could not take it now"),
                    }
                })
            }
        }
    }
}

fn compose(from_name: &str, from: &str, mail: Mail) -> anyhow::Result<Message> {
    let sender = Mailbox::new(
        Some(from_name.to_owned()),
        from.parse()
            .context("the department's address is malformed")?,
    );
    let receiver = Mailbox::new(
        None,
        mail.to
            .parse()
            .ok()
            .context("the receiver's address is malformed")?,
    );
    let message = Message::builder()
        .from(sender)
        .to(receiver)
        .subject(mail.subject)
        .header(ContentType::TEXT_PLAIN);
    Ok(message.body(mail.text)?)
}
