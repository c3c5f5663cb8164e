//! Public: follow my case, answer back, rate.
