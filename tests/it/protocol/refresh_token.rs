//! refresh_token
