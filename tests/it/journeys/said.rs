//! What is said on every page and in every mail of the whole way in: which application asks, what one agrees to, and what is kept of it.

use parvis::{
    journey::letter,
    model::{AcceptedHow, Client, MailName, Tenant, TermsAcceptance},
    pages::MailPage,
    storage::{Loaded, Paging},
};

use super::{
    PASSWORD,
    org_consent::{house_with_guest, lou_signed_in},
    sign_up::{NAMES, account_of, at_code, at_profile, open_house},
    terms,
};
use crate::harness::{House, Walker, authorize};

/// Every mail that waits, as it is sent: which, text, HTML; the oldest first.
pub(super) async fn rendered(house: &House) -> Vec<(MailName, String, String)> {
    let mut waiting = house.tools.reads().queued_messages(Paging::first(1000)).await.unwrap();
    waiting.sort_by_key(|message| message.created_at);
    let tenant = house.tools.reads().tenant(house.tenant).await.unwrap().unwrap();
    let mut all = Vec::new();
    for message in waiting.iter().filter_map(|message| message.mail()).filter(|mail| mail.to.is_some()) {
        let enclosed = letter::opened(&house.tools, message).unwrap();
        let (code, link) = (enclosed.code.as_ref().map(|code| code.expose().as_str()), enclosed.link.as_ref().map(|link| link.expose().as_str()));
        let page = MailPage { content: &message.content, code, link, until: message.not_after, tenant: &tenant, locale: message.locale };
        let mail = house.tools.pages.mail(&page).unwrap();
        all.push((message.content.name(), mail.text, mail.html));
    }
    all
}

#[actix_web::test]
async fn m_115_the_name_of_the_application_is_the_one_that_is_registered() {
    let house = open_house().await;
    for name in ["Espace client", "Espace client (recette)"] {
        house.changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| client.names = parvis::model::Localised::same(name)).await;
        at_code(&house, "lea@courriel.test").await;
        let (_, text, html) = rendered(&house).await.pop().unwrap();
        assert!(text.contains(name) && html.contains(name), "{text}");
        assert!(Walker::signed_in(&house, &[]).await.shown.html.contains(name));
        house.waits(3600);
    }
}

/// The terms of the organisation, through the whole way of somebody new: nothing is kept before the button, the exact text after it.
#[actix_web::test]
async fn m_053_whoever_makes_an_account_has_accepted_the_text_that_was_shown_and_its_hash_is_kept() {
    let house = open_house().await;
    terms::document(&house, "cgu", None).await;
    terms::publishes(&house, "cgu", ("# Objet\n\nPremière version.", Some("# Subject\n\nFirst version.")), |_| {}).await;
    let mut lea = at_profile(&house, "lea@courriel.test").await;
    lea.answers(NAMES).await;
    while lea.shown.screen() != "S-TOU" {
        assert_eq!(lea.shown.screen(), "S-APP-CONSENT", "{:?}", lea.shown.errors());
        lea.answers(&[("action", "accept")]).await;
    }
    let hash = lea.shown.hidden("text_hash").unwrap();
    assert!(account_of(&house, "lea@courriel.test").await.is_none(), "nothing is kept before the end");
    assert_eq!(lea.answers(&[("action", "continue")]).await.errors(), ["E-REQ"], "the box is not ticked by pressing a button");
    lea.answers(terms::ACCEPTS).await;
    assert!(lea.shown.answer().contains_key("code"));
    let subject = account_of(&house, "lea@courriel.test").await.unwrap().subject();
    let kept: Vec<TermsAcceptance> = house.tools.reads().terms_accepted(house.tenant, subject).await.unwrap().into_iter().map(Loaded::into_value).collect();
    let [kept] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!((kept.document.as_str(), kept.version, kept.how, kept.at), ("cgu", 1, AcceptedHow::Shown, house.tools.now()));
    assert_eq!(kept.hash, hash);
}

#[actix_web::test]
async fn m_108_a_consent_is_said_in_the_language_of_the_page_with_its_links() {
    let (house, _) = house_with_guest().await;
    house
        .changes::<Client>(Client::key_of(house.tenant, &"espace-client".into()), |client| {
            client.terms_url = Some("https://espace.example/conditions".to_owned());
            client.privacy_url = Some("https://espace.example/confidentialite".to_owned());
        })
        .await;
    house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.support.privacy_url = Some("https://aubepine.test/confidentialite".to_owned())).await;
    let french = |html: &str| html.contains(">Accepter</button>") && html.contains(">Annuler</button>") && !html.contains(">Accept</button>");
    let mut lou = lou_signed_in(&house).await;
    assert_eq!(lou.shown.screen(), "S-ORG-CONSENT");
    assert!(french(&lou.shown.html) && lou.shown.html.contains("href=\"https://aubepine.test/confidentialite\""), "{}", lou.shown.html);
    lou.answers(&[("action", "accept")]).await;
    assert_eq!(lou.shown.screen(), "S-APP-CONSENT");
    let links = ["href=\"https://espace.example/conditions\"", "href=\"https://espace.example/confidentialite\""];
    assert!(french(&lou.shown.html) && links.iter().all(|link| lou.shown.html.contains(link)), "{}", lou.shown.html);

    let mut english = Walker::new(&house);
    english.opens(&authorize(&[("ui_locales", "en")])).await;
    english.signs_in("lou@courriel.test", PASSWORD).await;
    assert!(english.shown.html.contains(">Accept</button>") && !french(&english.shown.html));
}
