//! What a line means for an account: judged as if an administrator had written it.

use jiff::Timestamp as Moment;

use super::line::{Line, Unfit};
use crate::{
    crypto::PasswordHasher,
    model::{Account, Subject},
    service::admin::{
        Refused,
        accounts::{apply, written_of},
    },
    values::{AccountId, Email, Locale, TenantId, Timestamp},
};

/// The parts of a line that are read before anything is looked up.
pub(super) struct Wanted<'a> {
    line: &'a Line,
    pub(super) id: Option<AccountId>,
    pub(super) email: Option<Email>,
    pub(super) login: Option<String>,
    pub(super) phc: Option<&'a str>,
    locale: Option<Locale>,
    created_at: Option<Timestamp>,
    email_verified: bool,
    phone_verified: bool,
}

impl<'a> Wanted<'a> {
    pub(super) fn of(line: &'a Line, now: Timestamp) -> Result<Self, Unfit> {
        let id = line.said("id").map(|text| text.parse().map_err(|_| Unfit::of("id", "is a UUID"))).transpose()?;
        if id.is_some_and(|AccountId(id)| id.is_nil()) {
            return Err(Unfit::of("id", "is a UUID"));
        }
        let email = line.said("email").map(|text| text.parse().map_err(|_| Unfit::of("email", "is not one complete mail address"))).transpose()?;
        let login = line.said("login").map(str::to_lowercase);
        if email.is_none() && login.is_none() {
            return Err(Unfit::of("email", "an account has an address or a login name"));
        }
        let locale = line.said("locale").map(|text| Locale::first_of(text).ok_or_else(|| Unfit::of("locale", "is fr or en"))).transpose()?;
        let phc = line.said("password_hash");
        if let Some(phc) = phc {
            PasswordHasher::accepts(phc).map_err(|refused| Unfit::of("password_hash", refused.to_string()))?;
        }
        Ok(Self {
            line,
            id,
            email,
            login,
            phc,
            locale,
            created_at: line.said("created_at").map(|text| moment(text, now)).transpose()?,
            email_verified: truth(line, "email_verified")?,
            phone_verified: truth(line, "phone_verified")?,
        })
    }

    /// A new account of it.
    pub(super) fn made(&self, home: TenantId, id: AccountId, now: Timestamp) -> Result<Account, Unfit> {
        let mut account = self.over(&Account::blank(Subject { home, id }, now), now)?;
        account.created_at = self.created_at.unwrap_or(now);
        Ok(account)
    }

    /// An account with what the line says written over it; what it does not say stays.
    pub(super) fn over(&self, before: &Account, now: Timestamp) -> Result<Account, Unfit> {
        let mut written = written_of(before);
        let said = |column: &str| self.line.said(column).map(str::to_owned);
        // Another spelling of the same address changes nothing.
        if let Some(email) = &self.email
            && before.primary_email().is_none_or(|old| old.address.norm() != email.norm())
        {
            written.email = Some(email.spelt().to_owned());
        }
        for (place, column) in [
            (&mut written.login, "login"),
            (&mut written.phone, "phone"),
            (&mut written.profile.given_name, "given_name"),
            (&mut written.profile.family_name, "family_name"),
            (&mut written.profile.middle_name, "middle_name"),
            (&mut written.profile.nickname, "nickname"),
            (&mut written.profile.birthdate, "birthdate"),
            (&mut written.profile.zoneinfo, "zoneinfo"),
        ] {
            if let Some(text) = said(column) {
                *place = Some(text);
            }
        }
        written.locale = self.locale.or(written.locale);
        let mut after = before.clone();
        apply(&mut after, written).map_err(unfit)?;
        // A file vouches for an address or a number; it takes no proof away.
        if self.email_verified {
            let email = after.emails.first_mut().ok_or_else(|| Unfit::of("email_verified", "there is no address"))?;
            email.verified_at = email.verified_at.or(Some(now));
        }
        if self.phone_verified {
            let phone = after.phones.first_mut().ok_or_else(|| Unfit::of("phone_verified", "there is no number"))?;
            phone.verified_at = phone.verified_at.or(Some(now));
        }
        Ok(after)
    }
}

/// The columns in which two states of an account differ.
pub(super) fn differing(before: &Account, after: &Account) -> Vec<&'static str> {
    let (old, new) = (written_of(before), written_of(after));
    let is_proved = |account: &Account| {
        (account.emails.first().is_some_and(|email| email.verified_at.is_some()), account.phones.first().is_some_and(|phone| phone.verified_at.is_some()))
    };
    let (old_proofs, new_proofs) = (is_proved(before), is_proved(after));
    let differs = [
        ("email", old.email != new.email),
        ("email_verified", old_proofs.0 != new_proofs.0),
        ("login", old.login != new.login),
        ("phone", old.phone != new.phone),
        ("phone_verified", old_proofs.1 != new_proofs.1),
        ("locale", old.locale != new.locale),
        ("given_name", old.profile.given_name != new.profile.given_name),
        ("family_name", old.profile.family_name != new.profile.family_name),
        ("middle_name", old.profile.middle_name != new.profile.middle_name),
        ("nickname", old.profile.nickname != new.profile.nickname),
        ("birthdate", old.profile.birthdate != new.profile.birthdate),
        ("zoneinfo", old.profile.zoneinfo != new.profile.zoneinfo),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
}

fn unfit(refused: Refused) -> Unfit {
    match refused {
        Refused::Invalid { field, why } => Unfit::of(field.trim_start_matches("profile."), why),
        other => Unfit { column: None, why: other.to_string() },
    }
}

fn truth(line: &Line, column: &str) -> Result<bool, Unfit> {
    match line.said(column).map(str::to_ascii_lowercase).as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Unfit::of(column, "is true or false")),
    }
}

/// Seconds since 1970, or a date with its time and zone. [RFC 3339]
fn moment(text: &str, now: Timestamp) -> Result<Timestamp, Unfit> {
    let seconds = text.parse::<i64>().ok().or_else(|| text.parse::<Moment>().ok().map(Moment::as_second));
    let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
    let found = seconds.map(Timestamp).ok_or_else(|| Unfit::of("created_at", "is a time such as 2019-04-01T08:30:00Z, or seconds since 1970"))?;
    if found > now { Err(Unfit::of("created_at", "lies in the future")) } else { Ok(found) }
}
