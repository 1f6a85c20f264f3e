//! A code and everything that came of it, as its client knows it.

use std::time::Instant;

use super::{
    hand::{Tally, good, is_fresh, is_within_retry},
    party::Party,
    wire::{Answer, Silence, Wire},
};

/// What nobody answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Redeeming,
    Refreshing(Instant),
    Revoking,
}

/// How far it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// It lives, or may.
    Living,
    /// It is dead; it was seen dead this often.
    Dead(u8),
    /// Enough.
    Done,
}

#[derive(Debug)]
pub(super) struct Family {
    code: String,
    given: Instant,
    /// Refresh tokens as they came; only the last should work.
    tokens: Vec<String>,
    is_revoked: bool,
    open: Option<Open>,
    pub(super) checked: Checked,
}

fn refresh_token(answer: &Answer) -> Option<String> {
    answer.json()["refresh_token"].as_str().map(str::to_owned)
}

/// `invalid_grant`, and nothing else.
fn is_refused(answer: &Answer) -> bool {
    answer.status == 400 && answer.json()["error"] == "invalid_grant"
}

impl Family {
    pub(super) fn new(code: String) -> Self {
        Self { code, given: Instant::now(), tokens: Vec::new(), is_revoked: false, open: None, checked: Checked::Living }
    }

    pub(super) fn can_refresh(&self) -> bool {
        self.checked == Checked::Living && !self.is_revoked && self.open.is_none() && !self.tokens.is_empty()
    }

    /// The code becomes tokens.
    pub(super) async fn redeem(&mut self, party: &Party, wire: &mut Wire) -> Result<(), Silence> {
        self.open = Some(Open::Redeeming);
        let answer = party.redeem(wire, &self.code).await?;
        good(&answer);
        self.tokens.push(refresh_token(&answer).unwrap_or_else(|| panic!("no refresh token: {}", answer.text())));
        self.open = None;
        Ok(())
    }

    pub(super) async fn refresh(&mut self, party: &Party, wire: &mut Wire) -> Result<(), Silence> {
        self.open = Some(Open::Refreshing(Instant::now()));
        let answer = party.refresh(wire, self.tokens.last().unwrap()).await?;
        good(&answer);
        self.tokens.push(refresh_token(&answer).unwrap_or_else(|| panic!("no refresh token: {}", answer.text())));
        self.open = None;
        Ok(())
    }

    pub(super) async fn revoke(&mut self, party: &Party, wire: &mut Wire) -> Result<(), Silence> {
        self.open = Some(Open::Revoking);
        good(&wire.post("/revoke", &[("authorization", &party.web)], &[("token", self.tokens.last().unwrap())]).await?);
        (self.open, self.is_revoked) = (None, true);
        Ok(())
    }

    /// After a restart: is it as it was told? One way of three leaves it alive, the others end it on purpose.
    pub(super) async fn check(&mut self, party: &Party, wire: &mut Wire, way: u64, tally: &mut Tally) -> Result<(), Silence> {
        if let Checked::Dead(times) = self.checked {
            self.is_dead(party, wire, tally).await?;
            self.checked = if times < 3 { Checked::Dead(times + 1) } else { Checked::Done };
            return Ok(());
        }
        if self.is_revoked {
            self.is_dead(party, wire, tally).await?;
            self.checked = Checked::Dead(0);
            return Ok(());
        }
        match self.open {
            Some(Open::Revoking) => {
                self.checked = Checked::Done;
                Ok(())
            }
            Some(Open::Redeeming) => self.settle_code(party, wire, tally).await,
            None if self.tokens.is_empty() => self.settle_code(party, wire, tally).await,
            Some(Open::Refreshing(since)) if !is_within_retry(since) => {
                self.checked = Checked::Done;
                Ok(())
            }
            _ => self.is_alive(party, wire, way, tally).await,
        }
    }

    /// A code that was given, and perhaps redeemed without an answer.
    async fn settle_code(&mut self, party: &Party, wire: &mut Wire, tally: &mut Tally) -> Result<(), Silence> {
        let was_asked = self.open == Some(Open::Redeeming);
        let answer = party.redeem(wire, &self.code).await?;
        if answer.status == 200 {
            tally.codes += 1;
            self.open = None;
            self.tokens.extend(refresh_token(&answer));
            // Spent now for certain: the next time ends it.
            return self.ends_by_code(party, wire, tally).await;
        }
        self.checked = Checked::Done;
        let may_be = is_refused(&answer) && (was_asked || !is_fresh(self.given));
        if !may_be {
            tally.wrong.push(format!("a code that was given is gone: {} {}", answer.status, answer.text()));
        }
        Ok(())
    }

    /// K3, and then K2 or K1.
    async fn is_alive(&mut self, party: &Party, wire: &mut Wire, way: u64, tally: &mut Tally) -> Result<(), Silence> {
        self.open = None;
        let last = self.tokens.last().unwrap().clone();
        let answer = party.refresh(wire, &last).await?;
        let Some(next) = refresh_token(&answer).filter(|_| answer.status == 200) else {
            self.checked = Checked::Done;
            tally.wrong.push(format!("K3: a refresh token does not work: {} {}", answer.status, answer.text()));
            return Ok(());
        };
        tally.current += 1;
        let again = party.refresh(wire, &last).await?;
        let is_same = refresh_token(&again).as_ref() == Some(&next);
        tally.note(|tally| &mut tally.used, is_same, || format!("K2: a family has two branches: {}", again.text()));
        self.tokens.push(next);
        match way {
            0 => Ok(()),
            1 if self.tokens.len() > 2 => {
                // Every one that was replaced before: the first of them ends the family.
                for token in &self.tokens[..self.tokens.len() - 2] {
                    let answer = party.refresh(wire, token).await?;
                    tally.note(|tally| &mut tally.used, is_refused(&answer), || format!("K2: a used refresh token works: {}", answer.text()));
                }
                self.is_dead(party, wire, tally).await?;
                self.checked = Checked::Dead(0);
                Ok(())
            }
            _ => self.ends_by_code(party, wire, tally).await,
        }
    }

    /// K1: a spent code gives nothing, and ends what came of it.
    async fn ends_by_code(&mut self, party: &Party, wire: &mut Wire, tally: &mut Tally) -> Result<(), Silence> {
        let answer = party.redeem(wire, &self.code).await?;
        tally.note(|tally| &mut tally.spent, is_refused(&answer), || format!("K1: a code was redeemed twice: {} {}", answer.status, answer.text()));
        self.is_dead(party, wire, tally).await?;
        self.checked = Checked::Dead(0);
        Ok(())
    }

    /// K4: it stays dead.
    async fn is_dead(&mut self, party: &Party, wire: &mut Wire, tally: &mut Tally) -> Result<(), Silence> {
        if let Some(last) = self.tokens.last() {
            let answer = party.refresh(wire, last).await?;
            tally.note(|tally| &mut tally.revoked, is_refused(&answer), || format!("K4: a revoked family lives: {} {}", answer.status, answer.text()));
        }
        Ok(())
    }
}
