//! The fictional terms of use of the default organisation.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    crypto::sha256,
    model::{Announcing, Localised, TermsAudience, TermsDocument, TermsIssue, TermsRelease, TermsText, TermsWording},
    values::{Locale, TenantId, Timestamp},
};

/// The document's name in addresses.
pub(super) const ID: &str = "cgu";

const FR: &str = "# Objet\n\nCes conditions règlent l’usage de l’espace client de Cabinet Aubépine. Tout y est fictif.\n\n# Votre compte\n\n\
- Gardez votre mot de passe pour vous.\n- Dites-nous quand votre adresse change.\n- Fermez votre session sur un ordinateur partagé.\n\n\
# Ce que nous faisons\n\nNous conservons vos documents dix ans et ne les montrons qu’à vous et à votre interlocuteur.\n\n\
# Nous écrire\n\nUne question ? [Écrivez-nous](mailto:aide@aubepine.test).\n";
const EN: &str = "# Subject\n\nThese terms govern the use of the client area of Cabinet Aubépine. All of it is fictional.\n\n# Your account\n\n\
- Keep your password to yourself.\n- Tell us when your address changes.\n- Sign out on a computer that others use.\n\n\
# What we do\n\nWe keep your documents for ten years and show them only to you and to the person who looks after you.\n\n\
# Writing to us\n\nA question? [Write to us](mailto:aide@aubepine.test).\n";

/// All records of a document.
pub(super) struct Made {
    pub(super) document: TermsDocument,
    pub(super) release: TermsRelease,
    pub(super) texts: Vec<TermsText>,
}

/// The document in its first version, for those who come after the demonstration's people.
pub(super) fn records(tenant: TenantId, now: Timestamp) -> Made {
    let texts: Vec<(Locale, TermsText)> = [(Locale::Fr, FR), (Locale::En, EN)]
        .into_iter()
        .map(|(locale, text)| {
            let hash = URL_SAFE_NO_PAD.encode(sha256(text.as_bytes()));
            (locale, TermsText { tenant, hash, place: 0, parts: 1, text: text.to_owned(), until: None })
        })
        .collect();
    let wordings = texts.iter().map(|(locale, text)| TermsWording { locale: *locale, hash: text.hash.clone(), bytes: text.text.len(), parts: 1 });
    let issue = TermsIssue {
        number: 1,
        wordings: wordings.collect(),
        published_at: now.plus(1),
        effective_at: now,
        grace_until: None,
        audience: TermsAudience::New,
        reaccept_months: None,
    };
    let names = Localised { fr: "Conditions de l’espace client".to_owned(), en: "Terms of the client area".to_owned() };
    Made {
        document: TermsDocument { tenant, id: ID.to_owned(), client: None, names, issues: vec![issue], retired_at: None, created_at: now, updated_at: now },
        release: TermsRelease { tenant, document: ID.to_owned(), number: 1, summary: Localised::default(), announcing: Announcing::Done },
        texts: texts.into_iter().map(|(_, text)| text).collect(),
    }
}
