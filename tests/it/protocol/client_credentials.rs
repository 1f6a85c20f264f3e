//! client_credentials
