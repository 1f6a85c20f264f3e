//! Reading the source as text: just enough of a tokeniser to see names without comments and strings.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One Rust file, tests cut off.
pub(super) struct Rust {
    /// From the root of the repository, with slashes.
    pub(super) path: String,
    /// Names, numbers, and punctuation one character each; `::` is one token.
    pub(super) tokens: Vec<String>,
    /// String literals.
    pub(super) strings: Vec<String>,
    /// Lines that hold code.
    pub(super) code: usize,
}

/// The repository.
pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, sorted; none when the folder is not there.
pub(super) fn files(folder: &str) -> Vec<String> {
    fn walk(at: &Path, found: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(at) else { return };
        for entry in entries.map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name());
            if name == "node_modules" || name == "target" {
                continue;
            }
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    found
}

/// Every Rust file below a folder, without the unit tests inside it.
pub(super) fn rust(folder: &str) -> Vec<Rust> {
    let sources = files(folder).into_iter().filter(|path| Path::new(path).extension().is_some_and(|kind| kind == "rs") && !path.ends_with("/tests.rs"));
    sources
        .map(|path| {
            let text = fs::read_to_string(root().join(&path)).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let (tokens, strings, code) = read(text);
            Rust { path, tokens, strings, code }
        })
        .collect()
}

/// Tokens, strings, and the number of lines that hold either.
fn read(text: &str) -> (Vec<String>, Vec<String>, usize) {
    let (mut tokens, mut strings) = (Vec::new(), Vec::new());
    let mut lines = std::collections::BTreeSet::new();
    let bytes: Vec<char> = text.chars().collect();
    let (mut at, mut line) = (0, 0);
    while let Some(&c) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        if c == '\n' {
            line += 1;
            at += 1;
        } else if c.is_whitespace() {
            at += 1;
        } else if c == '/' && next == Some('/') {
            while bytes.get(at).is_some_and(|c| *c != '\n') {
                at += 1;
            }
        } else if c == '/' && next == Some('*') {
            while at < bytes.len() && !(bytes[at] == '*' && bytes.get(at + 1) == Some(&'/')) {
                line += usize::from(bytes[at] == '\n');
                at += 1;
            }
            at += 2;
        } else if c == '"' || (c == 'r' && raw_string(&bytes, at).is_some()) {
            lines.insert(line);
            let (value, end) = string(&bytes, at);
            for within in 0..value.matches('\n').count() {
                lines.insert(line + within + 1);
            }
            line += value.matches('\n').count();
            strings.push(value);
            tokens.push("\"\"".to_owned());
            at = end;
        } else if c == '\'' && (next == Some('\\') || bytes.get(at + 2) == Some(&'\'')) {
            lines.insert(line);
            at += if next == Some('\\') { 2 } else { 1 };
            at += 1;
            while bytes.get(at).is_some_and(|c| *c != '\'') {
                at += 1;
            }
            at += 1;
        } else if c.is_alphanumeric() || c == '_' {
            lines.insert(line);
            let start = at;
            while bytes.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                at += 1;
            }
            tokens.push(bytes[start..at].iter().collect());
        } else if c == ':' && next == Some(':') {
            lines.insert(line);
            tokens.push("::".to_owned());
            at += 2;
        } else {
            lines.insert(line);
            tokens.push(c.to_string());
            at += 1;
        }
    }
    (tokens, strings, lines.len())
}

