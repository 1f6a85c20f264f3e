use proptest::prelude::*;

use super::*;
use crate::protocol::samples::params;

fn refusal(pairs: &[(&str, &str)], name: &str) -> Option<(ErrorCode, &'static str)> {
    params(pairs).one(name).err().map(|error| (error.code, error.description))
}

#[test]
fn a_parameter_without_a_value_counts_as_left_out() {
    assert_eq!(params(&[("state", "")]).one("state"), Ok(None));
    assert_eq!(params(&[("state", ""), ("state", "a")]).one("state"), Ok(Some("a")));
}

#[test]
fn a_repeated_parameter_is_refused_even_with_one_value() {
    assert_eq!(refusal(&[("state", "a"), ("x", "y"), ("state", "a")], "state"), Some((ErrorCode::InvalidRequest, "a parameter is repeated")));
}

#[test]
fn a_parameter_nobody_reads_is_kept_and_never_judged() {
    let params = params(&[("x", "\0"), ("x", "y"), ("state", "a")]);
    assert_eq!(params.one("state"), Ok(Some("a")));
    assert_eq!(params.pairs().collect::<Vec<_>>(), [("x", "\0"), ("x", "y"), ("state", "a")]);
}

#[test]
fn each_parameter_has_its_longest_value() {
    for (name, most) in [("state", 4096), ("nonce", 512), ("redirect_uri", 2000), ("claims", 16_384), ("anything", 1000)] {
        assert_eq!(refusal(&[(name, &"a".repeat(most))], name), None);
        assert_eq!(refusal(&[(name, &"a".repeat(most + 1))], name), Some((ErrorCode::InvalidRequest, "a parameter is too long")));
    }
}

#[test]
fn control_characters_are_refused_except_line_ends_in_json() {
    for bad in ["\0", "a\nb", "\u{7f}", "\u{85}"] {
        assert_eq!(refusal(&[("state", bad)], "state"), Some((ErrorCode::InvalidRequest, "a parameter holds control characters")));
    }
    assert_eq!(params(&[("claims", "{\r\n\t}")]).one("claims"), Ok(Some("{\r\n\t}")));
    assert!(refusal(&[("claims", "{\0}")], "claims").is_some());
}

#[test]
fn debug_shows_names_only() {
    assert_eq!(format!("{:?}", params(&[("client_secret", "s3cret")])), r#"["client_secret"]"#);
}

proptest! {
    #[test]
    fn any_pairs_can_be_taken_and_read(pairs in proptest::collection::vec((".{0,8}", ".{0,40}"), 0..20), name in ".{0,8}") {
        let params = Params::parse(pairs.clone());
        for name in pairs.iter().map(|(name, _)| name).chain([&name]) {
            let given: Vec<_> = pairs.iter().filter(|(key, value)| key == name && !value.is_empty()).collect();
            match params.one(name) {
                Ok(None) => prop_assert!(given.is_empty()),
                Ok(Some(value)) => prop_assert!(given.len() == 1 && given[0].1 == value && !value.chars().any(char::is_control)),
                Err(error) => prop_assert_eq!(error.code, ErrorCode::InvalidRequest),
            }
        }
    }
}
