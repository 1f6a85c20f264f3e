//! An organisation's settings.

mod captcha;

use super::{By, Refused, Shown, as_seen, commit, invalid, members, patched, tenant, written};
use crate::{
    journey::Tools,
    model::{Captcha, EventName, OrgConsentRule, Settings, Tenant},
    policy::{admin::Right, attributes},
    storage::{Batch, Loaded},
    values::Email,
};

fn shown(tenant: &Loaded<Tenant>) -> Shown<Settings> {
    Shown { rev: tenant.version(), it: without_secrets(tenant.settings.clone()) }
}

/// What holds now.
///
/// # Errors
/// See [`Refused`].
pub async fn show(tools: &Tools, by: &By, name: &str) -> Result<Shown<Settings>, Refused> {
    Ok(shown(&tenant(tools, by, name, Right::SettingRead).await?))
}

/// Change some of them.
///
/// # Errors
/// See [`Refused`].
pub async fn update(tools: &Tools, by: &By, name: &str, rev: Option<u64>, patch: &serde_json::Value) -> Result<Shown<Settings>, Refused> {
    let found = tenant(tools, by, name, Right::SettingWrite).await?;
    as_seen(&found, rev)?;
    let sealed = captcha::sealed(patch, tools)?;
    let settings: Settings = patched(&found.settings, &sealed)?;
    captcha::check(&settings, &found.settings, patch)?;
    check(&settings)?;
    check_sender(&settings, &found)?;
    check_asked(&settings)?;
    if patch.get("org_consent").is_some() {
        check_statement(&settings, &found)?;
    }
    let now = tools.now();
    let (id, rev) = (found.id, found.version() + 1);
    let after = found.map(|tenant| Tenant { settings, updated_at: now, ..tenant });
    let it = without_secrets(after.settings.clone());
    let mut batch = Batch::new(now);
    batch.update(after)?.audit(&by.event_saying(EventName::PolicyChanged, id, now, members(patch)).on("tenant", id))?;
    commit(tools, batch).await?;
    Ok(Shown { rev, it })
}

fn without_secrets(settings: Settings) -> Settings {
    Settings { captcha: settings.captcha.map(Captcha::without_secret), ..settings }
}

/// Nobody writes in the name of a domain that is not theirs.
fn check_sender(settings: &Settings, tenant: &Tenant) -> Result<(), Refused> {
    let Some(text) = &settings.mail_from else { return Ok(()) };
    let address: Email = text.parse().map_err(|_| invalid("mail_from", "not one complete mail address"))?;
    if !tenant.domains.iter().any(|domain| domain == address.domain()) {
        return Err(invalid("mail_from", "must be in a domain of the organisation"));
    }
    Ok(())
}

/// Nobody is asked to agree to a privacy statement that they cannot read. A rule that nobody set here is let be: without a link nothing was promised yet.
fn check_statement(settings: &Settings, tenant: &Tenant) -> Result<(), Refused> {
    if settings.org_consent != OrgConsentRule::Off && tenant.support.privacy_url.is_none() {
        return Err(invalid("org_consent", "needs support.privacy_url of the organisation: nobody agrees to a privacy statement that they cannot read"));
    }
    Ok(())
}

/// What new people are asked can be answered.
fn check_asked(settings: &Settings) -> Result<(), Refused> {
    if settings.country.as_deref().is_some_and(|code| attributes::country(code).is_none()) {
        return Err(invalid("country", "not a code of ISO 3166-1, as in FR"));
    }
    if let Some(reason) = &settings.birth_date_reason {
        written::localised("birth_date_reason", reason, 300)?;
        if reason.fr.trim().is_empty() || reason.en.trim().is_empty() {
            return Err(invalid("birth_date_reason", "must be said in every language"));
        }
    } else if settings.minimum_age > 0 {
        return Err(invalid("minimum_age", "needs birth_date_reason: nobody is asked for a date of birth without a reason"));
    }
    if settings.minimum_age > 21 {
        return Err(invalid("minimum_age", "must be between 0 and 21"));
    }
    Ok(())
}

