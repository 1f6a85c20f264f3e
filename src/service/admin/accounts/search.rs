//! The people of a home, looked for by words and state.
//!
//! Nothing here reads all of a large organisation: a search reads what an index of words, and that of addresses, has under the longest word that was typed, a state other than the usual
//! one has an index of its own, and whatever is looked at in vain is counted. A part of the list may so be short, or empty, and still have a next one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

use super::shape::{AccountShown, shown_at};
use crate::{
    journey::Tools,
    model::{Account, AccountState, Key},
    policy::admin::Right,
    service::admin::{By, Page, Refused, Shown, invalid, tenant},
    storage::{Entry, Loaded, Paging},
    values::{TenantId, folded},
};

/// Which of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountsAsked {
    /// The `next` of the part before.
    pub after: Option<String>,
    /// At most this many, 50 unless said, 200 at most.
    pub limit: Option<usize>,
    /// Beginnings of words of their names, addresses or login names, in any order; case and accents do not count.
    pub q: Option<String>,
    /// In which state; any unless said.
    pub state: Option<StateAsked>,
}

/// A state, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateAsked {
    /// All but the archived.
    Present,
    /// Who may sign in.
    Active,
    /// Who may not until somebody unlocks them.
    Locked,
    /// Who is put away.
    Archived,
}

impl StateAsked {
    fn takes(self, state: AccountState) -> bool {
        match self {
            Self::Present => state != AccountState::Archived,
            Self::Active => state == AccountState::Active,
            Self::Locked => state == AccountState::Locked,
            Self::Archived => state == AccountState::Archived,
        }
    }

    /// The state that has an index.
    fn unusual(self) -> Option<AccountState> {
        match self {
            Self::Locked => Some(AccountState::Locked),
            Self::Archived => Some(AccountState::Archived),
            Self::Present | Self::Active => None,
        }
    }
}

/// The most that is given at once.
const MOST: usize = 200;
/// The most that is looked at for one part of a list.
const LOOKED_AT: usize = 1_000;
/// Nobody types more words.
const MOST_WORDS: usize = 8;

/// The people of a home.
///
/// # Errors
/// See [`Refused`].
pub async fn list(tools: &Tools, by: &By, name: &str, asked: &AccountsAsked) -> Result<Page<Shown<AccountShown>>, Refused> {
    let tenant = tenant(tools, by, name, Right::AccountRead).await?;
    let words = words(asked.q.as_deref().unwrap_or_default());
    let search = Search { tools, home: tenant.id, words: &words, state: asked.state, limit: asked.limit.unwrap_or(50).clamp(1, MOST) };
    let place = asked.after.as_deref().map(Place::opened).transpose()?;
    // The longest word is the rarest.
    match words.iter().max_by_key(|word| word.chars().count()) {
        Some(word) => search.by_word(word, place).await,
        None => search.in_order(place).await,
    }
}

/// What was typed, as words.
fn words(typed: &str) -> Vec<String> {
    let typed: String = typed.chars().take(200).collect();
    let folded = folded(&typed);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.contains(['@', '.', '_', '+']) {
            words.push(word.to_owned());
        } else {
            words.extend(word.split(['-', '\'']).map(str::to_owned));
        }
    }
    words.retain(|word| !word.is_empty());
    words.truncate(MOST_WORDS);
    words.into_iter().map(|word| word.chars().take(Account::LONGEST_WORD).collect()).collect()
}

/// What led to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Word,
    Address,
}

/// A place in the list.
struct Place {
    way: Way,
    entry: Entry,
}

impl Place {
    /// As addresses hold it.
    fn sealed(&self) -> String {
        let way = if self.way == Way::Word { 'w' } else { 'a' };
        URL_SAFE_NO_PAD.encode(format!("{way}\n{}\n{}", self.entry.value.as_str(), self.entry.key.as_str()))
    }

    fn opened(cursor: &str) -> Result<Self, Refused> {
        let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let opened = text.as_deref().and_then(|text| {
            let (way, place) = text.split_once('\n')?;
            let (value, key) = place.split_once('\n')?;
            let entry = Entry { value: Key::from_stored(value.to_owned()), key: Key::from_stored(key.to_owned()) };
            Some(Self { way: if way == "a" { Way::Address } else { Way::Word }, entry })
        });
        opened.ok_or_else(|| invalid("after", "not a place in this list"))
    }
}

