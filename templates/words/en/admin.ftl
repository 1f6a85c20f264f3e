### The administration consoles.

administration = Administration

s-ad-consoles-title = Administration
s-ad-consoles-lead = Which organisation?

s-ad-home-place = Home
s-ad-home-title = Administration
s-ad-home-lead = { $organisation } at a glance.
s-ad-home-calm = All is well. Nothing needs your attention.
s-ad-home-more = More than { $n }
s-ad-home-accounts = { $n ->
    [one] account
   *[other] accounts
}
s-ad-home-mail = { $n ->
    [one] mail waiting to be sent
   *[other] mails waiting to be sent
}
s-ad-home-mails-failed = { $n ->
    [one] A mail could not be delivered.
   *[other] { $n } mails could not be delivered.
}
s-ad-home-mails-failed-why = The server will not send them again by itself: whoever runs it can.
s-ad-home-reports = { $n ->
    [one] An application was reported.
   *[other] { $n } reports of applications were made.
}
s-ad-home-reports-why = People find that an application asks for too much, or do not recognise it.
s-ad-home-alone = You alone can give roles.
s-ad-home-alone-why = If you lose access to your account, nobody here can help you. Give the role of administrator to a second person.

s-ad-invites-title = Invitations
s-ad-invites-new = Invite
s-ad-invites-name = Name
s-ad-invites-state = State
s-ad-invites-more = More
s-ad-invites-none = Nobody is invited at the moment.
s-ad-invites-state-pending = waiting to be sent
s-ad-invites-state-sent = sent
s-ad-invites-state-opened = opened
s-ad-invites-state-redeemed = accepted
s-ad-invites-state-refused = refused
s-ad-invites-state-expired = expired
s-ad-invites-state-bounced = not delivered
s-ad-invites-state-superseded = replaced
s-ad-invites-state-revoked = revoked

s-ad-invite-title = Invitation of { $email }
s-ad-invite-done-sent = The invitation is on its way.
s-ad-invite-done-resent = The same link is on its way again.
s-ad-invite-done-regenerated = A new link is on its way; the old one is dead.
s-ad-invite-done-extended = The invitation lasts longer.
s-ad-invite-done-moved = The address was changed, and a new link is on its way there.
s-ad-invite-done-revoked = The invitation was revoked.
s-ad-invite-move-asked = The person asks for the invitation to be sent to { $to }. Make sure that it is really them.
s-ad-invite-bounce = The server of this address refused the message: { $reason }
s-ad-invite-link = This link is shown this once. Whoever follows it must confirm the address by a code:
s-ad-invite-inviter = Invited by
s-ad-invite-sent = Delivered on
s-ad-invite-opened = Opened on
s-ad-invite-redeemed = Accepted on
s-ad-invite-account = Account
s-ad-invite-has-account = there is already an account with this address
s-ad-invite-resend = Send again
s-ad-invite-regenerate = Make a new link
s-ad-invite-extend = Extend by a month
s-ad-invite-copy = Show the link
s-ad-invite-address = Change the address
s-ad-invite-address-effect = A new link goes to the new address; the old one is dead.
s-ad-invite-address-send = Send to this address
s-ad-invite-revoke = Revoke the invitation
s-ad-invite-revoke-effect = The link is dead. The person is not told.
s-ad-invite-revoke-confirm = Revoke the invitation
s-ad-invite-over = This person has their access. To help them, open their account.

s-ad-invite-new-title = Invite
s-ad-invite-new-portal = None: the portal
s-ad-invite-new-role = Role
s-ad-invite-new-no-role = None
s-ad-invite-new-company = What you know of their company
s-ad-invite-new-company-hint = They find it filled in when they create their company, and can correct it.
s-ad-invite-new-send = Send the invitation
s-ad-invite-new-preview = Preview
s-ad-csv-title = Invite several people
s-ad-csv-hint = Paste a CSV. Its first line names the columns: email, given_name, family_name, locale, message, clients, roles.
s-ad-csv-send = Send the invitations
s-ad-csv-invited = { $n ->
    [0] No invitation was sent.
    [one] One invitation was sent.
   *[other] { $n } invitations were sent.
}
s-ad-csv-line = Line
s-ad-csv-outcome = Outcome
s-ad-csv-already = already invited
s-ad-csv-wrong = the column { $column } does not fit
s-ad-csv-wrong-line = the line does not fit

search = Search
page-first = Back to the beginning
page-next = Next page

