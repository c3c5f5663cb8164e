//! Public transparency page from closed months; leadership dashboard.
