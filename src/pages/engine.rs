//! Templates and words, put together into a page.

use std::{
    fmt::{self, Write},
    sync::Arc,
};

use super::{Assets, Content, Frame, Page, files::Templates, words::Words};
use crate::values::{Fault, Locale, Timestamp};
use fluent_bundle::FluentValue;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, context,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde, ValueKind},
};

/// Renders every page. Made once, at start; one environment for each language, so that a template says `t('next')` and never in which language.
pub struct Pages {
    languages: Vec<(Arc<Words>, Environment<'static>)>,
    assets: Assets,
}

impl Pages {
    /// Read the templates and the words, and compile them all.
    ///
    /// # Errors
    /// A template or a file of words that cannot be read.
    pub fn new() -> Result<Self, Fault> {
        let assets = Assets::new()?;
        let mut languages = Vec::new();
        for &locale in Locale::ALL {
            let words = Arc::new(Words::of(locale)?);
            let environment = environment(&words, &assets)?;
            languages.push((words, environment));
        }
        Ok(Self { languages, assets })
    }

    /// A page, whole.
    ///
    /// # Errors
    /// A template that asks for what its page does not have: our fault, and a test's to find.
    pub fn render<P: Page>(&self, page: &P, frame: &Frame) -> Result<String, Fault> {
        self.render_content(&Content::of(page), frame)
    }

    /// The same, its type forgotten.
    ///
    /// # Errors
    /// As [`Pages::render`].
    pub fn render_content(&self, content: &Content, frame: &Frame) -> Result<String, Fault> {
        let (_, environment) = self.language(frame.lang)?;
        let failed = |error| Fault::because(format!("{} could not be rendered", content.template), error);
        let template = environment.get_template(content.template).map_err(failed)?;
        template.render(context! { frame => Serde(frame), ..content.value.clone() }).map_err(failed)
    }

    /// The letter that every mail is written on.
    pub(super) fn letter(&self, locale: Locale, parts: &impl serde::Serialize) -> Result<String, Fault> {
        const LETTER: &str = "mail/letter.html";
        let failed = |error| Fault::because(format!("{LETTER} could not be rendered"), error);
        let (_, environment) = self.language(locale)?;
        environment.get_template(LETTER).map_err(failed)?.render(Value::from(Serde(parts))).map_err(failed)
    }

    /// The sentences of a language.
    ///
    /// # Errors
    /// Never for a [`Locale`] of ours.
    pub fn words(&self, locale: Locale) -> Result<&Words, Fault> {
        self.language(locale).map(|(words, _)| words.as_ref())
    }

    /// Style, script and mark.
    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    fn language(&self, locale: Locale) -> Result<&(Arc<Words>, Environment<'static>), Fault> {
        self.languages.iter().find(|(words, _)| words.locale() == locale).ok_or_else(|| Fault::new(format!("no words in {locale:?}")))
    }
}

fn environment(words: &Arc<Words>, assets: &Assets) -> Result<Environment<'static>, Fault> {
    let mut environment = Environment::new();
    environment.set_syntax(
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(|error| Fault::because("the template syntax is not one", error))?,
    );
    // In debug mode an error carries the variables around it, and those hold tokens.
    environment.set_debug(false);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // By name, only `.html` would be escaped; whatever we render goes to a browser, and no template can switch it off.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, _, value| {
        if value.is_safe() { out.write_str(value.as_str().unwrap_or_default()) } else { escape(out, value) }.map_err(Error::from)
    });
    environment.add_global("assets", Value::from(Serde(assets.hrefs())));
    let saying = Arc::clone(words);
    environment.add_function("t", move |id: &str, given: Kwargs| sentence(&saying, id, &given));
    let complaining = Arc::clone(words);
    environment.add_function("sentence_of", move |complaint: Value| complaint_sentence(&complaining, &complaint));
    let dating = Arc::clone(words);
    environment.add_function("day", move |at: u64| dating.date(Timestamp(at)).map_err(refused));
    let timing = Arc::clone(words);
    environment.add_function("moment", move |at: u64| timing.moment(Timestamp(at)).map_err(refused));
    for (path, text) in Templates::texts()?.into_iter().filter(|(path, _)| !path.starts_with("words/")) {
        environment.add_template_owned(path.clone(), text).map_err(|error| Fault::because(format!("{path} does not compile"), error))?;
    }
    Ok(environment)
}

