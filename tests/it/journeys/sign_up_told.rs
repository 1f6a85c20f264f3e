//! J01: what the pages of a sign-up tell, each in its place.

use parvis::{
    model::{Account, AccountState, Client, Localised, Tenant},
    values::Attribute,
};

use super::{
    rules,
    sign_up::{NAMES, account_of, at_code, at_profile, code_for, open_house},
};
use crate::harness::House;

/// Somebody says these things of themselves besides their names.
async fn says(house: &House, address: &str, more: &[(&str, &str)]) -> (u16, Vec<String>, Option<Account>) {
    let mut lea = at_profile(house, address).await;
    lea.answers(&[NAMES, more].concat()).await;
    (lea.shown.status, lea.shown.errors().into_iter().map(str::to_owned).collect(), {
        lea.answers(&[("action", "accept")]).await;
        account_of(house, address).await
    })
}

#[actix_web::test]
async fn e_archived_who_has_the_mailbox_of_an_archived_account_is_told_whom_to_ask_and_is_not_sent_to_sign_in() {
    let house = open_house().await;
    house.changes::<Account>(Account::key_of(house.camille), |account| account.state = AccountState::Archived).await;
    house.changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| tenant.support.mail = Some("aide@aubepine.test".to_owned())).await;
    let mut camille = at_code(&house, "camille@courriel.test").await;
    let code = code_for(&house, "camille@courriel.test").await;
    camille.answers(&[("action", "next"), ("code", &code)]).await;
    assert_eq!((camille.shown.status, camille.shown.screen(), camille.shown.errors()), (403, "S-SIGNUP-EXISTS", vec!["E-ARCHIVED"]));
    assert!(camille.shown.html.contains("Contactez aide@aubepine.test") && camille.shown.html.contains("data-testid=\"ask_help\""));
    assert!(!camille.shown.html.contains("value=\"signin\""));
}

#[actix_web::test]
async fn a_password_that_is_easy_to_guess_is_refused_with_the_reason_in_words() {
    let house = open_house().await;
    let mut lea = at_code(&house, "lea@courriel.test").await;
    let code = code_for(&house, "lea@courriel.test").await;
    lea.answers(&[("action", "next"), ("code", &code)]).await;
    assert!(lea.shown.html.contains("aria-live=\"polite\"") && lea.shown.html.contains("data-least=\"12\"") && lea.shown.html.contains("Encore # caractères"));
    for (tried, reason) in [("password12345", "ressemble trop"), ("abcdefghijklmnop", "qui se suivent"), ("aaaaaaaaaaaaaa", "répétées")] {
        lea.answers(&[("action", "next"), ("new_password", tried)]).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec!["E-PW-KNOWN"]));
        assert!(lea.shown.html.contains(reason), "{tried}");
    }
}

#[actix_web::test]
async fn m_008_m_050_country_and_birth_date_are_asked_only_where_the_organisation_says_so() {
    let house = open_house().await;
    let lea = at_profile(&house, "lea@courriel.test").await;
    for absent in ["name=\"country\"", "name=\"bday_day\"", "name=\"marketing\""] {
        assert!(!lea.shown.html.contains(absent), "{absent}");
    }
    let posted = [("country", "FR"), ("bday_day", "4"), ("bday_month", "5"), ("bday_year", "1986"), ("marketing", "yes"), ("locale", "en")];
    let (_, _, account) = says(&house, "nina@courriel.test", &posted).await;
    let account = account.unwrap();
    assert_eq!((account.address, account.profile.birthdate, account.marketing), (None, None, None), "what was not asked is not kept");
    assert_eq!(account.locale.unwrap().tag(), "en");

    let reason = "La loi réserve ce service aux plus de quinze ans.";
    rules(&house, |tenant| {
        let settings = &mut tenant.settings;
        (settings.ask_country, settings.country, settings.minimum_age) = (true, Some("FR".to_owned()), 15);
        settings.birth_date_reason = Some(Localised::same(reason));
    })
    .await;
    let mut lea = at_profile(&house, "lea@gmail.test").await;
    assert!(lea.shown.html.contains("<option value=\"FR\" selected>France</option>") && lea.shown.html.contains("<option value=\"DE\">Allemagne</option>"));
    assert!(lea.shown.html.contains(reason) && lea.shown.html.contains("autocomplete=\"bday-year\""));
    let tries = |country: &'static str, day: &'static str, month: &'static str, year: &'static str| {
        [NAMES, &[("country", country), ("bday_day", day), ("bday_month", month), ("bday_year", year)]].concat()
    };
    for (fields, wrong) in [
        (tries("", "4", "5", "1986"), "E-REQ"),
        (tries("XX", "4", "5", "1986"), "E-REQ"),
        (tries("FR", "31", "02", "1986"), "E-DATE"),
        (tries("FR", "4", "", "1986"), "E-REQ"),
        (tries("FR", "6", "1", "2011"), "E-AGE"),
    ] {
        lea.answers(&fields).await;
        assert_eq!((lea.shown.status, lea.shown.errors()), (422, vec![wrong]), "{fields:?}");
    }
    assert!(lea.shown.html.contains("value=\"2011\""), "what was typed stays");
    lea.answers(&tries("DE", "4", "5", "1986")).await;
    lea.answers(&[("action", "accept")]).await;
    let account = account_of(&house, "lea@gmail.test").await.unwrap();
    assert_eq!((account.address.unwrap().country.as_deref(), account.profile.birthdate.as_deref()), (Some("DE"), Some("1986-05-04")));
}

