//! One errand and one crash.

use std::collections::BTreeSet;

use super::{Act, At, Errand, home, stage::Stage};
use crate::{
    boot::served::Served,
    harness::{Person, Seen, Silence},
};

/// Walk on from a page until the errand is done or the server is gone; what was answered, and that it was acknowledged, is noted, and where they were last.
async fn walk(person: &mut Person, at: &At<'_>, mut seen: Seen, (answered, last): (&mut Vec<String>, &mut String)) -> Result<Seen, Silence> {
    for _ in 0..40 {
        seen.url.path().clone_into(last);
        let Some(screen) = seen.screen().map(str::to_owned) else { return Ok(seen) };
        let Some(act) = (at.errand.does)(&seen, at) else { return Ok(seen) };
        match act {
            Act::Press(button, filled) => {
                let filled: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (*name, value.as_str())).collect();
                seen = person.tries_to_press(&seen, button, &filled).await?;
                assert_eq!(seen.errors(), [] as [&str; 0], "{screen} refused it at {}, after {answered:?}", seen.url);
                answered.push(screen);
            }
            Act::Open(path) => {
                last.clone_from(&path);
                seen = person.tries_to_open(&path).await?;
            }
            Act::Elsewhere(path, button) => {
                let mut other = at.stage.person(None, at.served);
                let there = other.tries_to_open(&path).await?;
                if there.html.contains(&format!("value=\"{button}\"")) {
                    other.tries_to_press(&there, button, &[]).await?;
                }
                seen = person.tries_to_open(last).await?;
            }
        }
    }
    panic!("no end of it: {answered:?}, now at {}", seen.url)
}

/// The errand with an end of the server at one commit. Was there such a commit?
async fn crashes(errand: &Errand, stage: &Stage, abort: &str) -> bool {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    stage.copy_to(&data);
    let begins = (errand.begins)(stage);
    let served = Served::start_in(&data, &["--abort-at", abort]);
    let mut person = stage.person(errand.who, &served);
    let (mut before, mut last) = (Vec::new(), begins.clone());
    let at = At { served: &served, errand, stage };
    let first = match person.tries_to_open(&begins).await {
        Ok(seen) => walk(&mut person, &at, seen, (&mut before, &mut last)).await,
        Err(silence) => Err(silence),
    };
    if let Ok(seen) = first {
        (errand.done)(&at, &seen);
        assert!(served.stop().0.success());
        return false;
    }
    let (status, _) = served.ended();
    assert!(!status.success(), "it ended at {abort}");

    let served = Served::start_in(&data, &[]);
    person.moves_to(&home(&served));
    let at = At { served: &served, errand, stage };
    let mut after = Vec::new();
    // They load the page again on which nobody answered. A journey that came to its end has no page: then they come once more from where they came.
    let mut seen = person.opens(&last).await;
    if seen.screen() == Some("S-ERROR") {
        assert_eq!(seen.errors(), [errand.gone], "{abort}: after {before:?}");
        seen = person.opens(errand.over.unwrap_or(&begins)).await;
    }
    let seen = walk(&mut person, &at, seen, (&mut after, &mut last)).await.unwrap();
    (errand.done)(&at, &seen);
    let done: BTreeSet<&String> = before.iter().filter(|screen| !errand.again.contains(&screen.as_str())).collect();
    let twice: Vec<&String> = after.iter().filter(|screen| done.contains(screen)).collect();
    assert!(twice.is_empty(), "{abort}: {twice:?} asked again; before {before:?}, after {after:?}");
    let verified = served.cli(&["audit", "verify"]);
    assert!(verified.status.success(), "{abort}: {}", String::from_utf8_lossy(&verified.stdout));
    assert!(served.stop().0.success());
    true
}

/// At every commit, on both sides of it.
pub(super) async fn at_every_commit(name: &str, errand: &Errand, stage: &Stage) {
    let mut commits = 0;
    while crashes(errand, stage, &format!("before:{}", commits + 1)).await {
        commits += 1;
    }
    assert!(commits > 0, "{name} commits");
    for commit in 1..=commits {
        assert!(crashes(errand, stage, &format!("after:{commit}")).await, "{name} has its commit {commit} each time");
    }
    println!("{name}: {commits} commits, ended on both sides of each of them");
}
