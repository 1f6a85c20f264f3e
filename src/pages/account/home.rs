//! S-ME-HOME: who I am here, what needs my attention, and the way to the rest.

use serde::Serialize;

use super::{AgentShown, Me, Page, initials};
use crate::values::Timestamp;

/// The portal's first page.
#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// Whose portal it is.
    pub me: Me,
    /// Their initials.
    pub initials: String,
    /// The last sign-in of this account, here or elsewhere.
    pub signed_in: SignInShown,
    /// What should be looked at.
    pub attention: Vec<Attention>,
    /// In how many browsers the account is signed in.
    pub sessions: usize,
    /// How many applications have access.
    pub apps: usize,
}

/// A sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SignInShown {
    /// When.
    pub at: Timestamp,
    /// With which browser.
    pub agent: AgentShown,
    /// Was it in the browser that looks?
    pub is_here: bool,
}

/// What a person should look at, and where they can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// The account has no name.
    Name,
    /// Nobody proved that the address is theirs.
    Address,
    /// Signed in elsewhere since yesterday.
    Elsewhere,
}

impl Page for Home {
    const TEMPLATE: &'static str = "account/home.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let me = Me::sample();
        let agent = AgentShown { browser: Some("Firefox"), system: Some("Linux") };
        let signed_in = SignInShown { at: Timestamp(1_795_271_640), agent, is_here: true };
        let calm = Self { initials: initials(&me.name), me, signed_in, attention: Vec::new(), sessions: 1, apps: 2 };
        let unknown = SignInShown { agent: AgentShown { browser: None, system: None }, is_here: false, ..signed_in };
        let attention = vec![Attention::Name, Attention::Address, Attention::Elsewhere];
        vec![("calm", calm.clone()), ("attention", Self { attention, signed_in: unknown, sessions: 3, apps: 0, ..calm })]
    }
}
