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

role-global-administrator = Global administrator
role-application-administrator = Application administrator
role-account-administrator = Account administrator
role-auditor = Auditor
role-inviter = May invite
