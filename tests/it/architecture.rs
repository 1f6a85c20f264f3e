//! The plan of the house, held by tests: who may import whom, where the outside world may appear, how long a file may be, which names are banned.
//!
//! Each test names every place that breaks its rule, so one run shows all there is to mend.

mod source;

use std::{collections::BTreeSet, fs, path::Path};

use source::{Rust, files, root, rust};

/// The rooms, each may import only those before it. The same order stands in `src/lib.rs`.
const ROOMS: &[&str] = &["values", "model", "crypto", "protocol", "policy", "pages", "storage", "outside", "journey", "service", "web", "jobs", "boot"];

/// No I/O, no waiting, no log: what these hold is decided by arguments alone.
const PURE: &[&str] = &["values/", "model/", "protocol/", "policy/", "journey/plan.rs", "journey/table.rs"];

/// Crates that a pure room never names.
const IMPURE: &[&str] = &["actix_web", "actix_http", "actix_rt", "sled", "tokio", "tracing", "reqwest", "async_trait", "socket2"];

/// Crates that reach outside the process, and the rooms that may name them.
const OUTER: &[&str] = &["actix_web", "actix_http", "actix_rt", "sled", "reqwest"];
const OUTER_ROOMS: &[&str] = &["web", "storage", "outside", "boot"];

/// Names that say nothing.
const BANNED: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "handlers", "data", "info", "base"];

/// Lines of code in one file, tests aside.
const LONGEST: usize = 400;

/// Where addresses are mounted at the root.
const ROUTES: &[&str] = &["src/web/routes.rs", "src/web/api/mod.rs", "src/boot/demo/home.rs"];

/// Fails with one line for each breach.
#[track_caller]
fn none(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{rule}:\n  {}\n", breaches.join("\n  "));
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|name| *name == room)
}

/// The demo's relying application and its fixtures stand beside the rooms and are built by `boot` alone.
fn room_of(path: &str) -> Option<&str> {
    path.strip_prefix("src/")?.split_once('/').map(|(room, _)| room)
}

#[test]
fn a_room_imports_only_rooms_above_it() {
    let mut breaches = Vec::new();
    for Rust { path, tokens, .. } in rust("src") {
        let Some(room) = room_of(&path) else { continue };
        let Some(mine) = rank(room) else {
            breaches.push(format!("{path}: `{room}` is not a room; the rooms are {}", ROOMS.join(", ")));
            continue;
        };
        for other in source::rooms_named(&tokens) {
            match rank(&other) {
                Some(theirs) if theirs > mine => breaches.push(format!("{path}: `{room}` imports `crate::{other}`, which stands below it")),
                Some(_) => {}
                None => breaches.push(format!("{path}: `crate::{other}` is not a room")),
            }
        }
    }
    none("rooms import downwards only", &breaches);
}

#[test]
fn the_library_lists_the_rooms_in_their_order() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let listed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let expected: Vec<&str> = ROOMS.iter().copied().filter(|room| listed.contains(room)).collect();
    assert_eq!(listed, expected, "src/lib.rs is the map: only rooms, in layer order");
}

#[test]
fn a_pure_room_waits_for_nothing_and_logs_nothing() {
    let mut breaches = Vec::new();
    for Rust { path, tokens, .. } in rust("src") {
        let inside = path.trim_start_matches("src/");
        if !PURE.iter().any(|pure| inside.starts_with(pure)) {
            continue;
        }
        for name in source::crates_named(&tokens) {
            if IMPURE.contains(&name.as_str()) {
                breaches.push(format!("{path}: names `{name}`"));
            }
        }
        if tokens.iter().any(|token| token == "async" || token == "await") {
            breaches.push(format!("{path}: is async"));
        }
    }
    none("a pure room has no async, no I/O and no log", &breaches);
}

#[test]
fn only_the_outer_rooms_reach_outside_the_process() {
    let mut breaches = Vec::new();
    for Rust { path, tokens, .. } in rust("src") {
        let Some(room) = room_of(&path) else { continue };
        if OUTER_ROOMS.contains(&room) {
            continue;
        }
        for name in source::crates_named(&tokens) {
            if OUTER.contains(&name.as_str()) {
                breaches.push(format!("{path}: names `{name}`"));
            }
        }
    }
    none(&format!("the HTTP server, the store's engine and the HTTP client appear only in {}", OUTER_ROOMS.join(", ")), &breaches);
}

#[test]
fn no_file_is_longer_than_a_person_reads() {
    let mut breaches = Vec::new();
    for Rust { path, code, .. } in rust("src") {
        if code > LONGEST && !path.ends_with("/tests.rs") {
            breaches.push(format!("{path}: {code} lines of code"));
        }
    }
    none(&format!("a file has at most {LONGEST} lines of code, tests aside"), &breaches);
}

