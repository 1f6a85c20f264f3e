//! What the journey's templates are given, written out: the shape that the screens must serialise to.

use parvis::pages::Page;
use serde::Serialize;
use serde_json::{Value, json};

macro_rules! shapes { ($($(#[$doc:meta])* $name:ident = $template:literal { $($sample:literal => $shape:expr),* $(,)? })*) => { $(
    $(#[$doc])*
    #[derive(Serialize)]
    #[serde(transparent)]
    pub(super) struct $name(Value);
    impl Page for $name {
        const TEMPLATE: &'static str = $template;
        fn samples() -> Vec<(&'static str, Self)> {
            vec![$(($sample, Self($shape))),*]
        }
    }
)* } }

const WHO: &str = "camille@courriel.test";

fn form() -> Value {
    json!({ "typed": {}, "complaints": [] })
}

fn wrong(id: &str, field: &str, args: Value) -> Value {
    json!({ "typed": { "identifier": "camille" }, "complaints": [{ "id": id, "field": field, "args": args }] })
}

fn scopes() -> Value {
    json!([
        { "key": "openid", "title": "Vous reconnaître", "text": "Un numéro qui désigne votre compte." },
        { "key": "profile", "title": "Lire votre profil", "text": "Nom, photo, langue et fuseau horaire." },
        { "key": "offline_access", "title": "Rester connectée quand vous êtes absent", "text": "Jusqu’à ce que vous le retiriez, 90 jours au plus." },
    ])
}

fn consent(publisher_verified: bool, granted: Value) -> Value {
    json!({
        "form": form(), "identifier": WHO,
        "app": {
            "name": "Espace Client", "logo_src": null, "initials": "EC", "client_id": "espace-client", "home_host": "espace-client.test", "added": "3 mars 2026",
            "redirect_host": "espace-client.test", "terms_url": "https://espace-client.test/conditions", "privacy_url": "https://espace-client.test/vie-privee",
        },
        "publisher": { "name": "Cabinet Aubépine", "domain": "aubepine.test", "verified": publisher_verified },
        "scopes": scopes(), "granted": granted, "portal_href": "/account/apps", "text_hash": "a-hash",
    })
}

fn report(form: Value, reference: Option<&str>) -> Value {
    let reasons = ["impersonation", "asks_too_much", "unexpected", "other"];
    json!({ "form": form, "app": { "name": "Espace Client" }, "reasons": reasons, "reference": reference })
}

fn account(key: &str, identifier: &str, organisation: &str, state: &str) -> Value {
    json!({ "key": key, "name": "Camille Éon", "identifier": identifier, "organisation": organisation, "initials": "CÉ", "state": state })
}

shapes! {
    /// S-SIGNIN-ID.
    SignIn = "journey/identify/sign_in.html" {
        "empty" => json!({ "form": form(), "identifier_hint": "", "tenant_name": "Cabinet Aubépine" }),
        "hinted" => json!({ "form": form(), "identifier_hint": WHO, "tenant_name": "Cabinet Aubépine" }),
        "wrong" => json!({ "form": wrong("E-EMAIL", "identifier", Value::Null), "identifier_hint": "", "tenant_name": "Cabinet Aubépine" }),
    }
    /// S-PICKER.
    Picker = "journey/identify/picker.html" {
        "three" => json!({ "form": form(), "accounts": [
            account("a", WHO, "Compte personnel", "signed_in"),
            account("b", "camille@morvan.test", "Ateliers Morvan", "signed_out"),
            account("c", "camille.eon@etude.test", "Étude Lacaze", "archived"),
        ] }),
    }
    /// S-SIGNIN-PW and S-REAUTH.
    Password = "journey/prove/password.html" {
        "empty" => json!({ "form": form(), "identifier": WHO, "name": null, "reauth": false, "reason": null }),
        "wrong" => json!({ "form": wrong("E-BADCRED", "password", Value::Null), "identifier": WHO, "name": null, "reauth": false, "reason": null }),
        "missing" => json!({ "form": wrong("E-REQ", "password", json!({ "field": "password" })), "identifier": WHO, "name": null, "reauth": false, "reason": null }),
        "again" => json!({ "form": form(), "identifier": WHO, "name": "Camille Éon", "reauth": true, "reason": { "app": "Espace Client" } }),
        "again-unsaid" => json!({ "form": form(), "identifier": WHO, "name": "Camille Éon", "reauth": true, "reason": null }),
    }
    /// S-STAY.
    Stay = "journey/stay.html" {
        "thirty" => json!({ "form": form(), "identifier": WHO, "days": 30 }),
    }
    /// S-APP-CONSENT.
    Consent = "journey/app_consent/person.html" {
        "unverified" => consent(false, json!([])),
        "verified" => consent(true, json!([{ "key": "email", "title": "Lire votre adresse e-mail", "text": "L’adresse, et si elle a été vérifiée." }])),
    }
    /// S-APP-REPORT.
    Report = "journey/app_consent/report.html" {
        "empty" => report(form(), None),
        "wrong" => report(wrong("E-REQ", "reason", json!({ "field": "reason" })), None),
        "sent" => report(form(), Some("7K3P-2XQM")),
    }
}