/// Numbers that make sense alone and together.
fn check(settings: &Settings) -> Result<(), Refused> {
    const MINUTE: u64 = 60;
    const DAY: u64 = 24 * 60 * MINUTE;
    const YEAR: u64 = 366 * DAY;
    let ranges: [(&'static str, u64, u64, u64); 29] = [
        ("session_idle", settings.session_idle, 5 * MINUTE, 90 * DAY),
        ("session_max", settings.session_max, 5 * MINUTE, 90 * DAY),
        ("stay_max", settings.stay_max, DAY, 90 * DAY),
        ("reauthentication", settings.reauthentication, MINUTE, DAY),
        ("console_idle", settings.console_idle, 5 * MINUTE, DAY),
        ("invitations_daily", settings.invitations_daily.into(), 0, 1_000_000),
        ("deletion_grace", settings.deletion_grace, DAY, 90 * DAY),
        ("authorization_code", settings.authorization_code, 10, 10 * MINUTE),
        ("access_token", settings.access_token, 30, DAY),
        ("id_token", settings.id_token, 30, DAY),
        ("refresh_idle", settings.refresh_idle, MINUTE, YEAR),
        ("refresh_max", settings.refresh_max, MINUTE, YEAR),
        ("refresh_browser_max", settings.refresh_browser_max, MINUTE, 90 * DAY),
        ("refresh_retry", settings.refresh_retry, 0, 2 * MINUTE),
        ("password_min", settings.password_min as u64, 12, 64),
        ("throttle_failures", settings.throttle_failures.into(), 1, 100),
        ("throttle_pause", settings.throttle_pause, 1, 60 * MINUTE),
        ("throttle_pause_max", settings.throttle_pause_max, 1, DAY),
        ("throttle_network_failures", settings.throttle_network_failures.into(), 1, 1_000_000),
        ("throttle_network_window", settings.throttle_network_window, 1, DAY),
        ("check_after_mails", settings.check_after_mails.into(), 0, 1_000_000),
        ("check_after_failures", settings.check_after_failures.into(), 0, 1_000_000),
        // Eighteen bits take a phone some two seconds.
        ("check_bits", settings.check_bits.into(), 8, 18),
        ("mail_code_digits", settings.mail_code_digits.into(), 4, 9),
        ("mail_code", settings.mail_code, MINUTE, 60 * MINUTE),
        ("mail_code_tries", settings.mail_code_tries.into(), 1, 10),
        ("mail_code_pause", settings.mail_code_pause, 10, 60 * MINUTE),
        ("privacy_version", settings.privacy_version.into(), 1, 1_000_000),
        ("mail_code_hourly", settings.mail_code_hourly.into(), 1, 60),
    ];
    for (field, value, least, most) in ranges {
        if !(least..=most).contains(&value) {
            return Err(invalid(field, format!("must be between {least} and {most}")));
        }
    }
    if !(DAY..=YEAR).contains(&settings.invitation) {
        return Err(invalid("invitation", format!("must be between {DAY} and {YEAR}")));
    }
    // Four digits are guessed in a few thousand codes: then each code dies sooner.
    if settings.mail_code_digits < 6 && settings.mail_code_tries > 3 {
        return Err(invalid("mail_code_tries", "must be at most 3 where a code has fewer than 6 digits"));
    }
    for (field, less, more, name) in [
        ("session_idle", settings.session_idle, settings.session_max, "session_max"),
        ("refresh_idle", settings.refresh_idle, settings.refresh_max, "refresh_max"),
        ("throttle_pause", settings.throttle_pause, settings.throttle_pause_max, "throttle_pause_max"),
    ] {
        if less > more {
            return Err(invalid(field, format!("must not be longer than {name}")));
        }
    }
    Ok(())
}
