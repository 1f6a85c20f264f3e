//! S-ME-PROFILE: what the account says about its owner, and what of it they may write themselves.

use serde::Serialize;

use super::{super::CountryShown, Complaint, Form, Me, Page};

/// The form. What was typed stands in it, or else what is known.
#[derive(Clone, Debug, Serialize)]
pub struct Profiled {
    /// Whose portal it is.
    pub me: Me,
    /// What stands in the fields, and what is wrong with it.
    pub form: Form,
    /// What stands in the account now, by the names of the fields, where it changed under the person's hands.
    pub present: Vec<(String, String)>,
    /// Which state of the account was shown: what changed since is not overwritten.
    pub version: u64,
    /// The languages that may be chosen.
    pub locales: &'static [&'static str],
    /// The countries that may be chosen.
    pub countries: Vec<CountryShown>,
    /// The sentence beside the box for news, where there is one to agree to or to take back.
    pub marketing: Option<String>,
    /// The time zones that may be chosen.
    pub zones: Vec<String>,
    /// Their addresses.
    pub addresses: Vec<AddressShown>,
    /// Their telephone numbers.
    pub phones: Vec<AddressShown>,
    /// Their login name.
    pub login: Option<String>,
    /// The organisation that the account belongs to.
    pub organisation: String,
    /// Was it just saved?
    pub is_saved: bool,
}

/// An address or a number, and whether its owner proved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddressShown {
    /// As it is written.
    pub text: String,
    /// Is it proved?
    pub is_verified: bool,
}

impl Profiled {
    /// The fields that are shown again.
    pub const KEPT: &'static [&'static str] = &["given_name", "family_name", "locale", "country", "zoneinfo", "marketing"];
}

impl Page for Profiled {
    const TEMPLATE: &'static str = "account/profile.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let typed = |given: &str, zone: &str| {
            let pairs = [("given_name", given), ("family_name", "Éon"), ("locale", "fr"), ("country", "FR"), ("zoneinfo", zone)];
            Form::keeping(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())), Self::KEPT)
        };
        let address = |text: &str, is_verified| AddressShown { text: text.to_owned(), is_verified };
        let known = Self {
            me: Me::sample(),
            form: typed("Camille", "Europe/Paris"),
            present: Vec::new(),
            version: 3,
            locales: &["fr", "en"],
            countries: [("FR", "France"), ("RE", "La Réunion")].map(|(code, name)| CountryShown { code, name: name.to_owned() }).to_vec(),
            marketing: None,
            zones: ["Europe/Paris", "Indian/Reunion"].map(str::to_owned).to_vec(),
            addresses: vec![address("camille@courriel.test", true)],
            phones: vec![address("+33123456789", false)],
            login: Some("c.eon".to_owned()),
            organisation: "Cabinet Aubépine".to_owned(),
            is_saved: false,
        };
        let wrong = typed("", "")
            .complaining(Complaint::Required { field: "given_name" }, Some("given_name"))
            .complaining(Complaint::TooLong { field: "family_name", most: 100 }, Some("family_name"))
            .complaining(Complaint::Required { field: "locale" }, Some("locale"))
            .complaining(Complaint::Required { field: "country" }, Some("country"))
            .complaining(Complaint::Required { field: "zoneinfo" }, Some("zoneinfo"));
        let moved = typed("Camille", "Europe/Paris").complaining(Complaint::Conflict, None);
        let only_named = Form::keeping(&[("given_name".to_owned(), "Camille".to_owned())], Self::KEPT);
        let bare = Self { form: only_named, phones: Vec::new(), login: None, addresses: vec![address("camille@courriel.test", false)], ..known.clone() };
        vec![
            ("known", known.clone()),
            ("saved", Self { is_saved: true, ..known.clone() }),
            ("bare", bare),
            ("news", Self { marketing: Some("Je souhaite recevoir des informations de Cabinet Aubépine".to_owned()), ..known.clone() }),
            ("wrong", Self { form: wrong, ..known.clone() }),
            (
                "conflict",
                Self {
                    form: moved,
                    present: vec![
                        ("given_name".to_owned(), "Camille Claude".to_owned()),
                        ("locale".to_owned(), "fr".to_owned()),
                        ("country".to_owned(), "Atlantide".to_owned()),
                    ],
                    ..known
                },
            ),
        ]
    }
}
