use super::*;
use crate::{
    model::{ClientKind, ClientState, PkceRule},
    protocol::samples::{CALLBACK, CAMILLE, Change, NADIA, Row, api, client, issuer, params},
    values::{ClientAuthMethod, GrantType, Prompt, ResponseMode, Scopes, TenantId},
};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const GOOD: [(&str, &str); 9] = [
    ("client_id", "espace-client"),
    ("redirect_uri", CALLBACK),
    ("response_type", "code"),
    ("scope", "openid profile"),
    ("state", "l'état"),
    ("nonce", "n-0S6"),
    ("code_challenge", CHALLENGE),
    ("code_challenge_method", "S256"),
    ("ui_locales", "se fr"),
];

fn judged(params: &Params, client: &Client, hint: Hint) -> Result<AuthorizationRequest, Refused> {
    let apis = [api("https://factures.test", &["factures.lire", "factures.payer", "factures.effacer"]), api("https://agenda.test", &["agenda.lire"])];
    validate(params, &Facts { issuer: issuer(), client: Some(client), apis: &apis, hint })
}

fn with(changes: &[(&str, &str)]) -> Params {
    let kept = GOOD.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    params(&kept.chain(changes).copied().collect::<Vec<_>>())
}

fn asked(changes: &[(&str, &str)]) -> Result<AuthorizationRequest, Refused> {
    judged(&with(changes), &client(), Hint::Absent)
}

/// `ok`, or where the refusal goes and its code.
fn verdict(outcome: &Result<AuthorizationRequest, Refused>) -> String {
    match outcome {
        Ok(_) => "ok".to_owned(),
        Err(Refused::Here { parameter, error }) => format!("here {parameter} {}", error.code.as_str()),
        Err(Refused::Back(_, error)) => format!("back {}", error.code.as_str()),
    }
}

const OK: &str = "ok";
const REQUEST: &str = "back invalid_request";
const SCOPE: &str = "back invalid_scope";
const TYPE: &str = "back unsupported_response_type";
const OBJECT: &str = "back request_not_supported";
const REFERENCE: &str = "back request_uri_not_supported";
const REGISTRATION: &str = "back registration_not_supported";
const CLIENT: &str = "here client_id invalid_request";
const URI: &str = "here redirect_uri invalid_request";

