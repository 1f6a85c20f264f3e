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
e-pw-known = This password is in published lists. Choose another.
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
e-link-exp = This link has expired. Ask for a new one.
e-not-found = There is no such page. Check the address, or go back to your application.
e-email-dup = This address is already used by another account.
e-no-account = No account here has this address or login name.
e-phone-dup = This number is already used by another account.
e-login-dup = This login name is already used by another account.
e-form = “{ $field }” does not have the expected form.
e-oneself = Nobody takes this from themselves: ask another administrator.
e-last-admin = This is the last account that can give roles: give somebody else that role first.
e-tou = Without accepting the terms, { $app } cannot open.
    .without-app = Without accepting the terms, you cannot go on.
e-tou-new = These terms have just changed. This is the version to read before you go on.
e-conflict = This record changed meanwhile. Compare before saving.
e-500 = Something went wrong. Reference { $reference }.
