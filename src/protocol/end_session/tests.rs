use super::*;
use crate::{
    model::ClientState,
    protocol::samples::{CAMILLE, Change, NADIA, Row, SIGNED_OUT, client, params, session},
};

const GOOD: [(&str, &str); 5] =
    [("id_token_hint", "h"), ("client_id", "espace-client"), ("post_logout_redirect_uri", SIGNED_OUT), ("state", "s"), ("ui_locales", "fr")];

fn hint() -> HintClaims {
    HintClaims { client: "espace-client".into(), subject: CAMILLE, sid: Some("sid-1".into()) }
}

fn judged(params: &Params, hint: Option<&HintClaims>, sessions: &[Session]) -> Result<SignOut, OAuthError> {
    decide(params, &Facts { hint, client: Some(&client()), sessions })
}

fn at_once(session: Option<&str>, back: Option<&str>) -> SignOut {
    SignOut::AtOnce { session: session.map(SessionId::from), back: back.map(|uri| PostLogout(uri.to_owned())) }
}

fn ask(sessions: &[&str], back: Option<&str>) -> SignOut {
    SignOut::Ask { sessions: sessions.iter().map(|sid| SessionId::from(*sid)).collect(), back: back.map(|uri| PostLogout(uri.to_owned())) }
}

/// What became of a request: a code, or who ends and where the browser goes.
fn verdict(outcome: Result<SignOut, OAuthError>) -> String {
    match outcome {
        Err(error) => error.code.as_str().to_owned(),
        Ok(SignOut::AtOnce { back, .. }) => format!("at once {}", back.map_or("page".to_owned(), |back| back.0)),
        Ok(SignOut::Ask { back, .. }) => format!("ask {}", back.map_or("page".to_owned(), |back| back.0)),
    }
}

const BACK: &str = "at once https://espace-client.test/au-revoir?state=s";
const STATELESS: &str = "at once https://espace-client.test/au-revoir";
const PAGE: &str = "at once page";
const BAD: &str = "invalid_request";

/// The hint, where one comes, is valid.
#[rustfmt::skip]
const BAD_INPUT: &[Row] = &[
    ("id_token_hint",            ["ask page", "ask page", BAD, BAD], &[("a\0b", BAD)]),
    ("client_id",                [BACK, BACK, BAD, BAD],             &[("compta-demo", BAD), ("a\0b", BAD)]),
    ("post_logout_redirect_uri", [PAGE, PAGE, BAD, BAD],             &[("https://espace-client.test/au-revoir?more=1", PAGE), ("https://espace-client.test/au-revoir/", PAGE), ("https://evil.example/", PAGE), ("javascript:alert(1)", PAGE), ("a\0b", BAD)]),
    ("state",                    [STATELESS, STATELESS, BAD, BAD],   &[("a\r\nb", BAD), ("é", "at once https://espace-client.test/au-revoir?state=%C3%A9")]),
    ("logout_hint",              [BACK, BACK, BAD, BAD],             &[("nobody", BACK)]),
    ("ui_locales",               [BACK, BACK, BAD, BAD],             &[("xx", BACK)]),
    ("client-request-id",        [BACK, BACK, BACK, BACK],           &[("a\0b", BACK)]),
];

#[test]
fn bad_input_gets_the_code_of_the_specification_for_each_parameter() {
    let claims = hint();
    for (name, four, wrong) in BAD_INPUT {
        let changes = [Change::Missing, Change::Empty, Change::Doubled, Change::Oversized].into_iter().zip(four.iter().copied());
        for (nth, (change, expected)) in changes.chain(wrong.iter().map(|(value, expected)| (Change::Is(value), *expected))).enumerate() {
            let params = change.apply(name, &GOOD);
            let came = params.pairs().any(|(name, _)| name == "id_token_hint");
            let outcome = judged(&params, came.then_some(&claims), &[session("sid-1", CAMILLE)]);
            assert_eq!(verdict(outcome), expected, "{name}, change {nth}");
        }
    }
}