#[rustfmt::skip]
const BAD_INPUT: &[Row] = &[
    ("client_id",             [CLIENT, CLIENT, CLIENT, CLIENT],          &[("nobody", "here client_id invalid_client"), ("ESPACE-CLIENT", "here client_id invalid_client"), ("a\0b", CLIENT)]),
    ("redirect_uri",          [URI, URI, URI, URI],                      &[("https://espace-client.test/retour", URI), ("https://evil.example/", URI), ("not a uri", URI), ("javascript:alert(1)", URI)]),
    ("response_type",         [REQUEST, REQUEST, REQUEST, REQUEST],      &[("token", TYPE), ("id_token", TYPE), ("code id_token", TYPE), ("Code", TYPE), ("none", TYPE)]),
    ("response_mode",         [OK, OK, REQUEST, REQUEST],                &[("jwt", REQUEST), ("web_message", REQUEST), ("QUERY", REQUEST), ("fragment", OK), ("form_post", OK)]),
    ("scope",                 [SCOPE, SCOPE, REQUEST, REQUEST],          &[(" ", SCOPE), ("open\"id", SCOPE), ("openid\u{e9}", SCOPE), ("openid factures.effacer", SCOPE), ("factures.lire agenda.lire", SCOPE), ("inconnu", SCOPE), ("openid inconnu", OK), ("address", SCOPE), ("factures.lire", OK)]),
    ("state",                 [OK, OK, REQUEST, REQUEST],                &[("a\r\nb", REQUEST), ("a\0", REQUEST), ("!#$%&'()*+,-./:;<=>?@[]^_`{|}~", OK)]),
    ("nonce",                 [OK, OK, REQUEST, REQUEST],                &[("a\u{7f}", REQUEST), ("a b", OK)]),
    ("prompt",                [OK, OK, REQUEST, REQUEST],                &[("none login", REQUEST), ("none create", REQUEST), ("create", OK), ("Create", REQUEST), ("logn", REQUEST), ("NONE", REQUEST), ("none none", OK), ("login consent select_account", OK)]),
    ("max_age",               [OK, OK, REQUEST, REQUEST],                &[("-1", REQUEST), ("+1", REQUEST), ("1.5", REQUEST), ("ten", REQUEST), ("99999999999999999999", REQUEST), ("0", OK), ("15000", OK)]),
    ("code_challenge",        [REQUEST, REQUEST, REQUEST, REQUEST],      &[("too-short", REQUEST), ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=", REQUEST), ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM", REQUEST)]),
    ("code_challenge_method", [REQUEST, REQUEST, REQUEST, REQUEST],      &[("plain", REQUEST), ("s256", REQUEST), ("S512", REQUEST)]),
    ("claims",                [OK, OK, REQUEST, REQUEST],                &[("{", REQUEST), ("[]", REQUEST), ("null", REQUEST), ("{\"userinfo\":5}", REQUEST), ("{\"userinfo\":{\"name\":5}}", REQUEST), ("{\"userinfo\":{\"name\":{\"essential\":1}}}", REQUEST),
                                                                           ("{\"userinfo\":{\"name\":{\"values\":1}}}", REQUEST), ("{\"a\":[[[[[[[[1]]]]]]]]}", REQUEST), ("{\"id_token\":{\"sub\":{\"value\":\"nobody\"}}}", REQUEST), ("{}", OK),
                                                                           ("{\"id_token\":{\"signin_state\":{\"essential\":false},\"login_hint\":5},\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}", OK), ("{\n\t\"userinfo\": null\r\n}", OK)]),
    ("id_token_hint",         [OK, OK, REQUEST, REQUEST],                &[("not.a.token", REQUEST)]),
    ("acr_values",            [OK, OK, REQUEST, REQUEST],                &[("urn:nobody:knows", OK), ("1 2", OK)]),
    ("login_hint",            [OK, OK, REQUEST, REQUEST],                &[("buffy@nowhere.test", OK), ("a\0b", REQUEST)]),
    ("ui_locales",            [OK, OK, REQUEST, REQUEST],                &[("se", OK), ("!!", OK)]),
    ("claims_locales",        [OK, OK, REQUEST, REQUEST],                &[("se", OK)]),
    ("display",               [OK, OK, REQUEST, REQUEST],                &[("popup", OK), ("hologram", OK)]),
    ("request",               [OK, OK, OBJECT, OBJECT],                  &[("eyJhbGciOiJub25lIn0.e30.", OBJECT)]),
    ("request_uri",           [OK, OK, REFERENCE, REFERENCE],            &[("https://espace-client.test/request.jwt", REFERENCE)]),
    ("registration",          [OK, OK, REGISTRATION, REGISTRATION],      &[("{}", REGISTRATION)]),
    ("extra",                 [OK, OK, OK, OK],                          &[("foobar", OK), ("a\0b", OK)]),
];

#[test]
fn bad_input_gets_the_code_of_the_specification_for_each_parameter() {
    for (name, four, wrong) in BAD_INPUT {
        let changes = [Change::Missing, Change::Empty, Change::Doubled, Change::Oversized].into_iter().zip(four.iter().copied());
        for (nth, (change, expected)) in changes.chain(wrong.iter().map(|(value, expected)| (Change::Is(value), *expected))).enumerate() {
            let outcome = judged(&change.apply(name, &GOOD), &client(), Hint::Absent);
            assert_eq!(verdict(&outcome), expected, "{name}, change {nth}: {outcome:?}");
        }
    }
}

#[test]
fn a_good_request_is_taken_as_it_was_sent() {
    let request = asked(&[
        ("prompt", "login consent"),
        ("max_age", "60"),
        ("login_hint", " camille@courriel.test "),
        ("acr_values", "2  1"),
        ("response_mode", "form_post"),
    ])
    .unwrap();
    assert_eq!(request.issuer, issuer());
    assert_eq!(request.client, client().id);
    assert_eq!(request.redirect_uri.as_str(), CALLBACK);
    assert_eq!(request.response_mode, ResponseMode::FormPost);
    assert_eq!(request.state.as_deref(), Some("l'état"));
    assert_eq!(request.scopes.to_string(), "openid profile");
    assert_eq!(request.api, None);
    assert_eq!(request.nonce.as_deref(), Some("n-0S6"));
    assert_eq!(request.code_challenge.as_deref(), Some(CHALLENGE));
    assert_eq!(request.prompt, [Prompt::Login, Prompt::Consent].into());
    assert_eq!(request.max_age, Some(60));
    assert_eq!(request.login_hint.as_deref(), Some("camille@courriel.test"));
    assert_eq!(request.required_subject, None);
    assert_eq!(request.ui_locale, Some(crate::values::Locale::Fr));
    assert_eq!(request.acr_values, ["2", "1"]);
    assert_eq!(request.claims, crate::model::ClaimsRequest::default());
}