struct Search<'a> {
    tools: &'a Tools,
    home: TenantId,
    words: &'a [String],
    state: Option<StateAsked>,
    limit: usize,
}

impl Search<'_> {
    fn takes(&self, account: &Account) -> bool {
        if self.state.is_some_and(|state| !state.takes(account.state)) {
            return false;
        }
        if self.words.is_empty() {
            return true;
        }
        self.words.iter().all(|word| account.is_found_by(word))
    }

    /// Those whom a word leads to, and then those whom only an address leads to.
    async fn by_word(&self, word: &str, place: Option<Place>) -> Result<Page<Shown<AccountShown>>, Refused> {
        let (mut items, mut looked_at) = (Vec::new(), 0);
        let (mut way, mut place) = place.map_or((Way::Word, None), |place| (place.way, Some(place.entry)));
        loop {
            let reads = self.tools.reads();
            let some = match way {
                Way::Word => reads.accounts_by_word(self.home, word, place.as_ref(), MOST).await?,
                Way::Address => reads.accounts_by_address(self.home, word, place.as_ref(), MOST).await?,
            };
            let is_end = some.len() < MOST;
            for (value, account) in some {
                looked_at += 1;
                if self.is_first(way, word, &value, &account) && self.takes(&account) {
                    items.push(shown_at(account.version(), &account));
                }
                let entry = Entry { value, key: Account::key_of(account.subject()) };
                if items.len() == self.limit || looked_at == LOOKED_AT {
                    return Ok(Page { items, next: Some(Place { way, entry }.sealed()) });
                }
                place = Some(entry);
            }
            match (is_end, way) {
                (false, _) => {}
                (true, Way::Word) => (way, place) = (Way::Address, None),
                (true, Way::Address) => return Ok(Page { items, next: None }),
            }
        }
    }

    /// Whoever is found in several ways stands once, at the first of them.
    fn is_first(&self, way: Way, word: &str, value: &Key, account: &Account) -> bool {
        let by_word = account.words().into_iter().find(|whole| whole.starts_with(word)).map(|whole| (Way::Word, whole));
        let by_address = || account.addresses().filter(|whole| whole.starts_with(word)).min().map(|whole| (Way::Address, whole.to_owned()));
        by_word.or_else(by_address).is_some_and(|(first, whole)| first == way && *value == Key::of([&self.home.to_string(), &whole]))
    }

    async fn in_order(&self, place: Option<Place>) -> Result<Page<Shown<AccountShown>>, Refused> {
        let (mut items, mut after, mut looked_at) = (Vec::new(), place.map(|place| place.entry.key), 0);
        // Where nobody is left out, no more is read than is shown.
        let at_once = if self.state.is_none() { self.limit } else { MOST };
        loop {
            let paging = after.clone().map_or_else(|| Paging::first(at_once), |after| Paging::after(after, at_once));
            let reads = self.tools.reads();
            let some: Vec<Loaded<Account>> = match self.state.and_then(StateAsked::unusual) {
                Some(state) => reads.accounts_in_state(self.home, state, paging).await?,
                None => reads.accounts(self.home, paging).await?,
            };
            let is_end = some.len() < at_once;
            for account in some {
                looked_at += 1;
                if self.takes(&account) {
                    items.push(shown_at(account.version(), &account));
                }
                let key = Account::key_of(account.subject());
                if items.len() == self.limit || looked_at == LOOKED_AT {
                    return Ok(Page { items, next: Some(Place { way: Way::Word, entry: Entry { value: Key::of([""]), key } }.sealed()) });
                }
                after = Some(key);
            }
            if is_end {
                return Ok(Page { items, next: None });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_is_typed_is_taken_apart_as_names_are_and_addresses_are_not() {
        assert_eq!(words("  Jean-Émile d’Éon "), ["jean", "emile", "d", "eon"]);
        assert_eq!(words("Jean-Luc.Petit@morvan.test"), ["jean-luc.petit@morvan.test"]);
        assert!(words(" - \u{0} ").is_empty());
    }
}