s-ad-users-place = Accounts
s-ad-users-title = Accounts
s-ad-users-new = New account
s-ad-users-hint = The beginning of a name, an address or a login name. Accents and capitals do not count.
s-ad-users-present = All but archived
s-ad-users-active = Active
s-ad-users-locked = Locked
s-ad-users-archived = Archived
s-ad-users-any = All
s-ad-users-identifier = Identifier
s-ad-users-roles = Rights
s-ad-users-no-role = No administration rights
s-ad-users-none = There is no account in this state.
s-ad-users-none-found = No account matches “{ $q }”.
s-ad-users-none-yet = Nothing so far: go on to the next page.
s-ad-state-active = Active
s-ad-state-locked = Locked
s-ad-state-archived = Archived

s-ad-user-title = Account: { $name }
s-ad-user-identity = Identity
s-ad-user-present = What is on record now
s-ad-user-address = Address
s-ad-user-proved = Confirmed
s-ad-user-unproved = Not confirmed
s-ad-user-since = Account made on
s-ad-user-sessions = Signed in
s-ad-user-open = { $n ->
    [0] nowhere
    [one] in one browser
   *[other] in { $n } browsers
}
s-ad-user-email-hint = They sign in with it. A changed address has to be confirmed again.
s-ad-user-login-hint = In the place of the address, to sign in.
s-ad-user-phone-hint = With the country code, for example +33 1 99 00 12 34.
s-ad-user-rights = Rights
s-ad-user-rights-hint = These rights count in the administration of this organisation, as of now.
s-ad-user-rights-other = Only an administrator gives and takes rights.
s-ad-user-set-roles = Save the rights
s-ad-user-access = Access
s-ad-user-oneself = This is your own account: another administrator can lock or archive it, you cannot.
s-ad-user-out-of-reach = This person has administration rights: only an administrator changes their account.
s-ad-user-history = Latest events
s-ad-user-no-history = Nothing is noted.
s-ad-user-created = The account is made.
s-ad-user-saved = Saved.
s-ad-user-roles-set = The rights are saved.
s-ad-user-archived = The account is archived, and signed out everywhere.
s-ad-user-restored = The account is restored.
s-ad-user-locked = The account is locked, and signed out everywhere.
s-ad-user-unlocked = The account is unlocked.
s-ad-user-signed-out = This person is signed out everywhere.
s-ad-user-new-title = New account
s-ad-user-new-lead = An address or a login name is enough.
s-ad-user-new-password = Temporary password
s-ad-user-new-password-hint = At least { $n } characters. They will have to change it at their first sign-in. Without one they cannot sign in by password yet.
s-ad-user-create = Make the account

s-confirm-archive = Archive
s-confirm-archive-title = Archive the account of { $name }?
s-confirm-archive-effect = This person will no longer be able to sign in, and applications lose the access that they give at once. The account, its rights and its address are kept: you can restore it.
s-confirm-restore = Restore
s-confirm-restore-title = Restore the account of { $name }?
s-confirm-restore-effect = This person will be able to sign in again, with the same password and the same rights as before.
s-confirm-lock = Lock
s-confirm-lock-title = Lock the account of { $name }?
s-confirm-lock-effect = This person will not be able to sign in until you unlock the account.
s-confirm-unlock = Unlock
s-confirm-unlock-title = Unlock the account of { $name }?
s-confirm-unlock-effect = This person will be able to sign in again.
s-confirm-sign-out = Sign out everywhere
s-confirm-sign-out-title = Sign { $name } out everywhere?
s-confirm-sign-out-effect = This person will have to sign in again. Applications lose the access that they had at once, even while the person is away.
s-confirm-sessions = { $n ->
    [0] They are signed in nowhere at present.
    [one] They are signed in in one browser at present.
   *[other] They are signed in in { $n } browsers at present.
}

## The rights, and what each allows.

role-operator = Operator
role-operator-may = Everything, in all organisations.
role-global_administrator = Administrator
role-global_administrator-may = Everything in this organisation, giving rights included.
role-account_administrator = Account administrator
role-account_administrator-may = Sees and changes accounts, and invites.
role-application_administrator = Application administrator
role-application_administrator-may = Sees and changes applications.
role-inviter = Invites people
role-inviter-may = Sends invitations and follows them.
role-helpdesk = Support
role-helpdesk-may = Finds one account at a time, and sends an invitation again.
role-auditor = Reads the audit log
role-auditor-may = Sees what happened, and exports it.

## What happened.

