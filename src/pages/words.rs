//! Every sentence, in every language.
//!
//! A sentence that is missing, or given too little or too much, is an error and never a blank: the tests say each of them aloud, so a page that leaves the house is whole.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    sync::Arc,
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use super::files::Templates;
use crate::values::{Fault, Locale};

/// The name of the argument that is a number of seconds and reads as a time to wait: «30 secondes», “2 minutes”.
const SECONDS: &str = "seconds";

/// The sentences of one language.
pub struct Words {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
    /// What each sentence must be given, by its id.
    wants: HashMap<String, BTreeSet<String>>,
    /// Those that want nothing, said once and for all.
    plain: HashMap<String, Arc<str>>,
}

impl Words {
    /// All sentences of a language, read from `words/{language}/`.
    ///
    /// # Errors
    /// A file that is no Fluent, or an id that stands twice.
    pub fn of(locale: Locale) -> Result<Self, Fault> {
        let language = locale.tag().parse().map_err(|error| Fault::because("a language tag is not one", error))?;
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The marks that keep a name's direction from spilling over would stand in titles, attributes and tests; both languages here run left to right.
        bundle.set_use_isolating(false);
        let mut wants = HashMap::new();
        let folder = format!("words/{}/", locale.tag());
        for (path, text) in Templates::texts()?.into_iter().filter(|(path, _)| path.starts_with(&folder)) {
            wants.extend(arguments_named(&text));
            let sentences = FluentResource::try_new(text).map_err(|(_, errors)| Fault::new(format!("{path} is no Fluent: {errors:?}")))?;
            bundle.add_resource(sentences).map_err(|errors| Fault::new(format!("{path} says something twice: {errors:?}")))?;
        }
        let mut words = Self { locale, bundle, wants, plain: HashMap::new() };
        let silent: Vec<String> = words.wants.iter().filter(|(_, wants)| wants.is_empty()).map(|(id, _)| id.clone()).collect();
        for id in silent {
            let said = Arc::from(words.format(&id, &FluentArgs::new())?);
            words.plain.insert(id, said);
        }
        Ok(words)
    }

    /// The language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// Every id, attributes as `id.attribute`, with what it wants. For tests.
    pub fn ids(&self) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        self.wants.iter().map(|(id, wants)| (id.as_str(), wants))
    }

    /// Is there such a sentence?
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.wants.contains_key(id)
    }

    /// A sentence that wants nothing.
    ///
    /// # Errors
    /// There is none, or it wants something.
    pub fn plain(&self, id: &str) -> Result<Arc<str>, Fault> {
        self.plain.get(id).cloned().ok_or_else(|| Fault::new(format!("no sentence {id:?} without arguments in {:?}", self.locale)))
    }

    /// A sentence that wants one name.
    ///
    /// # Errors
    /// There is none, or it wants something else.
    pub fn naming(&self, id: &str, argument: &str, name: &str) -> Result<String, Fault> {
        self.say(id, [(argument, FluentValue::from(name.to_owned()))])
    }

    /// A sentence with its arguments. An argument named `seconds` is said as a time to wait.
    ///
    /// # Errors
    /// There is none, or what it is given is not what it wants.
    pub fn say<'a>(&self, id: &str, given: impl IntoIterator<Item = (&'a str, FluentValue<'a>)>) -> Result<String, Fault> {
        let mut args = FluentArgs::new();
        let mut names = BTreeSet::new();
        for (name, value) in given {
            names.insert(name);
            match value {
                FluentValue::Number(seconds) if name == SECONDS => args.set(name, self.wait(seconds.value)?),
                value => args.set(name, value),
            }
        }
        let wants = self.wants.get(id).ok_or_else(|| Fault::new(format!("no sentence {id:?} in {:?}", self.locale)))?;
        if !names.iter().copied().eq(wants.iter().map(String::as_str)) {
            return Err(Fault::new(format!("{id:?} in {:?} wants {wants:?} and was given {names:?}", self.locale)));
        }
        self.format(id, &args)
    }

    /// How long to wait, rounded up to what people say: seconds under a minute, minutes up to an hour, hours.
    fn wait(&self, seconds: f64) -> Result<String, Fault> {
        let (id, unit) = match seconds {
            s if s < 60.0 => ("wait-seconds", 1.0),
            s if s <= 3600.0 => ("wait-minutes", 60.0),
            _ => ("wait-hours", 3600.0),
        };
        self.say(id, [("n", FluentValue::from((seconds / unit).ceil()))])
    }

    fn format(&self, id: &str, args: &FluentArgs) -> Result<String, Fault> {
        let (message, attribute) = id.split_once('.').map_or((id, None), |(message, attribute)| (message, Some(attribute)));
        let pattern = self.bundle.get_message(message).and_then(|found| match attribute {
            None => found.value(),
            Some(name) => found.get_attribute(name).map(|attribute| attribute.value()),
        });
        let pattern = pattern.ok_or_else(|| Fault::new(format!("no sentence {id:?} in {:?}", self.locale)))?;
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        if errors.is_empty() { Ok(said) } else { Err(Fault::new(format!("{id:?} in {:?}: {errors:?}", self.locale))) }
    }
}

/// The arguments that each sentence of a Fluent file names: `$name`, by the id it stands under.
fn arguments_named(text: &str) -> HashMap<String, BTreeSet<String>> {
    let mut named: HashMap<String, BTreeSet<String>> = HashMap::new();
    let (mut message, mut current) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|(id, _)| id.chars().all(is_of_a_name)) {
            id.clone_into(&mut message);
            current.clone_from(&message);
        } else if let Some((attribute, _)) = line.trim_start().strip_prefix('.').and_then(|rest| rest.split_once(" =")) {
            current.clear();
            let _ = write!(current, "{message}.{attribute}");
        }
        if current.is_empty() {
            continue;
        }
        let arguments = named.entry(current.clone()).or_default();
        for after in line.split('$').skip(1) {
            arguments.insert(after.chars().take_while(|&c| is_of_a_name(c)).collect());
        }
    }
    named
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_it_wants() {
        let named =
            arguments_named("# $no\na-b = Hello { $who }, { $n ->\n    [one] one\n   *[other] { $n } of { $what }\n}\n    .short = Hi { $who }\nc = Plain\n");
        let wants = |id: &str| named[id].iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(wants("a-b"), ["n", "what", "who"]);
        assert_eq!(wants("a-b.short"), ["who"]);
        assert!(wants("c").is_empty());
    }

    #[test]
    fn a_wait_is_said_in_the_largest_fitting_unit_and_rounded_up() {
        let words = Words::of(Locale::En).unwrap();
        let said: Vec<String> = [1, 30, 59, 60, 61, 900, 3600, 3601].map(|s: u32| words.wait(s.into()).unwrap()).into();
        assert_eq!(said, ["1 second", "30 seconds", "59 seconds", "1 minute", "2 minutes", "15 minutes", "60 minutes", "2 hours"]);
    }

    #[test]
    fn a_sentence_with_too_little_or_too_much_is_refused() {
        let words = Words::of(Locale::Fr).unwrap();
        assert!(words.say("wait-seconds", []).is_err());
        assert!(words.say("wait-seconds", [("n", FluentValue::from(2)), ("m", FluentValue::from(2))]).is_err());
        assert!(words.say("no-such-sentence", []).is_err());
        assert_eq!(words.say("wait-seconds", [("n", FluentValue::from(2))]).unwrap(), "2\u{a0}secondes");
    }
}
