use super::*;
use crate::{
    model::Subject,
    protocol::samples::{CAMILLE, issuer},
    values::Timestamp,
};

fn proof(what: Proved) -> Evidence {
    Evidence { subject: Subject { home: issuer().tenant, id: CAMILLE }, at: Timestamp(1), what }
}

#[test]
fn a_password_is_one_factor_said_once() {
    let proofs = [proof(Proved::Identified("camille".into())), proof(Proved::Password), proof(Proved::Password)];
    assert_eq!(strength(&proofs), Strength { acr: "1", amr: vec!["pwd"] });
}

#[test]
fn a_mailed_code_is_one_factor_alone_and_beside_a_password() {
    assert_eq!(strength(&[proof(Proved::MailCode)]), Strength { acr: "1", amr: vec!["otp"] });
    assert_eq!(strength(&[proof(Proved::MailCode), proof(Proved::Password)]), Strength { acr: "1", amr: vec!["pwd", "otp"] });
}

#[test]
fn what_only_allows_a_new_password_proves_nothing_else() {
    assert_eq!(strength(&[proof(Proved::MayReset), proof(Proved::NewPassword)]), Strength { acr: "0", amr: vec![] });
}

#[test]
fn no_proof_has_a_context_of_its_own_and_never_an_empty_one() {
    assert_eq!(strength(&[proof(Proved::Chosen)]), Strength { acr: "0", amr: vec![] });
}

#[test]
fn every_context_on_offer_is_one_that_a_sign_in_reaches() {
    assert_eq!(OFFERED, [strength(&[proof(Proved::Password)]).acr]);
}