event-in-vain = in vain
event-account-created = Account made
event-account-updated = Account changed
event-account-archived = Account archived
event-account-restored = Account restored
event-password-set = Password set
event-signin-started = A sign-in began
event-signin-succeeded = Sign-in
event-signin-failed = Proof refused at sign-in
event-signin-throttled = Too many tries to sign in
event-signin-blocked = Sign-in blocked
event-session-created = Session began
event-session-ended = Session ended
event-session-revoked = Session revoked
event-device-forgotten = Browser forgotten
event-consent-user-granted = Access given to an application
event-role-assigned = Right given
event-role-removed = Right taken
event-token-issued = Access of an application
event-token-revoked = Access of an application revoked
event-code-replayed = A used code was presented again
event-logout-requested = Signing out asked for
event-logout-completed = Signed out
event-email-verification-sent = Code mailed
event-email-verified = Address confirmed
event-account-deleted = Account deleted
event-account-deletion-requested = Deletion of the account requested
event-account-exported = Copy of the data requested
event-api-updated = API changed
event-app-created = Application registered
event-app-disabled = Application switched off
event-app-reported = Application reported
event-app-secret-rotated = New secret of an application
event-app-updated = Application changed
event-branding-changed = Look changed
event-company-created = Company created
event-consent-org-denied = Access refused to an organisation
event-consent-org-granted = Access given to an organisation
event-consent-org-revoked = Access taken back from an organisation
event-consent-user-denied = Access refused to an application
event-consent-user-revoked = Access taken back from an application
event-email-changed = E-mail address changed
event-invitation-bounced = Invitation not delivered
event-invitation-created = Invitation made
event-invitation-expired = Invitation opened too late
event-invitation-opened = Invitation opened
event-invitation-redeemed = Invitation accepted
event-invitation-refused = Invitation refused
event-invitation-regenerated = New link of an invitation
event-invitation-revoked = Invitation revoked
event-invitation-sent = Invitation delivered
event-invitation-updated = Invitation changed
event-key-rotated = New signing key
event-logout-backchannel-failed = Application not told of a sign-out
event-mail-failed = Mail given up
event-mail-retried = Mail sent once more
event-password-changed = Password changed
event-password-reset = Password reset
event-password-reset-requested = New password requested
event-policy-changed = Settings changed
event-tenant-created = Organisation made
event-tenant-disabled = Organisation switched off
event-tenant-enabled = Organisation switched on
event-tenant-updated = Organisation changed
event-tou-accepted = Terms of use accepted
event-tou-declined = Terms of use declined
event-tou-published = Terms of use published or changed
event-webhook-failed = Webhook given up
event-webhook-retried = Webhook sent once more
event-webhook-updated = Webhook changed
event-by-admin = an administrator
event-by-client = an application
event-by-local = whoever runs the server
event-by-operator = an operator
event-by-person = a person
event-by-system = the server
event-on-access-token = access token
event-on-api = API
event-on-client = application
event-on-company = company
event-on-grant = access of an application
event-on-invitation = invitation
event-on-key = key
event-on-mail = mail
event-on-session = session
event-on-tenant = organisation
event-on-terms = terms of use
event-on-tombstone = deleted account
event-on-webhook = webhook

s-ad-audit-title = Audit log
s-ad-audit-lead = What happened in { $organisation }, the latest first.
s-ad-audit-person-hint = Address, login name or account number, whole.
s-ad-audit-any = All
s-ad-audit-success = Done
s-ad-audit-failure = Tried in vain
s-ad-audit-refused = Refused
s-ad-audit-who = By
s-ad-audit-on = To whom or what
s-ad-audit-through = through { $client }
s-ad-audit-detail = Detail
s-ad-audit-none = Nothing matches this search.
s-ad-audit-out = Export and check
s-ad-audit-out-hint = The export holds what the search finds, from the oldest to the latest. That it was exported is noted in the log. Checking walks the whole chain and shows whether an event was changed or taken out.
s-ad-audit-csv = Export as CSV
s-ad-audit-ndjson = Export as NDJSON
s-ad-audit-verify = Check the chain
s-ad-audit-whole = { $n ->
    [one] The chain is whole: one event checked.
   *[other] The chain is whole: { $n } events checked.
}
s-ad-audit-broken = The chain is broken at event { $n }: tell whoever runs the server.
event-audit-exported = Audit log exported
event-support-viewed = Account looked at by support

s-hd-search-title = Support
s-hd-user-title = Support: card
s-hd-search-lead = One account at a time, to help the person who calls. Each look is noted in the audit log.
s-hd-search-label = Address or login name, whole
s-hd-search-hint = As the person says it. A part is not enough.
s-hd-user-invited = This person is invited and has no account yet.
s-hd-user-bounce = Why it was not delivered
s-hd-user-password = Set
s-hd-user-no-password = None: the person cannot sign in by password yet
s-hd-user-signed-in = Last sign-in
s-hd-user-never = None is noted here
s-hd-user-failures = Latest failures
s-hd-user-no-failures = No recent failure.
event-activity-disowned = The person says that it was not them

