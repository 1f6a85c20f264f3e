### The screens of a journey, and those it may end on.

s-signin-id-title = Sign in
s-signin-id-signup = Create an account

s-picker-title = Choose an account
s-picker-signed-in = Signed in
s-picker-signed-out = Signed out
s-picker-archived = Archived
s-picker-forget = Forget this account
s-picker-forget-named = Forget this account: { $identifier }
s-picker-forget-effect = { $identifier } leaves this list and is signed out in this browser. The account itself stays as it is: you can sign in to it again.

s-signin-pw-title = Enter your password
s-signin-pw-next = Sign in
s-reauth-title = Confirm it is you
s-reauth-next = Confirm
s-reauth-reason = { $app } asks you to prove it is still you before it goes on.
s-reauth-why = What follows is sensitive, so enter your password once more.

s-signin-pw-code = Get a code by e-mail
s-signin-otp-title = Code sent
s-signin-otp-another = Another way to sign in
mailed-code-sent = { $n ->
    [one] If there is an account with this address, a { $digits }-digit code has just been sent to it. It is valid for one more minute.
   *[other] If there is an account with this address, a { $digits }-digit code has just been sent to it. It is valid for { $n } more minutes.
}
mailed-code-who = A code is sent only if there is an account with the address at the top of this page.
s-reset-title = Forgotten password
s-reset-lead = We send you a code. With it you can choose a new password.
s-reset-send = Get a code
s-reset-code-title = Enter the code
s-reset-new-title = New password
s-reset-done-title = Password changed
s-reset-done-text = The password of { $identifier } is changed.
s-reset-done-mail = An e-mail confirms it. With it you can also undo this change for 7 days.
s-pw-forced-title = Change your password
s-pw-forced-marked = Your password was temporary, or somebody else may have known it. Choose one that only you know.
s-pw-forced-known = Your password is in published lists: others may try it. Choose a new one.
s-pw-forced-others = Your other devices will be signed out.
s-signin-unknown-title = First visit?
s-signin-unknown-text = { $organisation } does not know { $address } yet.
s-signin-unknown-signup = Create an account with { $address }
s-signin-unknown-correct = Correct the address

s-signup-email-title = Create an account
s-signup-email-no-mailbox = Your usual address; no mailbox is created.
s-signup-email-signin = I have an account
s-signup-code-title = Confirm your address
s-signup-code-sent = { $n ->
    [one] A { $digits }-digit code is on its way. It is valid for another minute.
   *[other] A { $digits }-digit code is on its way. It is valid for another { $n } minutes.
}
s-signup-code-leaving = { $n ->
    [one] A { $digits }-digit code is about to leave for this address. It is valid for another minute.
   *[other] A { $digits }-digit code is about to leave for this address. It is valid for another { $n } minutes.
}
s-signup-code-refused = The mailbox did not take the code.
mailing-delayed = Your code has not left yet: the mail server does not answer. It leaves by itself, once, as soon as that server is back.
mailing-meanwhile = You can wait on this page or come back to it later: what you have entered is kept.
mailing-check = Check again
s-signup-code-over = The code that was sent to you has expired.
s-signup-code-resend = Send the code again
s-signup-code-change = Change address
s-signup-code-nothing = Nothing arrived?
s-signup-code-junk = Look in your junk folder: the sender is { $sender }. Check the address at the top of this page, too.
s-signup-code-wait = A new code can be sent { $seconds } after the one before, which then ends.
s-signup-exists-title = You already have an account
s-signup-exists-archived = An archived account has this address
s-signup-exists-text = Sign in as { $address } to go on where you were.
s-signup-exists-signin = Sign in as { $address }
s-signup-secret-title = Secure your account
s-signup-secret-label = Create a password
s-signup-secret-hint = At least { $n } characters. A few words that do not belong together are enough.
strength-one = One more character
strength-more = # more characters
strength-enough = Long enough.
s-signup-profile-title = About you
s-signup-profile-country = Country or region
s-signup-profile-choose = Choose
s-signup-profile-birth = Date of birth
s-signup-profile-marketing = I wish to receive news from { $tenant }
s-signup-profile-terms = By creating your account you agree to { $link }.
s-signup-profile-terms-link = the terms of { $tenant }
s-signup-profile-privacy = What we keep, and why: { $link }.
s-signup-profile-privacy-link = privacy statement
s-signup-profile-create = Create my account

s-stay-title = Stay signed in?
s-stay-effect = { $days ->
    [one] You will not be asked to sign in on this device for a day.
   *[other] You will not be asked to sign in on this device for { $days } days.
}
s-stay-shared = Answer no on a computer that others use.

