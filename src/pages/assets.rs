//! What a page brings along: a style sheet, a script, a mark. Each is addressed by its content, so a browser may keep it for ever.

use serde::Serialize;

use super::files::Templates;
use crate::values::Fault;

/// One file as it is served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its path on the server.
    pub path: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub body: String,
}

/// All of them.
#[derive(Clone, Debug)]
pub struct Assets {
    /// Style, for every page.
    pub css: Asset,
    /// Style, for the portal: nobody who only signs in is sent it.
    pub portal: Asset,
    /// Style, for the consoles, beside that of the portal.
    pub admin: Asset,
    /// Script: nothing needs it.
    pub js: Asset,
    /// Script of the page on which a company is made.
    pub company: Asset,
    /// Script of the page that checks.
    pub check: Asset,
    /// The mark in the browser's tab.
    pub icon: Asset,
}

/// Where a page finds them.
#[derive(Serialize)]
pub(super) struct Hrefs<'a> {
    css: &'a str,
    portal: &'a str,
    admin: &'a str,
    js: &'a str,
    company: &'a str,
    check: &'a str,
    icon: &'a str,
}

/// Style without its comments and needless spaces: written to be read, sent to be small.
fn squeezed(mut css: Asset) -> Asset {
    let mut small = String::with_capacity(css.body.len());
    for part in css.body.split("*/") {
        for word in part.split_once("/*").map_or(part, |(style, _)| style).split_whitespace() {
            let joins = small.ends_with(['{', '}', ';', ',', ':']) || word.starts_with(['{', '}']);
            if !small.is_empty() && !joins {
                small.push(' ');
            }
            if word.starts_with('}') && small.ends_with(';') {
                small.pop();
            }
            small.push_str(word);
        }
    }
    css.body = small;
    css
}

/// Script without the lines that are comments.
fn bare(mut js: Asset) -> Asset {
    js.body = js.body.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    js
}

impl Assets {
    /// Read and address them.
    ///
    /// # Errors
    /// One is missing.
    pub fn new() -> Result<Self, Fault> {
        let asset = |name: &str, parts: &[&str], media_type| {
            let (mut body, mut mark) = (String::new(), String::new());
            for part in parts {
                body.push_str(&Templates::text(part)?);
                mark.push_str(&Templates::fingerprint(part)?);
            }
            let (stem, kind) = name.split_once('.').unwrap_or((name, ""));
            Ok::<_, Fault>(Asset { path: format!("/assets/{stem}.{mark}.{kind}"), media_type, body })
        };
        Ok(Self {
            css: squeezed(asset("parvis.css", &["assets/tokens.css", "assets/parvis.css"], "text/css; charset=utf-8")?),
            portal: squeezed(asset("portal.css", &["assets/portal.css"], "text/css; charset=utf-8")?),
            admin: squeezed(asset("admin.css", &["assets/admin.css"], "text/css; charset=utf-8")?),
            js: bare(asset("parvis.js", &["assets/parvis.js"], "text/javascript; charset=utf-8")?),
            company: asset("company.js", &["assets/company.js"], "text/javascript; charset=utf-8")?,
            check: asset("check.js", &["assets/check.js"], "text/javascript; charset=utf-8")?,
            icon: asset("parvis.svg", &["assets/mark.svg"], "image/svg+xml")?,
        })
    }

    /// The one at this path.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Asset> {
        [&self.css, &self.portal, &self.admin, &self.js, &self.company, &self.check, &self.icon].into_iter().find(|asset| asset.path == path)
    }

    pub(super) fn hrefs(&self) -> Hrefs<'_> {
        Hrefs {
            css: &self.css.path,
            portal: &self.portal.path,
            admin: &self.admin.path,
            js: &self.js.path,
            company: &self.company.path,
            check: &self.check.path,
            icon: &self.icon.path,
        }
    }
}
