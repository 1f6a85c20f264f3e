//! The closed vocabularies of OAuth and OpenID Connect that we speak.

use serde::{Deserialize, Serialize};

macro_rules! words { ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
    $(#[$doc])*
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }
    impl $name {
        /// All that we speak.
        pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        /// The word on the wire.
        #[must_use]
        pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),* } }
        /// From the wire; `None` for a word we do not speak.
        #[must_use]
        pub fn parse(text: &str) -> Option<Self> { Self::ALL.iter().copied().find(|word| word.as_str() == text) }
    }
    impl std::fmt::Display for $name {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
    }
}}

words! {
    /// How a client turns what it holds into tokens. [RFC 6749 §4]
    GrantType {
        /// [RFC 6749 §4.1]
        AuthorizationCode = "authorization_code",
        /// [RFC 6749 §6]
        RefreshToken = "refresh_token",
        /// [RFC 6749 §4.4]
        ClientCredentials = "client_credentials",
    }
}
words! {
    /// A claim that no standard names, said in the ID tokens of a client that is registered for it.
    OwnClaim {
        /// The account was made in the journey that this token comes from. Azure AD B2C's name.
        NewUser = "newUser",
        /// What the person may do in the organisation of the issuer.
        Roles = "roles",
        /// Which version of the terms of use the person accepted: the application's own, or else the organisation's.
        TouVersion = "tou_version",
        /// For which company of the organisation's the person is there.
        CompanyId = "company_id",
    }
}
words! {
    /// What new people can be asked besides their names.
    Attribute {
        /// Where they live.
        Country = "country",
        /// When they were born.
        BirthDate = "birth_date",
        /// Whether they wish to have news.
        Marketing = "marketing",
    }
}
words! {
    /// What comes back from the authorization endpoint. [RFC 6749 §3.1.1]
    ResponseType {
        /// An authorization code.
        Code = "code",
    }
}
words! {
    /// How it comes back. [OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode]
    ResponseMode {
        /// Behind `?`.
        Query = "query",
        /// Behind `#`.
        Fragment = "fragment",
        /// In a form that the browser posts.
        FormPost = "form_post",
    }
}
words! {
    /// What the client wants the person asked. [OpenID Connect Core §3.1.2.1]
    Prompt {
        /// Nothing: answer at once.
        None = "none",
        /// To prove who they are once more.
        Login = "login",
        /// To agree once more.
        Consent = "consent",
        /// Which account.
        SelectAccount = "select_account",
        /// To make an account. [Initiating User Registration via OpenID Connect §4]
        Create = "create",
    }
}
words! {
    /// How a client proves itself. [OpenID Connect Core §9]
    ClientAuthMethod {
        /// A secret in the `Authorization` header.
        ClientSecretBasic = "client_secret_basic",
        /// A secret in the body.
        ClientSecretPost = "client_secret_post",
        /// An assertion under a MAC whose key is the secret.
        ClientSecretJwt = "client_secret_jwt",
        /// An assertion signed with the client's key.
        PrivateKeyJwt = "private_key_jwt",
        /// Not at all: a public client.
        None = "none",
    }
}
words! {
    /// What tokens are signed with. [RFC 7518 §3.1]
    Algorithm {
        /// RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits.
        Rs256 = "RS256",
        /// ECDSA on P-256 with SHA-256.
        Es256 = "ES256",
        /// Ed25519.
        EdDsa = "EdDSA",
        /// RSASSA-PSS with SHA-256, 2048 bits.
        Ps256 = "PS256",
    }
}
