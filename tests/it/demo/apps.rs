//! The demonstration's applications, by themselves.
