//! A provider says that it is a person, in the place of the work of S-CHECK.

use std::sync::Arc;

use parvis::{
    crypto::Purpose as Seal,
    model::{Captcha, CaptchaWidget},
    outside::{Fetch, FetchRules, Purpose, SiteVerify},
};

use super::{
    check::{challenge, paid},
    rules,
    sign_up::{mails_to, open_house},
};
use crate::{
    harness::{House, Walker, authorize},
    logout::receiver::{Receiver, Reply},
};

const LEA: &str = "lea@courriel.test";
const YES: &str = r#"{"success":true,"hostname":"id.aubepine.test"}"#;
const NO: &str = r#"{"success":false,"error-codes":["invalid-input-response"]}"#;

/// A house that asks this provider about everybody.
async fn asking_house(verify_url: &str, widget: CaptchaWidget) -> House {
    let mut house = open_house().await;
    let rules_out = FetchRules { loopback_for: [Purpose::Captcha].into(), ..FetchRules::default() };
    house.tools.captchas = Arc::new(SiteVerify::new(Arc::new(Fetch::new(rules_out).unwrap())));
    let captcha = Captcha {
        verify_url: verify_url.to_owned(),
        script_url: "https://captcha.example/api.js?render=auto".to_owned(),
        widget,
        site_key: "site-of-aubepine".to_owned(),
        secret: house.tools.sealer.seal(Seal::Captcha, b"known to both", &*house.tools.entropy).unwrap(),
        origins: vec!["https://frames.captcha.example".to_owned()],
    };
    rules(&house, |tenant| {
        (tenant.settings.check_after_mails, tenant.settings.check_bits, tenant.settings.captcha) = (0, 8, Some(captcha.clone()));
    })
    .await;
    house
}

async fn at_check(house: &House) -> Walker {
    let mut lea = Walker::new(house);
    lea.opens(&authorize(&[])).await;
    lea.answers(&[("action", "signup")]).await;
    lea.answers(&[("action", "next"), ("email", LEA)]).await;
    assert_eq!(lea.shown.screen(), "S-CHECK", "{:?}", lea.shown.errors());
    lea
}

#[actix_web::test]
async fn the_widget_stands_on_its_page_alone_and_a_yes_of_its_provider_sends_the_code() {
    let provider = Receiver::start(Reply::Said(YES)).await;
    for (widget, class, field) in [
        (CaptchaWidget::CfTurnstile, "cf-turnstile", "cf-turnstile-response"),
        (CaptchaWidget::HCaptcha, "h-captcha", "h-captcha-response"),
        (CaptchaWidget::GRecaptcha, "g-recaptcha", "g-recaptcha-response"),
    ] {
        let house = asking_house(&provider.url("/siteverify"), widget).await;
        let mut lea = at_check(&house).await;
        let html = &lea.shown.html;
        assert!(html.contains("src=\"https://captcha.example/api.js?render=auto\"") || html.contains("src=\"https:&#x2f;&#x2f;captcha.example"), "{html}");
        assert!(html.contains(&format!("class=\"{class} field\" data-sitekey=\"site-of-aubepine\"")));
        assert!(!html.contains("data-challenge") && html.contains("data-testid=\"mail\""), "no work, and the way by mail");
        assert!(!html.contains("known to both"));
        for part in
            ["script-src 'self' https://captcha.example https://frames.captcha.example;", "frame-src https://captcha.example https://frames.captcha.example;"]
        {
            assert!(lea.shown.policy.contains(part), "{}", lea.shown.policy);
        }
        assert!(mails_to(&house, LEA).await.is_empty());
        let before = provider.requests().len();
        lea.answers(&[("action", "next"), (field, "a token")]).await;
        assert_eq!((lea.shown.screen(), mails_to(&house, LEA).await.len()), ("S-SIGNUP-CODE", 1), "{:?}", lea.shown.errors());
        assert!(!lea.shown.policy.contains("captcha.example"), "no other page is open to it");
        let asked = provider.requests()[before..].to_vec();
        assert_eq!(asked, ["secret=known+to+both&response=a+token&remoteip=192.0.2.7"], "once");
    }
}

