### What a person is told when something is wrong, by the ids of the catalogue.

e-req = Enter “{ $field }”.
e-long = “{ $field }”: at most { $most } characters.
e-email = This e-mail address is incomplete. Example: name@example.com
e-date = There is no such date. Example: 4 5 1986
e-age = An account is possible from the age of { $least }.
e-email-typo = Did you mean { $suggestion }? If not, press Next again.
e-mailbox = The message could not be delivered to { $address }. Check the address.
e-maildown = Our mail is delayed. Try again or choose another method.
e-code = { $left ->
    [one] That code is not right. { $left } try left.
   *[other] That code is not right. { $left } tries left.
}
e-code-fmt = The code has { $digits } digits.
e-code-exp = This code has expired. Ask for a new one.
e-code-max = Too many tries: this code is cancelled. New code in { $seconds }.
e-resend = New code in { $seconds }.
e-exists = An account already exists for this address.
e-invite-only = Sign-up is by invitation.
e-badcred = Wrong identifier or password.
e-pw-short = At least { $least } characters: { $missing } more.
e-pw-long = At most { $most } characters.
e-pw-same = That is already your password.
e-pw-known = { $why ->
    [similar] This password is too much like one in published lists. Choose another.
    [sequence] Letters or figures in their order are guessed quickly. Choose another password.
    [repeat] The same letters again and again are guessed quickly. Choose another password.
    [keyboard] Keys that lie side by side are guessed quickly. Choose another password.
    [date] A date or a year is guessed quickly. Add words that do not go together.
    [word] A word almost by itself is guessed quickly. Add others that do not go with it.
    [name] A name is guessed quickly. Add words that do not go together.
    [mixed] This password is guessed too quickly. Add words that do not go together.
   *[listed] This password is in published lists. Choose another.
}
e-pw-self = Keep your name or address out of the password.
e-throttle = Too many tries. Try again in { $seconds }.
e-busy = Many people are signing in right now, and your password was not checked. Try again in a few seconds.
e-locked = This account is locked. Contact { $support }.
e-archived = This account is archived in { $organisation }. Contact { $support }.
e-tenant-off = Access for { $organisation } is suspended.
e-app-off = { $app } is no longer available here.
e-not-assigned = You do not have access to { $app }.
e-need-admin = An administrator of { $organisation } must approve.
e-no-role = The account { $identifier } has no role that opens this page of the administration of { $organisation }. Ask an administrator for one, or sign in with another account.
e-csrf = This page expired. Your answers are kept: submit again.
e-txn = This sign-in is finished or too old. Start again from { $app }.
    .without-app = This sign-in is finished or too old. Start again from your application.
e-oauth = { $flaw ->
    [missing] The app’s request is incomplete: { $parameter }.
    [unregistered] The app’s request names something that is not registered here: { $parameter }.
   *[other] The app’s request is not valid: { $parameter }.
}
e-cookies = Your browser blocks cookies that sign-in needs.
e-link-bad = This link is not valid. Copy all of it.
e-link-exp = This link expired on { $date }.
    .without-date = This link has expired. Ask for a new one.
e-link-used = This link was already used. Sign in.
e-link-old = A newer link was sent to you on { $date }.
e-link-revoked = This invitation does not count any more. Ask the person who invited you for another.
e-wrong-acct = The invitation is for { $masked }. You are signed in as { $other }.
e-not-found = There is no such page. Check the address, or go back to your application.
e-email-dup = This address is already used by another account.
e-email-same = That is your address already.
e-confirm = That is not the address of this account.
e-last-admin = Nobody but you administers { $organisation }. Hand its administration to somebody first.
    .without-organisation = This is the last account that can give roles: give somebody else that role first.
e-no-account = No account here has this address or login name.
e-phone-dup = This number is already used by another account.
e-login-dup = This login name is already used by another account.
e-form = “{ $field }” does not have the expected form.
e-oneself = Nobody takes this from themselves: ask another administrator.
e-tou = Without accepting the terms, { $app } cannot open.
    .without-app = Without accepting the terms, you cannot go on.
e-tou-new = These terms have just changed. This is the version to read before you go on.
e-quota = You have sent { $most } invitations in a day, the number that your organisation allows. Try again tomorrow.
e-invited = This address is already invited.
e-csv = This text is no CSV whose first line names the columns: email, given_name, family_name, locale, message, clients, roles.
e-conflict = This record changed meanwhile. Compare before saving.
e-500 = Something went wrong. Reference { $reference }.
e-company-id = This number contains an error (check digit).
e-company-dup = This company already exists. Ask { $contact } for access.
e-phone = This number does not match the chosen country.
e-check = The check did not come to an end. Get a link by e-mail instead.
