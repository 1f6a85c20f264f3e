//! J30 in the portal.
