use super::*;

/// The key of RFC 7638 §3.1.
const N: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

#[test]
fn a_key_is_named_by_its_thumbprint() {
    let (n, e) = (URL_SAFE_NO_PAD.decode(N).unwrap(), [1, 0, 1]);
    assert_eq!(PublicParts::Rsa { n: &n, e: &e }.thumbprint().0, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[test]
fn a_key_is_for_one_algorithm_of_its_kind() {
    let rsa = json!({ "kty": "RSA", "n": N, "e": "AQAB" });
    let fitting = |jwk: &Value| Algorithm::ALL.iter().copied().filter(|algorithm| VerifyingKey::from_jwk(jwk, *algorithm).is_some()).collect::<Vec<_>>();
    assert_eq!(fitting(&rsa), [Algorithm::Rs256, Algorithm::Ps256]);
    let with = |name: &str, value: Value| {
        let mut jwk = rsa.clone();
        jwk[name] = value;
        jwk
    };
    assert_eq!(fitting(&with("alg", json!("PS256"))), [Algorithm::Ps256]);
    for spoilt in [
        with("alg", json!("RS512")),
        with("use", json!("enc")),
        with("d", json!("x")),
        with("kty", json!("oct")),
        with("n", json!("!")),
        with("n", Value::Null),
    ] {
        assert_eq!(fitting(&spoilt), [], "{spoilt}");
    }
    // RFC 8037 A.2, and a point that is on no curve.
    assert_eq!(fitting(&json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" })), [Algorithm::EdDsa]);
    assert_eq!(fitting(&json!({ "kty": "EC", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode([1; 32]), "y": URL_SAFE_NO_PAD.encode([1; 32]) })), []);
}

#[test]
fn der_lengths_are_read_and_nonsense_is_not() {
    assert_eq!(tagged(0x02, &[0x02, 0x01, 0x07, 0x09]), Some((&[7_u8][..], &[9_u8][..])));
    assert_eq!(tagged(0x02, &[0x02, 0x81, 0x01, 0x07]), Some((&[7_u8][..], &[][..])));
    for broken in [&[][..], &[0x02], &[0x02, 0x02, 0x01], &[0x30, 0x00], &[0x02, 0x80], &[0x02, 0x82, 0x01], &[0x02, 0x84, 0, 0, 0, 1, 7]] {
        assert_eq!(tagged(0x02, broken), None, "{broken:?}");
    }
}
