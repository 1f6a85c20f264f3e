//! S-ME-CONTACT and S-ME-CONTACT-CODE: the address that an account has, and the code that proves another one.

use serde::Serialize;

use super::{AddressShown, Complaint, Form, Me, Page};
use crate::values::Timestamp;

/// Address and telephone, and a field for another address.
#[derive(Clone, Debug, Serialize)]
pub struct Contact {
    /// Whose portal it is.
    pub me: Me,
    /// What was typed.
    pub form: Form,
    /// The address that counts.
    pub address: Option<AddressShown>,
    /// Addresses of before.
    pub aliases: Vec<AliasShown>,
    /// Their telephone numbers.
    pub phones: Vec<AddressShown>,
    /// Was the address just changed?
    pub is_changed: bool,
}

/// An address of before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AliasShown {
    /// The address.
    pub text: String,
    /// One can sign in with it until then.
    pub until: Timestamp,
}

impl Contact {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["email"];
}

impl Page for Contact {
    const TEMPLATE: &'static str = "account/contact.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let address = |text: &str, is_verified| AddressShown { text: text.to_owned(), is_verified };
        let typed = |text: &str| Form::keeping(&[("email".to_owned(), text.to_owned())], Self::KEPT);
        let plain = Self {
            me: Me::sample(),
            form: Form::default(),
            address: Some(address("camille@courriel.test", true)),
            aliases: Vec::new(),
            phones: vec![address("+33123456789", false)],
            is_changed: false,
        };
        let aliases = vec![AliasShown { text: "c.eon@courriel.test".to_owned(), until: Timestamp(1_797_863_640) }];
        vec![
            ("plain", plain.clone()),
            ("bare", Self { address: None, phones: Vec::new(), ..plain.clone() }),
            ("changed", Self { is_changed: true, aliases, ..plain.clone() }),
            ("same", Self { form: typed("camille@courriel.test").complaining(Complaint::SameAddress, Some("email")), ..plain.clone() }),
            ("wrong", Self { form: typed("camille@").complaining(Complaint::Email, Some("email")), ..plain }),
        ]
    }
}

/// The code that was mailed to the new address.
#[derive(Clone, Debug, Serialize)]
pub struct ContactCode {
    /// Whose portal it is.
    pub me: Me,
    /// What is wrong with the code.
    pub form: Form,
    /// The new address.
    pub address: String,
    /// How many digits a code has.
    pub digits: u32,
    /// For how many minutes it is good.
    pub minutes: u64,
    /// The pause before the next one, in seconds.
    pub pause: u64,
    /// Who sends it.
    pub sender: String,
}

impl Page for ContactCode {
    const TEMPLATE: &'static str = "account/contact_code.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let view = |complaint: Option<Complaint>| Self {
            me: Me::sample(),
            form: complaint.into_iter().fold(Form::default(), |form, complaint| form.complaining(complaint, Some("code"))),
            address: "camille@eon.test".to_owned(),
            digits: 6,
            minutes: 15,
            pause: 60,
            sender: "Cabinet Aubépine".to_owned(),
        };
        vec![
            ("empty", view(None)),
            ("over", Self { minutes: 0, ..view(None) }),
            ("wrong", view(Some(Complaint::Code { left: 4 }))),
            ("spent", view(Some(Complaint::CodeSpent { seconds: 60 }))),
            ("too_soon", view(Some(Complaint::Resend { seconds: 42 }))),
        ]
    }
}
