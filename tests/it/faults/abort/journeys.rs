//! What leads to an application or into the portal.

use super::{
    Act, BASILE, CAMILLE, Errand, LEA, LOU, NADIA, NEW_PASSWORD, press,
    run::at_every_commit,
    stage::{peopled, ready},
    usual,
};
use crate::harness::Seen;

/// The client got a code.
fn is_back(seen: &Seen) {
    assert!(seen.parameter("code").is_some(), "{seen:?}");
}

/// J01, J17, J18, J19: an account is made on the way to an application, with all that the organisation asks of who is new.
const SIGN_UP: Errand = Errand {
    begins: |stage| stage.authorize(),
    who: None,
    over: None,
    gone: "E-TXN",
    address: LEA,
    does: |seen, at| match seen.screen()? {
        "S-SIGNIN-ID" if !at.has_account() => Some(press("signup", &[])),
        "S-SIGNIN-PW" => Some(press("next", &[("password", NEW_PASSWORD)])),
        _ => usual(seen, at),
    },
    again: &["S-SIGNIN-ID"],
    done: |at, seen| {
        is_back(seen);
        let account = at.account();
        assert_eq!(account["profile"]["given_name"], "Léa", "{account}");
        let companies = at.served.cli_json(&["company", "list"]);
        assert_eq!(companies.as_array().map(Vec::len), Some(1), "{companies}");
        assert_eq!(at.served.cli_json(&["terms", "report", "cgu"])["versions"][0]["shown"], 1);
    },
};

/// J04, J31: somebody signs in and agrees.
const SIGN_IN: Errand = Errand { address: CAMILLE, does: usual, again: &["S-SIGNIN-ID", "S-SIGNIN-PW"], done: |_, seen| is_back(seen), ..SIGN_UP };

/// J06, J31: somebody signs in by a mailed code.
const BY_CODE: Errand = Errand {
    does: |seen, at| match seen.screen()? {
        // Another code would have to wait for a while.
        "S-SIGNIN-PW" if !at.was_mailed() => Some(press("code", &[])),
        _ => usual(seen, at),
    },
    again: &["S-SIGNIN-ID", "S-SIGNIN-PW", "S-SIGNIN-OTP"],
    ..SIGN_IN
};

/// J29: somebody forgot the password, chooses another, and is in.
const RESET: Errand = Errand {
    begins: |_| "/account/reset".to_owned(),
    over: Some("/account"),
    does: |seen, at| match seen.screen()? {
        "S-RESET" => Some(press("send", &[("identifier", CAMILLE)])),
        "S-RESET-NEW" => Some(press("save", &[("new_password", NEW_PASSWORD), ("signout_all", "yes")])),
        "S-RESET-DONE" => Some(press("continue", &[])),
        "S-SIGNIN-PW" => Some(press("next", &[("password", NEW_PASSWORD)])),
        _ => usual(seen, at),
    },
    done: |_, seen| assert_eq!(seen.screen(), Some("S-ME-HOME"), "{:?}", seen.errors()),
    ..SIGN_IN
};

/// J30: a password that was set for once is changed before anything else.
const FORCED: Errand = Errand {
    begins: |_| "/account".to_owned(),
    over: Some("/account"),
    address: BASILE,
    does: |seen, at| match seen.screen()? {
        "S-PW-FORCED" => Some(press("save", &[("new_password", NEW_PASSWORD)])),
        "S-SIGNIN-PW" if at.happened("default", "password.changed") > 0 => Some(press("next", &[("password", NEW_PASSWORD)])),
        _ => usual(seen, at),
    },
    done: |at, seen| {
        assert_eq!(seen.screen(), Some("S-ME-HOME"), "{:?}", seen.errors());
        assert_eq!(at.happened("default", "password.changed"), 1);
    },
    ..SIGN_IN
};

/// J13: somebody is invited by name, and makes an account.
const INVITED: Errand = Errand {
    begins: |stage| stage.invited[LEA].clone(),
    does: |seen, at| match seen.screen()? {
        "S-SIGNIN-PW" => Some(press("next", &[("password", NEW_PASSWORD)])),
        _ => usual(seen, at),
    },
    again: &["S-INV"],
    done: |at, seen| {
        // Whoever was not told that it was done finds the invitation used, and the account theirs.
        assert!(matches!(seen.screen(), Some("S-ME-HOME" | "S-INV-USED")), "{seen:?}");
        assert_eq!(at.invitation(LEA)["state"], "redeemed");
        let account = at.account();
        assert_eq!(account["profile"]["family_name"], "Morvan", "{account}");
    },
    ..SIGN_UP
};

