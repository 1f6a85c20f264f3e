//! The server asks the provider that the command line named, with the secret that came in by standard input.

use std::{io::Write as _, process::Stdio};

use reqwest::{Method, Url};
use serde_json::json;

use super::served::{Served, http, program};
use crate::{
    harness::Person,
    logout::receiver::{Receiver, Reply},
};

const SECRET: &str = "known to both alone";

fn names(served: &Served, provider: &str) {
    let changes = [
        &format!("captcha.verify_url={provider}"),
        "captcha.script_url=https://captcha.example/api.js",
        "captcha.widget=h-captcha",
        "captcha.site_key=aubepine",
        "check_after_mails=0",
        "sign_up=open",
    ];
    let mut command = program();
    command.args(["setting", "update", "--captcha-secret-stdin", "--json"]).args(changes).arg("--data").arg(served.data());
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(format!("{SECRET}\n").as_bytes()).unwrap();
    let done = running.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("h-captcha") && !said.contains(SECRET), "{said}");
}

#[tokio::test]
async fn the_provider_that_the_command_line_named_is_asked() {
    let provider = Receiver::start(Reply::Said(r#"{"success":true}"#)).await;
    let served = Served::start(&["--outgoing-loopback", "captcha"]);
    names(&served, &provider.url("/siteverify"));
    let home: Url = served.said.iter().find_map(|line| line.strip_prefix("public URL ")).unwrap().parse().unwrap();
    let mut lea = Person::at(&home, http());
    let mut seen = lea.opens("/account").await;
    for (button, filled) in [("signup", &[][..]), ("next", &[("email", "lea@courriel.test")]), ("next", &[("h-captcha-response", "a token")])] {
        seen = lea.presses(&seen, button, filled).await;
    }
    assert_eq!((seen.screen(), seen.errors()), (Some("S-SIGNUP-CODE"), vec![]));
    let asked = provider.requests();
    assert!(asked.len() == 1 && asked[0].starts_with("secret=known+to+both+alone&response=a+token"), "{asked:?}");
    let shown = served.api(Method::GET, "/tenants/default/settings").send().await.unwrap().json::<serde_json::Value>().await.unwrap();
    assert_eq!((&shown["captcha"]["site_key"], shown["captcha"].get("secret")), (&json!("aubepine"), None));
    assert!(served.stop().0.success());
}

#[tokio::test]
async fn a_provider_on_this_machine_is_not_asked_unless_the_configuration_says_so() {
    let provider = Receiver::start(Reply::Said(r#"{"success":true}"#)).await;
    let served = Served::start(&[]);
    names(&served, &provider.url("/siteverify"));
    let home: Url = served.said.iter().find_map(|line| line.strip_prefix("public URL ")).unwrap().parse().unwrap();
    let mut lea = Person::at(&home, http());
    let mut seen = lea.opens("/account").await;
    for (button, filled) in [("signup", &[][..]), ("next", &[("email", "lea@courriel.test")]), ("next", &[("h-captcha-response", "a token")])] {
        seen = lea.presses(&seen, button, filled).await;
    }
    assert!(seen.screen() == Some("S-CHECK") && seen.html.contains("data-challenge"), "the machine works in its place");
    assert_eq!(provider.connections(), 0);
}