s-ad-company-title = Companies
s-ad-company-hint = Part of a name, or a registration or VAT number.
s-ad-company-made = Created
s-ad-company-draft = Prefilled
s-ad-company-none = Nobody has created a company here yet.
s-ad-company-none-found = No company matches “{ $q }”.
s-ad-company-maker = Created by
s-ad-company-since = On record since
s-ad-company-id = Identifier for applications
s-ad-company-admit-title = Let somebody in
s-ad-company-admit-hint = Address of a person who already has a place in this organisation. They join the company without administering it.
s-ad-company-admit = Let in
s-ad-company-admitted = This person now belongs to the company.

s-ad-tou-place = Terms of use
s-ad-tou-title = Terms of use
s-ad-tou-lead = What people have to accept before they go on. A document has versions; what was accepted stays on record.
s-ad-tou-document = Document
s-ad-tou-for = For
s-ad-tou-all-apps = Every application
s-ad-tou-for-all = To be accepted for every application of the organisation.
s-ad-tou-for-app = To be accepted for { $app }.
s-ad-tou-version = Version
s-ad-tou-versions = Versions
s-ad-tou-retired = Retired
s-ad-tou-published = Published
s-ad-tou-empty = Without a version
s-ad-tou-none = There is no document yet: nobody has to accept anything.
s-ad-tou-no-version = No version is published yet: nobody is asked for this document.
s-ad-tou-new = New document
s-ad-tou-document-hint = Lower case letters, digits and hyphens. It stays for ever.
s-ad-tou-create = Create the document
s-ad-tou-since = From
s-ad-tou-until = may wait until { $day }
s-ad-tou-audience = Who has to accept
s-ad-tou-everybody = Everybody
s-ad-tou-new-people = New people only
s-ad-tou-text = Text
s-ad-tou-accepted = Accepted by
s-ad-tou-number = Version { $n }
s-ad-tou-people = { $n ->
    [0] nobody
    [one] one person
   *[other] { $n } people
}
s-ad-tou-of-imported = { $n } of them imported
s-ad-tou-new-version = New version
s-ad-tou-text-hint = In one language at least. Whoever reads another language is shown the text there is. A very long text is sent with “parvis terms”.
s-ad-tou-summary-hint = In a few sentences, for those who accepted the version before.
s-ad-tou-grace = Time to accept
s-ad-tou-grace-hint = For those who are here already. New people accept at once.
s-ad-tou-days = { $n ->
    [0] At the next sign-in
   *[other] Within { $n } days
}
s-ad-tou-quiet = Do not tell anybody by mail
s-ad-tou-prepare = Go on to publishing
s-ad-tou-confirm-title = Publish version { $n }?
s-ad-tou-confirm-new = People who join from now on have to accept it.
s-ad-tou-confirm-all = Everybody is asked for it at their next sign-in.
s-ad-tou-confirm-grace = Everybody is asked for it, and may put it off for { $n } days.
s-ad-tou-confirm-final = A published version is not changed any more.
s-ad-tou-confirm-before = Accepted the version before
s-ad-tou-confirm-mail = Mail
s-ad-tou-confirm-told = to everybody concerned
s-ad-tou-confirm-quiet = to nobody
s-ad-tou-publish = Publish
s-ad-tou-import = Import acceptances
s-ad-tou-import-hint = One person a line: address, then if you know them version and day, separated by commas. For example: sonia@etude.test,1,2026-02-01
s-ad-tou-imported = { $n ->
    [0] No acceptance was added.
    [one] One acceptance was added.
   *[other] { $n } acceptances were added.
}
s-ad-tou-unchanged = { $n ->
    [one] One was known already.
   *[other] { $n } were known already.
}
s-ad-tou-line = Line { $line }, { $account }: not taken
s-ad-tou-is-retired = Nobody is asked for this document any more. What was accepted stays on record.
s-ad-tou-retire = Retire the document
s-ad-tou-retire-effect = Nobody is asked for it any more. What was accepted stays on record.
s-ad-tou-resume = Ask for it again
s-ad-tou-resume-effect = Whoever has not accepted its newest version is asked for it again.
s-ad-tou-done-published = The version is published.
s-ad-tou-done-retired = The document is retired.
s-ad-tou-done-resumed = The document is asked for again.