/// J14: somebody is invited who has an account already.
const INVITED_AGAIN: Errand = Errand {
    begins: |stage| stage.invited[LOU].clone(),
    address: LOU,
    does: usual,
    again: &["S-INV", "S-SIGNIN-ID", "S-SIGNIN-PW"],
    done: |at, seen| {
        assert!(matches!(seen.screen(), Some("S-ME-HOME" | "S-INV-USED")), "{seen:?}");
        assert_eq!(at.invitation(LOU)["state"], "redeemed");
        assert_eq!(at.happened("default", "invitation.redeemed"), 1);
        assert_eq!(at.happened("personal", "account.created"), 2, "no other account was made");
    },
    ..SIGN_UP
};

/// J43: somebody lost the link.
const LOST: Errand = Errand {
    begins: |stage| format!("/i/lost/{}", stage.slug),
    does: |seen, at| match seen.screen()? {
        "S-INV-LOST" if seen.parameter("sent").is_none() => Some(press("send", &[("email", at.errand.address)])),
        _ => None,
    },
    again: &["S-INV-LOST"],
    done: |at, seen| {
        assert_eq!((seen.screen(), seen.parameter("sent").as_deref()), (Some("S-INV-LOST"), Some("1")));
        assert_eq!(at.link("/i/"), at.stage.invited[LEA], "it is the link that was lost");
    },
    ..SIGN_UP
};

/// J17, J18: the organisation's statement and its terms are new since the last time.
const ASKED_AGAIN: Errand = Errand {
    who: Some("nadia"),
    address: NADIA,
    does: usual,
    again: &[],
    done: |at, seen| {
        is_back(seen);
        assert_eq!(at.happened("default", "consent.org_granted"), 2);
        let versions = at.served.cli_json(&["terms", "report", "cgu"]);
        let accepted: Vec<_> = versions["versions"].as_array().unwrap().iter().map(|version| &version["shown"]).collect();
        assert_eq!(accepted, [1, 1], "{versions}");
    },
    ..SIGN_UP
};

/// M-013: a machine works before a mail goes out.
const CHECKED: Errand = Errand {
    does: |seen, at| match seen.screen()? {
        "S-CHECK" => {
            let challenge = seen.html.split_once("data-challenge=\"").unwrap().1.split('"').next().unwrap();
            let is_paid = |number: &String| parvis::policy::check::is_paid(&parvis::crypto::sha256(format!("{challenge}:{number}").as_bytes()), 8);
            let solution = (0u32..1_000_000).map(|number| number.to_string()).find(is_paid).unwrap();
            Some(press("next", &[("solution", &solution)]))
        }
        "S-SIGNIN-ID" => Some(press("signup", &[])),
        "S-SIGNUP-CODE" => None,
        _ => usual(seen, at),
    },
    done: |at, seen| {
        assert_eq!(seen.screen(), Some("S-SIGNUP-CODE"), "{:?}", seen.errors());
        assert!(!at.code().is_empty() && !at.has_account());
    },
    ..SIGN_UP
};

/// M-013: the same without a script, by a link.
const CHECKED_BY_LINK: Errand = Errand {
    does: |seen, at| match seen.screen()? {
        "S-CHECK" if seen.html.contains("value=\"mail\"") => Some(press("mail", &[])),
        "S-CHECK" if seen.html.contains("id=\"otherwise\"") => Some(Act::Elsewhere(at.link("/ui/check/"), "confirm")),
        "S-CHECK" => Some(press("next", &[("solution", "")])),
        _ => (CHECKED.does)(seen, at),
    },
    again: &["S-SIGNIN-ID", "S-CHECK"],
    ..CHECKED
};

#[tokio::test]
async fn j01_a_sign_up_goes_on_after_every_crash() {
    at_every_commit("sign-up", &SIGN_UP, &ready().await).await;
}

#[tokio::test]
async fn j04_j06_a_sign_in_by_password_and_by_code_goes_on_after_every_crash() {
    let stage = ready().await;
    at_every_commit("sign-in", &SIGN_IN, &stage).await;
    at_every_commit("sign-in by code", &BY_CODE, &stage).await;
}

#[tokio::test]
async fn j29_j30_a_reset_and_a_forced_change_go_on_after_every_crash() {
    let stage = ready().await;
    at_every_commit("reset", &RESET, &stage).await;
    at_every_commit("forced change", &FORCED, &stage).await;
}

#[tokio::test]
async fn j13_j14_j43_an_invitation_goes_on_after_every_crash() {
    let stage = ready().await;
    at_every_commit("invitation", &INVITED, &stage).await;
    at_every_commit("invitation with an account", &INVITED_AGAIN, &stage).await;
    at_every_commit("lost link", &LOST, &stage).await;
}

#[tokio::test]
async fn m_013_a_check_goes_on_after_every_crash() {
    let stage = ready().await.with(serde_json::json!({"check_after_mails": 0, "check_bits": 8})).await;
    at_every_commit("check", &CHECKED, &stage).await;
    at_every_commit("check by link", &CHECKED_BY_LINK, &stage).await;
}

#[tokio::test]
async fn j17_j18_what_is_asked_again_later_goes_on_after_every_crash() {
    at_every_commit("asked again", &ASKED_AGAIN, &peopled().await).await;
}