/// How many hashes, if a raw string begins here.
fn raw_string(bytes: &[char], at: usize) -> Option<usize> {
    if at > 0 && (bytes[at - 1].is_alphanumeric() || bytes[at - 1] == '_') {
        return None;
    }
    let hashes = bytes[at + 1..].iter().take_while(|c| **c == '#').count();
    (bytes.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}

/// The string literal that begins here, and where it ends.
fn string(bytes: &[char], at: usize) -> (String, usize) {
    if bytes[at] == 'r' {
        let hashes = raw_string(bytes, at).unwrap_or_default();
        let mut end = at + hashes + 2;
        let start = end;
        while end < bytes.len() && !(bytes[end] == '"' && bytes[end + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes) {
            end += 1;
        }
        return (bytes[start..end.min(bytes.len())].iter().collect(), end + hashes + 1);
    }
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != '"' {
        end += if bytes[end] == '\\' { 2 } else { 1 };
    }
    (bytes[at + 1..end.min(bytes.len())].iter().collect(), end + 1)
}

/// The rooms named by `crate::room` and `crate::{room::…, room}`.
pub(super) fn rooms_named(tokens: &[String]) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, window) in tokens.windows(3).enumerate() {
        if window[0] != "crate" || window[1] != "::" {
            continue;
        }
        if window[2] != "{" {
            rooms.push(window[2].clone());
            continue;
        }
        let (mut depth, mut first) = (0_usize, true);
        for token in &tokens[at + 2..] {
            match token.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                "," if depth == 1 => first = true,
                name => {
                    if depth == 1 && first {
                        rooms.push(name.to_owned());
                    }
                    first = false;
                }
            }
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}

/// Names at the root of a path (`sled::Db`, `::sled::Db`, `use sled;`), attributes included (`#[actix_web::main]`).
pub(super) fn crates_named(tokens: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_name = token.chars().next().is_some_and(char::is_alphabetic);
        if !is_name || tokens.get(at + 1).is_none_or(|next| next != "::") {
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map(String::as_str);
        let further = at.checked_sub(2).and_then(|at| tokens.get(at)).map(String::as_str);
        let inside_a_path = before == Some("::") && further.is_some_and(|name| name.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '>'));
        if !inside_a_path {
            names.push(token.clone());
        }
    }
    names
}

/// Names that other rooms can see.
pub(super) fn public_names(tokens: &[String]) -> Vec<String> {
    const KINDS: &[&str] = &["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "union"];
    tokens
        .windows(2)
        .filter(|pair| KINDS.contains(&pair[0].as_str()) && pair[1] != "fn" && pair[1].chars().next().is_some_and(char::is_alphabetic))
        .map(|pair| pair[1].clone())
        .collect()
}

/// `SessionCookie` and `session_cookie` are both two words.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        if c == '_' || (c.is_uppercase() && was_small) {
            words.push(String::new());
        }
        was_small = c.is_lowercase() || c.is_numeric();
        if c != '_' {
            words.last_mut().unwrap().extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Templates that a template extends, includes or imports.
pub(super) fn templates_named_in(path: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("templates").join(path)).unwrap();
    let mut named = Vec::new();
    for tag in text.split("{%").skip(1).filter_map(|rest| rest.split("%}").next()) {
        let tag = tag.trim_start_matches('-').trim_start();
        if ["extends", "include", "import", "from"].iter().any(|word| tag.starts_with(word)) {
            named.extend(tag.split(['"', '\'']).skip(1).step_by(2).take(1).map(ToOwned::to_owned));
        }
    }
    named
}

/// What stands between the placeholders of a route: `/ui/{journey}/{screen:.+}` has `/ui/` and `/`.
pub(super) fn literal_parts(pattern: &str) -> Vec<&str> {
    pattern.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).filter(|part| !part.is_empty()).collect()
}

/// Does the line hold these, one after the other, the last at the end of a word?
pub(super) fn holds_in_order(line: &str, parts: &[&str]) -> bool {
    let Some((last, before)) = parts.split_last() else { return true };
    let mut rest = line;
    for part in before {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    let ends = |after: &str| last.ends_with('/') || !after.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '/');
    rest.match_indices(last).any(|(at, _)| ends(&rest[at + last.len()..]))
}

#[test]
fn a_route_is_found_in_a_line_by_its_literal_parts() {
    let parts = literal_parts("/{tenant}/oauth2/v2.0/token");
    assert!(holds_in_order("fetch(`${url}/aubepine/oauth2/v2.0/token`)", &literal_parts("/{tenant}/oauth2/v2.0/token")));
    assert!(!holds_in_order("fetch(`${url}/aubepine/oauth2/v2.0/tokens`)", &parts));
    assert!(!holds_in_order("\"/v2.0/token\"", &parts));
}

#[test]
fn the_tokeniser_sees_names_and_not_comments_or_strings() {
    let (tokens, strings, code) =
        read("use crate::{model::A, /* crate::web */ values};\n// crate::boot\nlet s = \"crate::jobs\";\nlet r = r#\"a\"b\"#;\nlet c = 'x';\n");
    assert_eq!(rooms_named(&tokens), ["model", "values"]);
    assert_eq!(strings, ["crate::jobs", "a\"b"]);
    assert_eq!(code, 4);
    let (tokens, ..) = read("#[sled::test] fn f() { storage::sled::open(); ::tokio::spawn() }");
    assert_eq!(crates_named(&tokens), ["sled", "storage", "tokio"]);
    assert_eq!(words("SessionCookieV2"), ["session", "cookie", "v2"]);
}
