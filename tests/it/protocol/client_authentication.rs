//! client_authentication