#[actix_web::test]
async fn a_no_is_said_on_the_page_and_the_link_by_mail_leads_on() {
    let provider = Receiver::start(Reply::Said(NO)).await;
    let house = asking_house(&provider.url("/siteverify"), CaptchaWidget::HCaptcha).await;
    let mut lea = at_check(&house).await;
    for forged in ["a token", ""] {
        lea.answers(&[("action", "next"), ("h-captcha-response", forged)]).await;
        assert_eq!((lea.shown.screen(), lea.shown.status, lea.shown.errors()), ("S-CHECK", 422, vec!["E-CHECK"]), "{forged}");
        assert!(lea.shown.html.contains("data-testid=\"widget\""));
    }
    // Of another widget, and work that nobody asked for.
    for field in ["g-recaptcha-response", "solution"] {
        lea.answers(&[("action", "next"), (field, "1")]).await;
        assert_eq!(lea.shown.errors(), ["E-CHECK"], "{field}");
    }
    provider.reply(Reply::Said(YES));
    lea.answers(&[("action", "next")]).await;
    assert_eq!(lea.shown.errors(), ["E-CHECK"], "whoever answered nothing is not vouched for, whatever the provider says");
    lea.answers(&[("action", "mail")]).await;
    assert_eq!((lea.shown.screen(), lea.shown.status), ("S-CHECK", 200));
    let link = super::check::link_for(&house, LEA).await;
    let mut elsewhere = Walker::new(&house);
    elsewhere.posts(&link, &[]).await;
    let path = lea.shown.path.clone();
    lea.opens(&path).await;
    assert!(!lea.shown.html.contains("data-testid=\"widget\"") && !lea.shown.policy.contains("captcha.example"), "nothing is asked any more");
    let before = provider.requests().len();
    lea.answers(&[("action", "next")]).await;
    assert_eq!((lea.shown.screen(), provider.requests().len()), ("S-SIGNUP-CODE", before));
}

#[actix_web::test]
async fn a_provider_that_says_nothing_is_replaced_by_work_and_nobody_goes_round() {
    const UNKNOWN: &str = r#"{"success":false,"error-codes":["invalid-input-secret"]}"#;
    for reply in [Reply::Status(500), Reply::Status(200), Reply::RedirectToSelf, Reply::Said("<html>"), Reply::Said(UNKNOWN), Reply::Large { says_so: true }] {
        let provider = Receiver::start(reply).await;
        let house = asking_house(&provider.url("/siteverify"), CaptchaWidget::CfTurnstile).await;
        let mut lea = at_check(&house).await;
        // The widget could not be loaded either.
        lea.answers(&[("action", "next")]).await;
        assert_eq!((lea.shown.screen(), lea.shown.status, lea.shown.errors()), ("S-CHECK", 200, vec![]), "{reply:?}");
        assert!(lea.shown.html.contains("data-auto") && !lea.shown.html.contains("data-testid=\"widget\"") && !lea.shown.policy.contains("captcha.example"));
        let before = provider.requests().len();
        let solution = paid(&challenge(&lea), 8);
        lea.answers(&[("action", "next"), ("solution", &solution)]).await;
        assert_eq!((lea.shown.screen(), provider.requests().len()), ("S-SIGNUP-CODE", before), "{reply:?}");
    }
    let nobody = asking_house("http://127.0.0.1:1/siteverify", CaptchaWidget::CfTurnstile).await;
    let mut lea = at_check(&nobody).await;
    lea.answers(&[("action", "next"), ("cf-turnstile-response", "a token")]).await;
    assert!(lea.shown.html.contains("data-challenge"), "nobody answers there");
}

#[actix_web::test]
async fn one_that_is_switched_off_meanwhile_is_replaced_by_work() {
    let provider = Receiver::start(Reply::Said(YES)).await;
    let house = asking_house(&provider.url("/siteverify"), CaptchaWidget::CfTurnstile).await;
    let mut lea = at_check(&house).await;
    rules(&house, |tenant| tenant.settings.captcha = None).await;
    let path = lea.shown.path.clone();
    lea.opens(&path).await;
    let solution = paid(&challenge(&lea), 8);
    lea.answers(&[("action", "next"), ("solution", &solution)]).await;
    assert_eq!((lea.shown.screen(), provider.connections()), ("S-SIGNUP-CODE", 0));
}
