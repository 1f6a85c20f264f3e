//! Must the person accept terms of use, and may that wait?

use crate::{
    model::{TermsAcceptance, TermsAudience, TermsDocument, TermsIssue},
    values::Timestamp,
};

/// A month, for acceptances that have to be renewed: a twelfth of a year.
const MONTH: u64 = 2_629_746;

/// A version that has to be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermsDue<'a> {
    /// Which.
    pub issue: &'a TermsIssue,
    /// Was the person here before it, so that it may wait for a while yet?
    pub may_wait: bool,
}

/// The version that holds for somebody who has been here since then.
#[must_use]
pub fn holding(document: &TermsDocument, since: Timestamp, now: Timestamp) -> Option<&TermsIssue> {
    let concerns = |issue: &&TermsIssue| issue.effective_at <= now && (issue.audience == TermsAudience::All || since >= issue.published_at);
    document.issues.iter().filter(concerns).max_by_key(|issue| issue.number)
}

/// What is due of a document. `accepted` is all that this person accepted of it.
#[must_use]
pub fn due<'a>(document: &'a TermsDocument, accepted: &[TermsAcceptance], since: Timestamp, now: Timestamp) -> Option<TermsDue<'a>> {
    if document.retired_at.is_some() {
        return None;
    }
    let issue = holding(document, since, now)?;
    let counts = |acceptance: &&TermsAcceptance| acceptance.document == document.id && acceptance.version >= issue.number;
    let last = accepted.iter().filter(counts).map(|acceptance| acceptance.at).max();
    let holds = |at: Timestamp| issue.reaccept_months.is_none_or(|months| now.since(at) < u64::from(months) * MONTH);
    if last.is_some_and(holds) {
        return None;
    }
    let may_wait = since < issue.published_at && issue.grace_until.is_some_and(|until| now < until);
    Some(TermsDue { issue, may_wait })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        model::{AcceptedHow, Localised, Subject},
        values::{AccountId, Locale, TenantId},
    };

    const DAY: u64 = 86_400;

    fn issue(number: u32, published: u64, audience: TermsAudience) -> TermsIssue {
        let at = Timestamp(published * DAY);
        TermsIssue { number, wordings: Vec::new(), published_at: at, effective_at: at, grace_until: None, audience, reaccept_months: None }
    }

    fn document(issues: Vec<TermsIssue>) -> TermsDocument {
        let (tenant, names, start) = (TenantId(Uuid::nil()), Localised::same("Conditions"), Timestamp(0));
        TermsDocument { tenant, id: "cgu".to_owned(), client: None, names, issues, retired_at: None, created_at: start, updated_at: start }
    }

    fn accepted(version: u32, day: u64) -> TermsAcceptance {
        TermsAcceptance {
            tenant: TenantId(Uuid::nil()),
            subject: Subject { home: TenantId(Uuid::nil()), id: AccountId(Uuid::nil()) },
            document: "cgu".to_owned(),
            version,
            locale: Locale::Fr,
            hash: String::new(),
            at: Timestamp(day * DAY),
            ip: None,
            how: AcceptedHow::Shown,
        }
    }

    fn number(document: &TermsDocument, accepted: &[TermsAcceptance], since: u64, now: u64) -> Option<u32> {
        due(document, accepted, Timestamp(since * DAY), Timestamp(now * DAY)).map(|due| due.issue.number)
    }

    #[test]
    fn each_version_is_accepted_once_and_not_before_it_holds() {
        let document = document(vec![issue(1, 10, TermsAudience::All), issue(2, 20, TermsAudience::All)]);
        assert_eq!(number(&document, &[], 0, 9), None);
        assert_eq!(number(&document, &[], 0, 10), Some(1));
        assert_eq!(number(&document, &[accepted(1, 11)], 0, 19), None);
        assert_eq!(number(&document, &[accepted(1, 11)], 0, 20), Some(2));
        assert_eq!(number(&document, &[accepted(2, 21)], 0, 30), None);
        assert_eq!(number(&TermsDocument { retired_at: Some(Timestamp(0)), ..document }, &[], 0, 30), None);
    }

    #[test]
    fn a_version_for_new_people_passes_by_those_who_were_there() {
        let only_new = document(vec![issue(1, 10, TermsAudience::New)]);
        assert_eq!((number(&only_new, &[], 9, 30), number(&only_new, &[], 10, 30)), (None, Some(1)));
        let later = document(vec![issue(1, 10, TermsAudience::All), issue(2, 20, TermsAudience::New)]);
        assert_eq!((number(&later, &[], 15, 30), number(&later, &[accepted(1, 15)], 15, 30), number(&later, &[], 25, 30)), (Some(1), None, Some(2)));
    }

    #[test]
    fn an_acceptance_may_have_to_be_renewed() {
        let yearly = document(vec![TermsIssue { reaccept_months: Some(12), ..issue(1, 10, TermsAudience::All) }]);
        assert_eq!((number(&yearly, &[accepted(1, 11)], 0, 11 + 365), number(&yearly, &[accepted(1, 11)], 0, 11 + 366)), (None, Some(1)));
    }

    #[test]
    fn only_who_was_there_before_may_let_it_wait_and_only_for_a_while() {
        let document = document(vec![TermsIssue { grace_until: Some(Timestamp(20 * DAY)), ..issue(1, 10, TermsAudience::All) }]);
        let waits = |since: u64, now: u64| due(&document, &[], Timestamp(since * DAY), Timestamp(now * DAY)).is_some_and(|due| due.may_wait);
        assert!(waits(9, 15) && !waits(9, 20) && !waits(10, 15));
    }
}