s-app-consent-title = Permissions requested
s-app-consent-asks = This application would like to:
s-app-consent-granted = { $n ->
    [one] You already agreed to 1 permission
   *[other] You already agreed to { $n } permissions
}
s-app-consent-client = Application id
s-app-consent-home = Website
s-app-consent-added = Added on
s-app-consent-redirect = Sends you back to
s-app-consent-terms = The application’s terms
s-app-consent-privacy = The application’s privacy statement
s-app-consent-trust = Accept only if you recognise this publisher.
s-app-consent-later = You can withdraw this in { $link }.
s-app-consent-odd = Something odd?
s-app-consent-report = Report this application

s-app-report-title = Report { $app }
s-app-report-lead = We look at every report. The application’s publisher does not see who wrote it.
s-app-report-impersonation = It pretends to be somebody else
s-app-report-asks-too-much = It asks for too much
s-app-report-unexpected = I did not expect this request
s-app-report-other = Something else
s-app-report-contact = You may write to me about this report
s-app-report-thanks = Thank you. Your report has reached us under reference { $reference }.
s-app-report-then = Your sign-in is waiting. You can refuse what the application asks, or go back and decide.
s-app-report-deny = Refuse and leave
s-app-report-back = Back

s-code-title = Your code
s-code-address = It confirms your address.
s-code-reset = With it you can choose a new password.
s-code-sign-in = It signs you in.
s-code-where = Type it in the first window, the one that asks for it. After that you can close this page.
s-code-never-tell = Give it to nobody. If you asked for nothing, close this page: nothing changes.
s-undo-title = Undo the change of password
s-undo-lead = Your password was changed, and it was not you?
s-undo-effect = The new password will stop working, and every device will be signed out. The old one does not come back: somebody else may know it. You will choose another one after this.
s-undo-do = Undo this change
s-undo-nothing = If it was you, close this page: nothing changes.
s-undo-done-title = This change is undone
s-undo-done-text = The password that had been chosen does not work any more, and every device is signed out.
s-undo-done-next = Choose a new password now. We send you a code by e-mail for that.
s-undo-done-reset = Choose a new password

s-continue-title = Back to { $app }
s-continue-lead = One more step, and the application takes over.

s-throttled-title = Please wait
s-throttled-why = This pause keeps others from guessing passwords. Nothing is lost, and your account is not locked.

s-throttled-ways = You need not wait to go on in another way:
s-blocked-title = Access not possible

s-signout-title = Sign out?
s-signout-which = Choose the accounts to sign out.
s-signout-effect = The applications opened with this account in this browser will be told to close their sessions.
s-signout-stay = Stay signed in

s-signed-out-title = You are signed out
s-signed-out-apps = These applications are told to close their sessions too:
s-signed-out-shared = On a shared computer, close the browser as well.
s-signed-out-again = Sign in again

s-error-title = Something went wrong
s-error-help = If it happens again, write to the help address below with this reference.
s-error-developer = For the application’s developer
s-error-retry = Start again

s-company-title = Your company
s-company-lead = { $organisation } needs to know it to open its services to you.
s-company-lead-filled = Filled by { $organisation }. Correct it if needed.
s-company-filled = Filled by { $organisation }
s-company-who = The company
s-company-where = Where to reach it
s-company-more = To serve you better
s-company-number-hint = In France, the SIREN or SIRET
s-company-number-optional = (optional outside France)
s-company-vat-hint = With the country code, such as FR
s-company-phone-hint = Outside France, with the country code: +32…
s-company-size = { $size } people
s-company-contact = Contact: { $address }
s-company-one = 1 item to correct:
s-company-many = 0 items to correct:
s-company-none = All is in order.
s-company-create = Create company
s-company-later = Save for later
s-company-join = My company already exists
s-company-join-hint = We will write to the person who administers it, by the number given.

s-check-title = Checking
s-check-text = We are checking that you are not a robot. Without scripts, get a link by e-mail instead.
s-check-widget = Confirm that you are not a robot. Without scripts, get a link by e-mail instead.
s-check-working = We are checking that you are not a robot. There is nothing for you to do.
s-check-ready = All is well.
s-check-passed = All is well. Continue to get your code.
s-check-otherwise = Does it not work?
s-check-mail = Get a link by e-mail
s-check-mail-hint = The link goes to { $address }. Open it wherever you like, then come back here.
s-check-mailed = A link is on its way to { $address }. Open it, then continue here.
s-check-support = Write to support, reference { $reference }
s-check-support-phone = Support at { $phone }, reference { $reference }
s-check-link-title = Confirm that it is you
s-check-link-text = Somebody, probably you, is asking for a code to be sent to your address. Confirm so that it continues in the other window.
s-check-link-confirm = Yes, it is me
s-check-link-done = Confirmed. Go back to the other window and continue.
