//! Public: home, what feedback is and is not, privacy.
