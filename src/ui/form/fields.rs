//! The fields of a form by name, as every rule reads them, in the browser and on the server.

/// In the order of the form; a field with several values stands there several times.
pub type Fields = Vec<(String, String)>;

/// Every value of a field that may be sent several times.
pub fn values(fields: &Fields, name: &str) -> Vec<String> {
    let sent = fields.iter().filter(|(sent, _)| sent == name);
    sent.map(|(_, value)| value.clone()).collect()
}

/// The value of a field; "" if it was not sent.
pub fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    let found = fields.iter().find(|(sent, _)| sent == name);
    found.map_or("", |(_, value)| value)
}
