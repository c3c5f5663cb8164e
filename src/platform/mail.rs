//! Outgoing mail: by SMTP, to nobody, or into a list that a test reads.

use anyhow::Context as _;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use std::sync::{Arc, Mutex, PoisonError};

/// One mail, as a test sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Whom it goes to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
}

/// Sends mail; cheap to clone.
#[derive(Clone, Default)]
pub struct Mailer(Way);

#[derive(Clone, Default)]
enum Way {
    #[default]
    None,
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Collect(Arc<Mutex<Vec<Mail>>>),
}

impl Mailer {
    /// The mailer of `SMTP_URL`, e.g. `smtps://user:password@mail.example:465`; without one no mail is sent.
    ///
    /// # Errors
    /// Where the URL is not one.
    pub fn new(smtp_url: Option<&str>) -> anyhow::Result<Self> {
        let Some(url) = smtp_url.filter(|url| !url.is_empty()) else {
            return Ok(Self::default());
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("SMTP_URL is not an address of a mail server")?;
        Ok(Self(Way::Smtp(transport.build())))
    }

    /// A mailer that keeps what it is given, for tests.
    pub fn collecting() -> Self {
        Self(Way::Collect(Arc::default()))
    }

    /// Whether a mail would go anywhere.
    pub fn sends(&self) -> bool {
        !matches!(self.0, Way::None)
    }

    /// What a collecting mailer was given so far.
    pub fn collected(&self) -> Vec<Mail> {
        match &self.0 {
            Way::Collect(mails) => mails.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            _ => Vec::new(),
        }
    }

    /// Sends `mail` from the department's published address.
    ///
    /// # Errors
    /// Where an address is malformed or the mail server does not take it; the message holds no address.
    pub async fn send(&self, from_name: &str, from: &str, mail: Mail) -> anyhow::Result<()> {
        match &self.0 {
            Way::None => Ok(()),
            Way::Collect(mails) => {
                mails
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(mail);
                Ok(())
            }
            Way::Smtp(transport) => {
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