#[test]
fn the_order_of_parameters_means_nothing() {
    let reversed: Vec<_> = GOOD.into_iter().rev().collect();
    assert_eq!(judged(&params(&reversed), &client(), Hint::Absent), asked(&[]));
}

#[test]
fn a_client_of_another_tenant_or_another_name_is_unknown() {
    let elsewhere = Client { tenant: TenantId(uuid::Uuid::from_u128(9)), ..client() };
    let other = Client { id: "compta-demo".into(), ..client() };
    for client in [elsewhere, other] {
        assert_eq!(verdict(&judged(&with(&[]), &client, Hint::Absent)), "here client_id invalid_client");
    }
    let nobody = validate(&with(&[]), &Facts { issuer: issuer(), client: None, apis: &[], hint: Hint::Absent });
    assert_eq!(verdict(&nobody), "here client_id invalid_client");
}

#[test]
fn a_client_that_is_off_sends_nobody_anywhere() {
    for state in [ClientState::Disabled, ClientState::Archived] {
        assert_eq!(verdict(&judged(&with(&[]), &Client { state, ..client() }, Hint::Absent)), "here client_id unauthorized_client");
    }
}

#[test]
fn a_client_without_the_grant_gets_no_code() {
    let service = Client { grant_types: [GrantType::ClientCredentials].into(), ..client() };
    assert_eq!(verdict(&judged(&with(&[]), &service, Hint::Absent)), "back unauthorized_client");
}

#[test]
fn an_error_goes_back_in_the_mode_asked_for_with_the_state() {
    let Err(Refused::Back(address, _)) = asked(&[("response_mode", "form_post"), ("scope", "inconnu")]) else { panic!("not refused") };
    assert_eq!((address.response_mode(), address.state(), address.redirect_uri().as_str()), (ResponseMode::FormPost, Some("l'état"), CALLBACK));
}

#[test]
fn a_client_that_wanted_tokens_reads_its_error_in_the_fragment() {
    let mode = |changes: &[(&str, &str)]| match asked(changes) {
        Err(Refused::Back(address, _)) => address.response_mode(),
        other => panic!("{other:?}"),
    };
    assert_eq!(mode(&[("response_type", "id_token token")]), ResponseMode::Fragment);
    assert_eq!(mode(&[("response_type", "code id_token"), ("response_mode", "form_post")]), ResponseMode::FormPost);
    assert_eq!(mode(&[("response_type", "nothing")]), ResponseMode::Query);
    assert_eq!(mode(&[("response_mode", "nothing")]), ResponseMode::Query);
}

#[test]
fn a_state_that_cannot_be_given_back_is_not_given_back() {
    let Err(Refused::Back(address, error)) = judged(&Change::Doubled.apply("state", &GOOD), &client(), Hint::Absent) else { panic!("not refused") };
    assert_eq!((address.state(), error.description), (None, "a parameter is repeated"));
}

#[test]
fn the_first_check_in_the_written_order_decides() {
    let wrong = [
        ("request", "x", OBJECT),
        ("response_type", "token", TYPE),
        ("scope", "inconnu", SCOPE),
        ("prompt", "logn", REQUEST),
        ("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"9\"}}}", "back unmet_authentication_requirements"),
    ];
    for first in 0..wrong.len() {
        let changes: Vec<_> = wrong[first..].iter().map(|(name, value, _)| (*name, *value)).collect();
        assert_eq!(verdict(&asked(&changes)), wrong[first].2);
    }
}

