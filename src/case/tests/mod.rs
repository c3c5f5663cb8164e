//! What the kernel promises, tried on everything small and at random on the rest.

mod allowed;
mod event;
mod numbers;
mod status;
mod taxonomy;
mod text;
