use proptest::prelude::*;
use url::Url;

use super::*;
use crate::{
    protocol::{
        ErrorCode,
        samples::{CALLBACK, address, client, native},
    },
    values::Secret,
};

const ISSUER: &str = "https://parvis.example";

fn code() -> Secret<String> {
    Secret::from("c0de")
}

fn target(answer: Answer) -> String {
    match answer {
        Answer::Redirect(target) => target,
        Answer::FormPost { .. } => panic!("not a redirect"),
    }
}

#[test]
fn a_code_goes_behind_the_query_that_was_registered() {
    let answer = success(&address(&client(), CALLBACK, ResponseMode::Query, Some("a b&c")), ISSUER, &code());
    assert_eq!(target(answer), "https://espace-client.test/retour?via=parvis&code=c0de&state=a%20b%26c&iss=https%3A%2F%2Fparvis.example");
}

#[test]
fn a_code_goes_into_the_fragment() {
    let answer = success(&address(&client(), CALLBACK, ResponseMode::Fragment, None), ISSUER, &code());
    assert_eq!(target(answer), "https://espace-client.test/retour?via=parvis#code=c0de&iss=https%3A%2F%2Fparvis.example");
}

#[test]
fn a_code_goes_into_a_form() {
    let Answer::FormPost { action, fields } = success(&address(&client(), CALLBACK, ResponseMode::FormPost, Some("é")), ISSUER, &code()) else {
        panic!("not a form")
    };
    assert_eq!(action, CALLBACK);
    assert_eq!(fields, [("code", "c0de".to_owned()), ("state", "é".to_owned()), ("iss", ISSUER.to_owned())]);
}

#[test]
fn an_error_says_its_code_its_sentence_and_nothing_of_its_cause() {
    let refusal = OAuthError::new(ErrorCode::AccessDenied, "the person said no").because("secret");
    let answer = error(&address(&client(), CALLBACK, ResponseMode::Query, Some("s")), ISSUER, &refusal);
    assert_eq!(
        target(answer),
        "https://espace-client.test/retour?via=parvis&error=access_denied&error_description=the%20person%20said%20no&state=s&iss=https%3A%2F%2Fparvis.example"
    );
}

#[test]
fn parameters_are_joined_to_any_registered_uri() {
    let one = [("a", "b".to_owned())];
    for (uri, expected) in [
        ("https://x.test", "https://x.test?a=b"),
        ("https://x.test/?", "https://x.test/?a=b"),
        ("https://x.test/?c=d&", "https://x.test/?c=d&a=b"),
        ("x.y:/z", "x.y:/z?a=b"),
    ] {
        assert_eq!(with_query(uri, &one), expected);
    }
    assert_eq!(with_query("https://x.test/?c", &[]), "https://x.test/?c");
}

#[test]
fn debug_shows_no_code() {
    let shown = [ResponseMode::Query, ResponseMode::FormPost].map(|mode| format!("{:?}", success(&address(&client(), CALLBACK, mode, None), ISSUER, &code())));
    assert_eq!(shown, ["Redirect(***)", "FormPost(***)"]);
}

proptest! {
    #[test]
    fn what_is_sent_is_what_the_client_reads(state in "[^\\p{Cc}]{1,60}", code in "[A-Za-z0-9_-]{1,43}", uri in 0..3_usize, fragment in any::<bool>()) {
        let registered = ["https://espace-client.test/retour", CALLBACK, "http://127.0.0.1/?a&b=c%20d"];
        let mode = if fragment { ResponseMode::Fragment } else { ResponseMode::Query };
        let answer = success(&address(&native(&registered), registered[uri], mode, Some(&state)), ISSUER, &Secret::from(code.as_str()));
        let text = target(answer);
        prop_assert!(text.starts_with(registered[uri]) && text.is_ascii());
        let url = Url::parse(&text).unwrap();
        prop_assert_eq!(url.origin(), Url::parse(registered[uri]).unwrap().origin());
        let part = if fragment { url.fragment() } else { url.query() }.unwrap();
        let read: Vec<(String, String)> = url::form_urlencoded::parse(part.as_bytes()).into_owned().collect();
        let sent = [("code".to_owned(), code), ("state".to_owned(), state), ("iss".to_owned(), ISSUER.to_owned())];
        prop_assert_eq!(&read[read.len() - 3..], &sent[..]);
    }
}