/// A value as text in markup or in a quoted attribute.
fn escape(out: &mut impl Write, value: &Value) -> fmt::Result {
    match value.as_str() {
        Some(text) => escape_text(out, text),
        None => escape_text(out, &value.to_string()),
    }
}

/// Nor can a value turn the direction of what stands after it.
fn escape_text(out: &mut impl Write, text: &str) -> fmt::Result {
    let is_special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut written = 0;
    for (at, special) in text.match_indices(is_special) {
        out.write_str(text.get(written..at).unwrap_or_default())?;
        out.write_str(match special {
            "&" => "&amp;",
            "<" => "&lt;",
            ">" => "&gt;",
            "\"" => "&quot;",
            "'" => "&#39;",
            _ => "",
        })?;
        written = at + special.len();
    }
    out.write_str(text.get(written..).unwrap_or_default())
}

/// `t('id', name=value)`: a sentence. An argument that is markup already (a link made by a macro) stays markup; everything else is escaped, the sentence included.
fn sentence(words: &Words, id: &str, given: &Kwargs) -> Result<Value, Error> {
    let names: Vec<&str> = given.args().collect();
    if names.is_empty() {
        return words.plain(id).map(Value::from).map_err(refused);
    }
    let (mut said, mut markup) = (Vec::with_capacity(names.len()), Vec::new());
    for name in names {
        let value: Value = given.get(name)?;
        if value.is_safe() {
            let place = place_of(markup.len());
            said.push((name, FluentValue::from(place.to_string())));
            markup.push((place, value));
        } else {
            said.push((name, spoken(name, &value)?));
        }
    }
    let text = words.say(id, said).map_err(refused)?;
    if markup.is_empty() {
        return Ok(Value::from(text));
    }
    let mut html = String::with_capacity(text.len() + 64);
    escape_text(&mut html, &text).map_err(Error::from)?;
    for (place, value) in markup {
        html = html.replace(place, value.as_str().unwrap_or_default());
    }
    Ok(Value::from_safe_string(html))
}

/// A character of the private use area, which no sentence holds: it keeps the place of markup while the sentence is escaped.
fn place_of(index: usize) -> char {
    u32::try_from(index).ok().and_then(|index| char::from_u32(0xE000 + index)).unwrap_or('\u{E000}')
}

/// `sentence_of(complaint)`: the sentence of a [`Complaint`](super::Complaint), its fields as arguments. `field` is said by the field's label; an argument that is absent
/// chooses the sentence's variant `.without-{argument}`.
fn complaint_sentence(words: &Words, complaint: &Value) -> Result<Value, Error> {
    let mut id = complaint.get_attr("id")?.as_str().unwrap_or_default().to_ascii_lowercase();
    let args = complaint.get_attr("args")?;
    let mut said: Vec<(String, FluentValue<'static>)> = Vec::new();
    if args.kind() == ValueKind::Map {
        for name in args.try_iter()? {
            let value = args.get_item(&name)?;
            let name = name.to_string();
            if value.is_none() {
                id = format!("{id}.without-{name}");
            } else if name == "field" {
                let label = words.plain(&format!("label-{value}")).map_err(refused)?;
                said.push((name, FluentValue::from(label.to_string())));
            } else {
                let value = spoken(&name, &value)?;
                said.push((name, value));
            }
        }
    }
    words.say(&id, said.iter().map(|(name, value)| (name.as_str(), value.clone()))).map(Value::from).map_err(refused)
}

/// A value of a template as an argument of a sentence.
fn spoken(name: &str, value: &Value) -> Result<FluentValue<'static>, Error> {
    match value.kind() {
        ValueKind::Number => Ok(FluentValue::from(f64::try_from(value.clone())?)),
        ValueKind::String | ValueKind::Bool => Ok(FluentValue::from(value.to_string())),
        kind => Err(Error::new(ErrorKind::InvalidOperation, format!("{name:?} cannot be said: it is {kind}"))),
    }
}

fn refused(fault: Fault) -> Error {
    Error::new(ErrorKind::InvalidOperation, fault.to_string())
}
