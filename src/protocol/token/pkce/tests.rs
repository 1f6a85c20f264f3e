use super::*;

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn code(challenge: Option<&str>, verifier: Option<&str>) -> Option<ErrorCode> {
    check(challenge, verifier).err().map(|error| error.code)
}

#[test]
fn the_example_of_the_specification_passes() {
    assert_eq!(code(Some(CHALLENGE), Some(VERIFIER)), None);
    assert_eq!(code(None, None), None);
}

#[test]
fn a_verifier_has_43_to_128_characters_of_few_kinds() {
    for text in ["x".repeat(42), "x".repeat(129), format!("{} ", "x".repeat(43)), format!("{}é", "x".repeat(43)), String::new()] {
        assert_eq!(code(Some(CHALLENGE), Some(&text)), Some(ErrorCode::InvalidRequest), "{text}");
    }
    for length in [43, 128] {
        assert_eq!(code(Some(CHALLENGE), Some(&"x".repeat(length))), Some(ErrorCode::InvalidGrant));
    }
}

#[test]
fn a_challenge_is_not_its_own_verifier_and_neither_stands_alone() {
    assert_eq!(code(Some(CHALLENGE), Some(CHALLENGE)), Some(ErrorCode::InvalidGrant));
    assert_eq!(code(Some(CHALLENGE), None), Some(ErrorCode::InvalidRequest));
    assert_eq!(code(None, Some(VERIFIER)), Some(ErrorCode::InvalidGrant));
}