#[test]
fn a_request_object_is_named_as_the_reason_when_little_stands_outside() {
    let bare = [("client_id", "espace-client"), ("redirect_uri", CALLBACK), ("request", "x")];
    assert_eq!(verdict(&judged(&params(&bare), &client(), Hint::Absent)), OBJECT);
}

fn granted(scope: &str, client: &Client) -> (String, Option<String>) {
    let request = judged(&with(&[("scope", scope)]), client, Hint::Absent).unwrap();
    (request.scopes.to_string(), request.api.map(|api| api.0))
}

#[test]
fn scopes_of_one_api_bring_its_identifier() {
    let both = ("factures.lire factures.payer openid".to_owned(), Some("https://factures.test".to_owned()));
    assert_eq!(granted("openid factures.payer factures.lire factures.lire", &client()), both);
    assert_eq!(granted("agenda.lire", &client()), ("agenda.lire".to_owned(), Some("https://agenda.test".to_owned())));
}

#[test]
fn scopes_nobody_registered_and_standard_ones_not_allowed_are_left_out_of_an_openid_request() {
    assert_eq!(granted("openid inconnu address profile", &client()), ("openid profile".to_owned(), None));
}

#[test]
fn offline_access_needs_the_refresh_grant_and_no_prompt() {
    assert_eq!(granted("openid offline_access", &client()).0, "offline_access openid");
    let without = Client { grant_types: [GrantType::AuthorizationCode].into(), ..client() };
    assert_eq!(granted("openid offline_access", &without).0, "openid");
}

#[test]
fn a_client_that_may_not_have_openid_is_told_so() {
    let plain = Client { scopes: "factures.lire".parse::<Scopes>().unwrap(), ..client() };
    assert_eq!(verdict(&judged(&with(&[("scope", "openid factures.lire")]), &plain, Hint::Absent)), SCOPE);
    assert_eq!(granted("factures.lire", &plain).0, "factures.lire");
}

#[test]
fn an_api_of_another_tenant_owns_nothing() {
    let foreign = Api { tenant: TenantId(uuid::Uuid::from_u128(9)), ..api("https://factures.test", &["factures.lire"]) };
    let facts = Facts { issuer: issuer(), client: Some(&client()), apis: &[foreign], hint: Hint::Absent };
    assert_eq!(verdict(&validate(&with(&[("scope", "factures.lire")]), &facts)), SCOPE);
}

#[test]
fn more_scopes_than_anybody_needs_are_refused_before_they_are_looked_up() {
    let many: Vec<String> = (0..60).map(|n| format!("openid s{n}")).collect();
    let asked = with(&[("scope", &many.join(" "))]);
    assert_eq!(asked_of_apis(&asked).len(), 50);
    assert_eq!(verdict(&judged(&asked, &client(), Hint::Absent)), SCOPE);
}

#[test]
fn only_scopes_of_apis_are_looked_up() {
    let names: Vec<_> = asked_of_apis(&with(&[("scope", "openid email factures.lire inconnu")])).iter().map(ToString::to_string).collect();
    assert_eq!(names, ["factures.lire", "inconnu"]);
    assert_eq!(asked_of_apis(&with(&[("scope", "\"")])), []);
}

#[test]
fn max_age_zero_asks_for_a_new_sign_in_except_beside_none() {
    let zero = asked(&[("max_age", "0")]).unwrap();
    assert_eq!((zero.max_age, zero.prompt), (Some(0), [Prompt::Login].into()));
    let none = asked(&[("max_age", "0"), ("prompt", "none")]).unwrap();
    assert_eq!((none.max_age, none.prompt), (Some(0), [Prompt::None].into()));
}

#[test]
fn pkce_may_be_left_out_only_by_a_confidential_client_whose_registration_waives_it() {
    let without: Vec<_> = GOOD.into_iter().filter(|(name, _)| !name.starts_with("code_challenge")).collect();
    let waived = Client { pkce: PkceRule::Waived, ..client() };
    let public = Client { kind: ClientKind::Browser, auth_method: ClientAuthMethod::None, ..waived.clone() };
    assert_eq!(verdict(&judged(&params(&without), &waived, Hint::Absent)), OK);
    assert_eq!(verdict(&judged(&params(&without), &client(), Hint::Absent)), REQUEST);
    assert_eq!(verdict(&judged(&params(&without), &public, Hint::Absent)), REQUEST);
    let method_alone: Vec<_> = without.iter().copied().chain([("code_challenge_method", "S256")]).collect();
    assert_eq!(verdict(&judged(&params(&method_alone), &waived, Hint::Absent)), REQUEST);
    assert_eq!(judged(&with(&[]), &waived, Hint::Absent).unwrap().code_challenge.as_deref(), Some(CHALLENGE));
}