#[test]
fn a_hint_that_names_a_live_session_ends_it_without_a_question() {
    let sessions = [session("sid-0", NADIA), session("sid-1", CAMILLE)];
    assert_eq!(judged(&params(&GOOD), Some(&hint()), &sessions), Ok(at_once(Some("sid-1"), Some("https://espace-client.test/au-revoir?state=s"))));
}

#[test]
fn a_hint_of_an_older_session_of_the_same_person_ends_the_one_there_is() {
    assert_eq!(judged(&params(&GOOD[..1]), Some(&hint()), &[session("sid-9", CAMILLE)]), Ok(at_once(Some("sid-9"), None)));
    let without_sid = HintClaims { sid: None, ..hint() };
    assert_eq!(judged(&params(&GOOD[..1]), Some(&without_sid), &[session("sid-9", CAMILLE)]), Ok(at_once(Some("sid-9"), None)));
}

#[test]
fn a_hint_about_somebody_else_asks_who_signs_out() {
    let sessions = [session("sid-1", NADIA), session("sid-2", NADIA)];
    assert_eq!(judged(&params(&GOOD), Some(&hint()), &sessions), Ok(ask(&["sid-1", "sid-2"], Some("https://espace-client.test/au-revoir?state=s"))));
}

#[test]
fn whoever_is_signed_out_already_goes_back() {
    assert_eq!(judged(&params(&GOOD), Some(&hint()), &[]), Ok(at_once(None, Some("https://espace-client.test/au-revoir?state=s"))));
}

#[test]
fn without_a_valid_hint_nobody_is_sent_anywhere() {
    let sessions = [session("sid-1", CAMILLE)];
    assert_eq!(judged(&params(&GOOD), None, &sessions), Ok(ask(&["sid-1"], None)));
    assert_eq!(judged(&params(&GOOD[1..]), None, &sessions), Ok(ask(&["sid-1"], None)));
    assert_eq!(judged(&params(&GOOD[1..]), None, &[]), Ok(at_once(None, None)));
}

#[test]
fn without_any_parameter_the_person_is_asked() {
    assert_eq!(judged(&params(&[]), None, &[session("sid-1", CAMILLE)]), Ok(ask(&["sid-1"], None)));
    assert_eq!(judged(&params(&[("state", "s")]), None, &[]), Ok(at_once(None, None)));
}

#[test]
fn a_state_of_odd_characters_comes_back_as_it_was_and_keeps_to_its_place() {
    let odd = "!#$%&'()*+,-./:;<=>?@[]^_`{|}~";
    let params = params(&[("id_token_hint", "h"), ("post_logout_redirect_uri", "https://espace-client.test/fin?de=seance"), ("state", odd)]);
    let Ok(SignOut::AtOnce { back: Some(back), .. }) = judged(&params, Some(&hint()), &[]) else { panic!("not sent back") };
    let url = url::Url::parse(back.as_str()).unwrap();
    let read: Vec<_> = url.query_pairs().into_owned().collect();
    assert_eq!(read, [("de".to_owned(), "seance".to_owned()), ("state".to_owned(), odd.to_owned())]);
}

#[test]
fn a_client_that_is_off_or_not_the_one_of_the_hint_is_not_returned_to() {
    let off = Client { state: ClientState::Disabled, ..client() };
    let other = Client { id: "compta-demo".into(), ..client() };
    for client in [Some(&off), Some(&other), None] {
        let claims = hint();
        let outcome = decide(&params(&[GOOD[0], GOOD[2]]), &Facts { hint: Some(&claims), client, sessions: &[session("sid-1", CAMILLE)] });
        assert_eq!(outcome, Ok(at_once(Some("sid-1"), None)));
    }
}

proptest::proptest! {
    #[test]
    fn no_unregistered_address_is_ever_gone_to(uri in ".{1,60}") {
        let known = client();
        proptest::prop_assume!(!known.post_logout_redirect_uris.iter().any(|registered| registered.as_str() == uri));
        let outcome = judged(&params(&[("id_token_hint", "h"), ("post_logout_redirect_uri", &uri)]), Some(&hint()), &[]);
        let stays_here = matches!(outcome, Err(_) | Ok(SignOut::AtOnce { back: None, .. }));
        proptest::prop_assert!(stays_here);
    }
}
