//! What tokens and the userinfo endpoint say.

pub mod access_token;
pub mod id_token;
pub mod userinfo;
