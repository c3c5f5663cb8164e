//! Every route, grouped by audience.
