//! Work done after a change: a queue in the database and a worker.
