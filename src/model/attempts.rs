//! Failures counted, so that guessing gets slow. Counters survive restarts, belong to an account or a network, and always end by themselves.

use serde::{Deserialize, Serialize};

use super::{Key, Record, Settings, Table};
use crate::values::{Digest, Timestamp};

/// Failures of one account (by digest of tenant and typed identifier, whether it exists or not) or one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    /// Digest of what is counted.
    pub of: Digest,
    /// How many in a row, or in the window.
    pub failures: u32,
    /// The first of them.
    pub since: Timestamp,
    /// The last.
    pub last: Timestamp,
    /// No try is judged before that.
    #[serde(default)]
    pub paused_until: Option<Timestamp>,
}

impl Attempts {
    /// Nothing counted yet.
    #[must_use]
    pub fn none(of: Digest, now: Timestamp) -> Self {
        Self { of, failures: 0, since: now, last: now, paused_until: None }
    }

    /// Until when to wait, if at all.
    #[must_use]
    pub fn pause_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.paused_until.filter(|until| now < *until)
    }

    /// Count a try at an account before it is judged: after the allowed number a pause, doubled each time up to the longest.
    #[must_use]
    pub fn count_account(mut self, now: Timestamp, rules: &Settings) -> Self {
        self.failures = self.failures.saturating_add(1);
        self.last = now;
        if let Some(over) = self.failures.checked_sub(rules.throttle_failures) {
            let pause = rules.throttle_pause.saturating_mul(1u64 << over.min(20)).min(rules.throttle_pause_max);
            self.paused_until = Some(now.plus(pause));
        }
        self
    }

    /// Count a failure from a network: a window that starts anew when it is over.
    #[must_use]
    pub fn count_network(mut self, now: Timestamp, rules: &Settings) -> Self {
        if now.since(self.since) >= rules.throttle_network_window {
            self = Self::none(self.of, now);
        }
        self.failures = self.failures.saturating_add(1);
        self.last = now;
        if self.failures >= rules.throttle_network_failures {
            self.paused_until = Some(self.since.plus(rules.throttle_network_window));
        }
        self
    }

    /// Count a try at a mailed code; the counter is that code's own.
    #[must_use]
    pub fn count_code(mut self, now: Timestamp) -> Self {
        self.failures = self.failures.saturating_add(1);
        self.last = now;
        self
    }

    /// Count a code sent to a mailbox: a pause after each, and a longer one when the hour has had its number.
    #[must_use]
    pub fn count_mailed(mut self, now: Timestamp, rules: &Settings) -> Self {
        const HOUR: u64 = 3600;
        if now.since(self.since) >= HOUR {
            self = Self::none(self.of, now);
        }
        self.failures = self.failures.saturating_add(1);
        self.last = now;
        let next = if self.failures >= rules.mail_code_hourly { self.since.plus(HOUR) } else { now.plus(rules.mail_code_pause) };
        self.paused_until = Some(next);
        self
    }

    /// The key of a counter.
    #[must_use]
    pub fn key_of(of: &Digest) -> Key {
        Key::of([&of.text()])
    }
}

impl Record for Attempts {
    const TABLE: Table = Table::Attempts;
    fn key(&self) -> Key {
        Self::key_of(&self.of)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.paused_until.unwrap_or(self.last).max(self.last).plus(86_400))
    }
}
