//! S-SIGNOUT and S-SIGNED-OUT.

use serde::Serialize;

use super::{Complaint, Form, HiddenField, Named, Page};

/// S-SIGNOUT: asked where no hint said whose session is to end. [OpenID Connect RP-Initiated Logout §2]
#[derive(Clone, Debug, Serialize)]
pub struct SignOut {
    /// The form.
    pub form: Form,
    /// Who is signed in here.
    pub accounts: Vec<SignedInAccount>,
    /// What the client asked, carried through the question.
    pub fields: Vec<HiddenField>,
}

/// An account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedInAccount {
    /// Stands for it in the form.
    pub key: String,
    /// The person's name.
    pub name: String,
    /// Their address.
    pub identifier: String,
    /// Their initials.
    pub initials: String,
}

impl Page for SignOut {
    const TEMPLATE: &'static str = "sign_out.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let account = |key: &str, identifier: &str| SignedInAccount {
            key: key.to_owned(),
            name: "Camille Éon".to_owned(),
            identifier: identifier.to_owned(),
            initials: "CÉ".to_owned(),
        };
        let fields = vec![HiddenField { name: "state".to_owned(), value: "af0ifjsldkj".to_owned() }];
        let both = vec![account("a", "camille@courriel.test"), account("b", "camille@morvan.test")];
        vec![
            ("one", Self { form: Form::default(), accounts: both.iter().take(1).cloned().collect(), fields: fields.clone() }),
            ("two", Self { form: Form::default(), accounts: both.clone(), fields }),
            ("stale", Self { form: Form::default().complaining(Complaint::Stale, None), accounts: both, fields: Vec::new() }),
        ]
    }
}

/// S-SIGNED-OUT: done, and who hears of it.
#[derive(Clone, Debug, Serialize)]
pub struct SignedOut {
    /// The applications of the session: told, or being told.
    pub apps: Vec<Named>,
    /// Back to the one that asked, where its address is registered.
    pub back: Option<Link>,
    /// Where to sign in again.
    pub again_href: String,
}

/// A named address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where.
    pub href: String,
    /// What is there.
    pub name: String,
}

impl Page for SignedOut {
    const TEMPLATE: &'static str = "signed_out.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let named = |name: &str| Named { name: name.to_owned() };
        let back = Link { href: "https://espace-client.test/au-revoir?state=1".to_owned(), name: "Espace Client".to_owned() };
        vec![
            ("apps", Self { apps: vec![named("Espace Client"), named("Machines démo")], back: Some(back), again_href: "/account".to_owned() }),
            ("alone", Self { apps: Vec::new(), back: None, again_href: "/account".to_owned() }),
        ]
    }
}