#[test]
fn no_name_says_nothing() {
    let mut breaches = Vec::new();
    for path in files("src").into_iter().chain(files("templates")).chain(files("tests")) {
        let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        if stem.split(['/', '_', '-', '.']).any(|word| BANNED.contains(&word)) {
            breaches.push(format!("{path}: the path"));
        }
    }
    for Rust { path, tokens, .. } in rust("src") {
        for name in source::public_names(&tokens) {
            let words = source::words(&name);
            if words.iter().any(|word| BANNED.contains(&word.as_str())) || name.starts_with("get_") {
                breaches.push(format!("{path}: `{name}`"));
            }
        }
    }
    none(&format!("banned in names: {}, get_", BANNED.join(", ")), &breaches);
}

fn is_template(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|kind| kind == "html" || kind == "txt")
}

/// Does this string of the code name a template? Text files are templates only as mail: the web has names such as `robots.txt`.
fn is_page(text: &str) -> bool {
    is_template(text) && !text.contains(['*', '{']) && (text.starts_with("mail/") || Path::new(text).extension().is_none_or(|kind| kind != "txt"))
}

#[test]
fn every_template_is_used_and_every_template_named_exists() {
    let on_disk: BTreeSet<String> = files("templates")
        .into_iter()
        .filter(|path| is_template(path) && !path.starts_with("templates/words/"))
        .map(|path| path.trim_start_matches("templates/").to_owned())
        .collect();
    let code: Vec<Rust> = rust("src");
    let named: BTreeSet<String> = code.iter().flat_map(|file| file.strings.iter()).filter(|text| is_page(text)).cloned().collect();
    let within: BTreeSet<String> = on_disk.iter().flat_map(|path| source::templates_named_in(path)).collect();
    let unused = on_disk.iter().filter(|path| !named.contains(*path) && !within.contains(*path)).map(|path| format!("templates/{path}: no page names it"));
    let missing = named.iter().chain(&within).filter(|path| !on_disk.contains(*path)).map(|path| format!("templates/{path}: named, and not there"));
    let breaches: Vec<String> = unused.chain(missing).collect();
    none("templates and pages answer each other", &breaches);
}

#[test]
fn every_screen_of_a_journey_has_its_page() {
    let steps: Vec<Rust> = rust("src/journey");
    if !root().join("src/journey/steps").exists() {
        return;
    }
    let breaches: Vec<String> = parvis::model::ScreenName::ALL
        .iter()
        .filter(|screen| {
            let variant = format!("{screen:?}");
            !steps.iter().any(|file| file.path.contains("/steps") && file.tokens.contains(&variant))
        })
        .map(|screen| format!("{}: no step names ScreenName::{screen:?}", screen.id()))
        .collect();
    none("every screen belongs to a step", &breaches);
}

#[test]
fn every_test_file_is_part_of_the_one_binary() {
    let mut breaches = Vec::new();
    for path in files("tests/it") {
        let Some(module) = path.trim_start_matches("tests/it/").strip_suffix(".rs") else { continue };
        if module == "main" {
            continue;
        }
        let (folder, name) = match module.strip_suffix("/mod").unwrap_or(module).rsplit_once('/') {
            Some((folder, name)) => (format!("tests/it/{folder}"), name),
            None => ("tests/it".to_owned(), module.strip_suffix("/mod").unwrap_or(module)),
        };
        let lists = [format!("{folder}/mod.rs"), format!("{folder}/main.rs"), format!("{folder}.rs")];
        let listed = lists.iter().filter_map(|list| fs::read_to_string(root().join(list)).ok()).any(|text| {
            let declared = format!("mod {name};");
            text.lines().any(|line| line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ") == declared)
        });
        if !listed {
            breaches.push(format!("{path}: no `mod {name};` in {}", lists.join(" or ")));
        }
    }
    none("a test file that nobody lists is never run", &breaches);
}

#[test]
fn every_address_is_walked_to_by_a_test() {
    let tests: Vec<String> = files("tests")
        .into_iter()
        .filter(|path| !path.starts_with("tests/it/architecture") && Path::new(path).extension().is_some_and(|kind| kind == "rs" || kind == "mjs"))
        .flat_map(|path| fs::read_to_string(root().join(path)).unwrap().lines().map(ToOwned::to_owned).collect::<Vec<_>>())
        .collect();
    let mut breaches = Vec::new();
    for Rust { path, strings, .. } in rust("src/web").into_iter().filter(|file| file.path.ends_with("/routes.rs")) {
        for pattern in strings.iter().filter(|text| text.starts_with('/') && text.len() > 1) {
            let parts = source::literal_parts(pattern);
            if !tests.iter().any(|line| source::holds_in_order(line, &parts)) {
                breaches.push(format!("{path}: `{pattern}` is in no test"));
            }
        }
    }
    none("every address appears in a test or a browser walk", &breaches);
}

#[test]
fn no_tenant_can_be_called_like_a_route() {
    let mut breaches = Vec::new();
    for Rust { path, strings, .. } in rust("src").into_iter().filter(|file| ROUTES.contains(&file.path.as_str())) {
        for first in strings.iter().filter_map(|text| text.strip_prefix('/')?.split('/').next()).filter(|first| !first.is_empty() && !first.starts_with('{')) {
            if !parvis::values::OWN_SEGMENTS.contains(&first) {
                breaches.push(format!("{path}: `/{first}`"));
            }
        }
    }
    none("the first segment of every route of ours stands in values::OWN_SEGMENTS", &breaches);
}