#[actix_web::test]
async fn m_008_an_application_leaves_out_what_it_does_not_need_and_adds_nothing() {
    let house = open_house().await;
    rules(&house, |tenant| {
        tenant.settings.birth_date_reason = Some(Localised::same("Réservé aux adultes."));
        tenant.settings.marketing = true;
    })
    .await;
    let client = Client::key_of(house.tenant, &"espace-client".into());
    house.changes::<Client>(client.clone(), |client| client.sign_up_attributes = Some([Attribute::Country, Attribute::Marketing].into())).await;
    let lea = at_profile(&house, "lea@courriel.test").await;
    assert!(lea.shown.html.contains("name=\"marketing\""), "what both want");
    assert!(!lea.shown.html.contains("bday_day"), "what the application does not want");
    assert!(!lea.shown.html.contains("name=\"country\""), "what the organisation does not ask");
    let posted = [("country", "FR"), ("bday_day", "4"), ("bday_month", "5"), ("bday_year", "1986"), ("marketing", "yes")];
    let account = says(&house, "nina@courriel.test", &posted).await.2.unwrap();
    assert_eq!((account.address, account.profile.birthdate, account.marketing.map(|news| news.agreed)), (None, None, Some(true)));
    house.changes::<Client>(client, |client| client.sign_up_attributes = Some([].into())).await;
    let account = says(&house, "omar@courriel.test", &posted).await.2.unwrap();
    assert_eq!((account.profile.birthdate, account.marketing), (None, None));
}

#[actix_web::test]
async fn m_052_ru_13_the_box_for_news_is_not_ticked_and_what_was_chosen_is_kept_with_its_text() {
    let house = open_house().await;
    rules(&house, |tenant| tenant.settings.marketing = true).await;
    let lea = at_profile(&house, "lea@courriel.test").await;
    let (_, box_and_after) = lea.shown.html.split_once("name=\"marketing\"").unwrap();
    assert!(!box_and_after.split('>').next().unwrap().contains("checked"));
    let text = "Je souhaite recevoir des informations de Cabinet Aubépine";
    for (address, more, agreed) in [("nina@courriel.test", &[][..], false), ("omar@courriel.test", &[("marketing", "yes")][..], true)] {
        let chosen = says(&house, address, more).await.2.unwrap().marketing.unwrap();
        assert_eq!((chosen.agreed, chosen.text.as_str(), chosen.at), (agreed, text, house.tools.now()));
    }
}

#[actix_web::test]
async fn m_053_what_is_accepted_by_making_an_account_is_said_before_the_button() {
    let house = open_house().await;
    house
        .changes::<Tenant>(Tenant::key_of(house.tenant), |tenant| {
            tenant.support.terms_url = Some("https://aubepine.test/conditions".to_owned());
            tenant.support.privacy_url = Some("https://aubepine.test/confidentialite".to_owned());
        })
        .await;
    let lea = at_profile(&house, "lea@courriel.test").await;
    let (before, _) = lea.shown.html.split_once("value=\"create\"").unwrap();
    assert!(before.contains("vous acceptez <a href=\"https://aubepine.test/conditions\"") && before.contains("https://aubepine.test/confidentialite"));
}