#[test]
fn single_claims_are_kept_and_unknown_ones_left_out() {
    let request = asked(&[(
        "claims",
        r#"{"userinfo":{"name":{"essential":true},"shoe_size":null,"email":null},"id_token":{"acr":{"values":["1","9"],"essential":true}},"other":1}"#,
    )])
    .unwrap();
    assert_eq!(request.claims.userinfo.keys().collect::<Vec<_>>(), ["email", "name"]);
    assert!(request.claims.userinfo["name"].essential && !request.claims.userinfo["email"].essential);
    assert_eq!(request.claims.id_token["acr"].values, Some(vec!["1".into(), "9".into()]));
}

#[test]
fn an_essential_acr_out_of_reach_is_refused_and_a_wished_one_is_not() {
    let acr = |wish: &str| verdict(&asked(&[("claims", &format!(r#"{{"id_token":{{"acr":{wish}}}}}"#))]));
    assert_eq!(acr(r#"{"essential":true,"values":["2","9"]}"#), "back unmet_authentication_requirements");
    assert_eq!(acr(r#"{"essential":true,"value":"1"}"#), OK);
    assert_eq!(acr(r#"{"essential":true}"#), OK);
    assert_eq!(acr(r#"{"values":["9"]}"#), OK);
}

#[test]
fn a_valid_hint_or_a_sub_asked_by_value_says_who_must_answer() {
    let hint = Hint::Valid { subject: CAMILLE };
    let hinted = judged(&with(&[("id_token_hint", "h")]), &client(), hint).unwrap();
    assert_eq!(hinted.required_subject, Some(CAMILLE));
    let sub = |section: &str, who| format!(r#"{{"{section}":{{"sub":{{"value":"{who}"}}}}}}"#);
    for section in ["id_token", "userinfo"] {
        assert_eq!(asked(&[("claims", &sub(section, CAMILLE))]).unwrap().required_subject, Some(CAMILLE));
        let both = |who| judged(&with(&[("id_token_hint", "h"), ("claims", &sub(section, who))]), &client(), hint);
        assert_eq!(both(CAMILLE).unwrap().required_subject, Some(CAMILLE));
        assert_eq!(verdict(&both(NADIA)), REQUEST);
    }
    assert_eq!(asked(&[("claims", r#"{"id_token":{"sub":{"essential":true}}}"#)]).unwrap().required_subject, None);
}

#[test]
fn a_hint_that_is_not_ours_is_refused() {
    assert_eq!(verdict(&judged(&with(&[("id_token_hint", "h")]), &client(), Hint::Invalid)), REQUEST);
}

#[test]
fn descriptions_are_plain_ascii_and_keep_the_words_that_clients_search_for_to_their_own_errors() {
    for (name, _, wrong) in BAD_INPUT {
        let changes = [Change::Missing, Change::Empty, Change::Doubled, Change::Oversized];
        for change in changes.into_iter().chain(wrong.iter().map(|(value, _)| Change::Is(value))) {
            let Err(Refused::Back(_, error) | Refused::Here { error, .. }) = judged(&change.apply(name, &GOOD), &client(), Hint::Absent) else {
                continue;
            };
            assert!(error.description.bytes().all(|c| (0x20..0x7f).contains(&c) && c != b'"' && c != b'\\'), "{error}");
            for word in ["login_required", "consent_required", "interaction_required"] {
                assert!(!error.description.contains(word), "{error}");
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_request_makes_a_check_panic(pairs in proptest::collection::vec((proptest::sample::select(BAD_INPUT.iter().map(|row| row.0).collect::<Vec<_>>()), ".{0,40}"), 0..12)) {
        let mut all: Vec<(String, String)> = GOOD.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        all.retain(|(name, _)| !pairs.iter().any(|(other, _)| other == name));
        all.extend(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let _ = judged(&Params::parse(all), &client(), Hint::Absent);
    }
}
