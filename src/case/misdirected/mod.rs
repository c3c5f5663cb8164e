//! What is not feedback by law (Decree 20/2008 art. 1): words that suggest a complaint, a
//! denunciation, a land dispute or pollution. A hint beside the form, never a wall.
//!
//! `words`: a text as words · `signs`: which of them speak for what · `matcher`: finding them ·
//! `labelled.csv`: sentences with what they are, every second of them never used to choose a sign.

mod matcher;
mod signs;
#[cfg(test)]
mod tests;
mod words;

use super::codes::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// The procedure that the law has for a matter that is not feedback.
    OtherProcedure {
        /// Asks to review a decision that hurts one's own rights (Law on Complaints 2011 art. 2).
        Complaint = "khieu_nai", "Khiếu nại";
        /// Reports an unlawful act of a person (Law on Denunciations 2018 art. 2).
        Denunciation = "to_cao", "Tố cáo";
        /// Between parties, over land; mediated at the commune (Land Law).
        LandDispute = "tranh_chap", "Tranh chấp đất đai";
        /// Pollution of the environment, for the environment's hotline.
        Pollution = "o_nhiem", "Tin báo ô nhiễm";
    }
}

impl OtherProcedure {
    /// Those that staff may redirect a case to.
    pub const REDIRECTS: [Self; 3] = [Self::Complaint, Self::Denunciation, Self::LandDispute];

    /// The tables of signs, in the order of what matters most.
    const SIGNED: [(usize, Self); 4] = [
        (signs::DENUNCIATION_TABLE, Self::Denunciation),
        (signs::DENUNCIATION_TABLE + 1, Self::Complaint),
        (signs::DENUNCIATION_TABLE + 2, Self::LandDispute),
        (signs::DENUNCIATION_TABLE + 3, Self::Pollution),
    ];

    /// What the words may be, as a title.
    pub const fn suspicion(self) -> &'static str {
        match self {
            Self::Complaint => "Có thể đây là khiếu nại",
            Self::Denunciation => "Có thể đây là tố cáo",
            Self::LandDispute => "Có thể đây là tranh chấp đất đai",
            Self::Pollution => "Có thể đây là tin báo ô nhiễm",
        }
    }
}

/// The better procedure that the words suggest, if any: a denunciation before all others, because
/// it closes the circle of those who read it. One pass over the text, whatever it holds.
///
/// Words count with their accents; in a line written without any, their letters do.
pub fn recognise(text: &str) -> Option<OtherProcedure> {
    let found = matcher::all().found(text);
    OtherProcedure::SIGNED
        .into_iter()
        .find_map(|(table, procedure)| found[table].then_some(procedure))
}
