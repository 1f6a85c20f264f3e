//! Terms of use as a page shows them: a small part of Markdown, made into blocks that a template writes. Nothing an administrator typed is ever markup.

use serde::Serialize;

/// A run of text, perhaps a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// What is read.
    pub text: String,
    /// Where it leads; only to https and mail addresses.
    pub href: Option<String>,
}

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Written {
    /// A heading, from 1 down to 3.
    Heading {
        /// How deep.
        level: usize,
        /// What it says.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// What it says.
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Its entries.
        items: Vec<Vec<Run>>,
    },
}

/// Take a text apart: `#` to `###` begin headings, `- ` or `* ` entries of a list, an empty line ends a paragraph, `[words](https://…)` is a link. All else is what it
/// is.
#[must_use]
pub fn written(text: &str) -> Vec<Written> {
    let mut blocks = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        let heading = ["# ", "## ", "### "].iter().position(|mark| line.starts_with(mark));
        let entry = ["- ", "* "].iter().find_map(|mark| line.strip_prefix(mark));
        if line.is_empty() || heading.is_some() || entry.is_some() {
            close(&mut open, &mut blocks);
        }
        match (heading, entry) {
            (Some(depth), _) => blocks.push(Written::Heading { level: depth + 1, runs: runs(line.trim_start_matches('#').trim_start()) }),
            (None, Some(entry)) => match blocks.last_mut() {
                Some(Written::List { items }) => items.push(runs(entry)),
                _ => blocks.push(Written::List { items: vec![runs(entry)] }),
            },
            (None, None) if !line.is_empty() => open.push(line),
            (None, None) => {}
        }
    }
    close(&mut open, &mut blocks);
    blocks
}

fn close(open: &mut Vec<&str>, blocks: &mut Vec<Written>) {
    if !open.is_empty() {
        blocks.push(Written::Paragraph { runs: runs(&open.join(" ")) });
        open.clear();
    }
}

fn runs(text: &str) -> Vec<Run> {
    let plain = |text: &str| Run { text: text.to_owned(), href: None };
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((before, words, href, after)) = link(rest) {
        if !before.is_empty() {
            found.push(plain(before));
        }
        found.push(Run { text: words.to_owned(), href: Some(href.to_owned()) });
        rest = after;
    }
    if !rest.is_empty() {
        found.push(plain(rest));
    }
    found
}

/// The first link: what stands before it, its words, where it leads, and what follows.
fn link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (head, tail) = text.split_once("](")?;
    let (before, words) = head.rsplit_once('[')?;
    let (href, after) = tail.split_once(')')?;
    let is_fine = href.starts_with("https://") || href.starts_with("mailto:");
    (is_fine && !words.is_empty() && !href.chars().any(|c| c.is_whitespace() || c.is_control())).then_some((before, words, href, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<Run> {
        vec![Run { text: text.to_owned(), href: None }]
    }

    #[test]
    fn headings_paragraphs_lists_and_links_are_known_and_nothing_else_is() {
        let text = "# Objet\nUne ligne\net sa suite.\n\n- un\n- deux\n\n<b>gras</b> [ici](https://a.test/b) et [là](javascript:alert(1))";
        let end = vec![
            Run { text: "<b>gras</b> ".into(), href: None },
            Run { text: "ici".into(), href: Some("https://a.test/b".into()) },
            Run { text: " et [là](javascript:alert(1))".into(), href: None },
        ];
        assert_eq!(
            written(text),
            [
                Written::Heading { level: 1, runs: plain("Objet") },
                Written::Paragraph { runs: plain("Une ligne et sa suite.") },
                Written::List { items: vec![plain("un"), plain("deux")] },
                Written::Paragraph { runs: end },
            ]
        );
        assert!(written("").is_empty() && written("#pas un titre") == [Written::Paragraph { runs: plain("#pas un titre") }]);
    }
}
