### The portal, and the first operator's set-up.

portal = My account
skip = Skip to the content

s-me-home-place = Home
s-me-home-title = My account
s-me-home-signed-in = Last sign-in: { $moment }, { $browser }.
s-me-home-here = That is this browser.
s-me-home-not-here = That is not this browser.
s-me-home-calm = All is well. Nothing needs your attention.
s-me-home-name = Your name is missing.
s-me-home-name-why = The applications that you use do not know what to call you.
s-me-home-name-do = Complete your info
s-me-home-address = Your address is not confirmed.
s-me-home-address-why = You sign in with it, but nothing shows yet that the mailbox is yours.
s-me-home-elsewhere = There was a recent sign-in elsewhere.
s-me-home-elsewhere-why = Since yesterday your account signed in in another browser. If that was not you, sign it out.
s-me-home-elsewhere-do = See the devices
s-me-home-profile = Name, language, country and time zone
s-me-home-security = Password and sign-ins
s-me-home-contact = Where we write to you, and what you sign in with
s-me-home-activity = What happened to your account
s-me-home-privacy = What is kept of you, and your data as a file
s-me-home-sessions = { $n ->
    [one] You are signed in in this browser only
   *[other] You are signed in in { $n } browsers
}
s-me-home-apps = { $n ->
    [0] No application has access to your account
    [one] One application has access to your account
   *[other] { $n } applications have access to your account
}

s-me-profile-title = Your info
s-me-profile-lead = What applications learn about you, when you give them access.
s-me-profile-saved = Saved. Applications will know at your next sign-in.
s-me-profile-locale-hint = Of the pages and messages.
s-me-profile-no-zone = Not stated
s-me-profile-present = What is on record now
s-me-profile-kept = What you are recognised by
s-me-profile-kept-why = You can change your address yourself. For the rest, ask { $organisation }.
s-me-profile-proved = Confirmed
s-me-profile-unproved = Not confirmed
s-me-profile-phone = Telephone line
s-me-profile-login = Login name
s-me-profile-organisation = Organisation

s-me-security-title = Security
s-me-security-lead = What guards your account.
s-me-security-changed = Your password is changed. An e-mail confirms it.
s-me-security-since = Chosen on { $date }.
s-me-security-no-password = You have none: you sign in with a code that you get by e-mail.
s-me-security-choose = Choose a password
s-me-password-title = Change password
s-me-password-present = Present password

s-me-sessions-title = Devices
s-me-sessions-lead = { $n ->
    [one] You are signed in here, and nowhere else.
   *[other] You are signed in in { $n } browsers. Sign out those that you no longer use.
}
s-me-sessions-here = This browser
s-me-sessions-began = Signed in since { $moment }.
s-me-sessions-used = Used on { $moment }.
s-me-sessions-apps = Applications: { $apps }.
s-me-sessions-of = : { $browser }
s-me-sessions-effect = This browser will have to sign in again, and the applications that it opened are told. Those to which you give access while you are away keep it: you can withdraw it under “Applications”.
s-me-sessions-confirm = Sign this browser out
s-me-sessions-forget-effect = To forget it means, besides, that it no longer offers your account on the sign-in page.
s-me-sessions-forget = Sign out and forget
s-me-sessions-forgotten = Done. That browser is no longer signed in, and no longer offers your account.
s-me-sessions-all = Sign out everywhere but here
s-me-sessions-all-effect = { $n ->
    [one] The other browser will have to sign in again. You stay signed in here.
   *[other] The { $n } other browsers will have to sign in again. You stay signed in here.
}
s-me-sessions-all-confirm = Sign all others out
s-me-sessions-ended = Done. That browser is no longer signed in.
s-me-sessions-others-ended = Done. You are signed in only here now.

s-me-apps-title = Applications
s-me-apps-lead = { $n ->
    [0] The applications that you give access to your account stand here.
    [one] One application has access to your account. You can take it back at any time.
   *[other] { $n } applications have access to your account. You can take it back at any time.
}
s-me-apps-none = No application has access to your account.
s-me-apps-given = Access given on { $date }.
s-me-apps-used = Last used on { $date }.
s-me-apps-unused = Not used since.
s-me-apps-withdrawn = Done. The access is withdrawn, as of now.
s-me-apps-of = : { $scope }, { $app }
s-me-apps-of-app = : { $app }
s-me-apps-scope-effect = { $app } loses this permission at once, and with it its present access. It can ask you again when you open it.
s-me-apps-scope-confirm = Withdraw this permission
s-me-apps-all = Withdraw all
s-me-apps-effect = { $app } loses all access to your account at once, even while you are away. What it already keeps stays with it. It can ask you again when you open it.
s-me-apps-confirm = Withdraw everything from { $app }
s-me-apps-report = Report

s-setup-title = Set up Parvis
s-setup-lead = You are the first operator. This link works once.
s-setup-organisation = Your organisation
s-setup-organisation-hint = Shown at the top of every sign-in page. You can change it later.
s-setup-you = You
s-setup-identifier-hint = You sign in with it.
s-setup-password-hint = At least { $n } characters. A few words that only you put together are best.
s-setup-create = Create

s-setup-done-title = Everything is ready
s-setup-done-text = The operator account { $identifier } is created.
s-setup-done-link = The set-up link no longer works. Sign in with your address and your password.

s-me-activity-title = Recent activity
s-me-activity-lead = What happened to your account, the latest first.
s-me-activity-none = Nothing is noted.
s-me-activity-not-me = That was not me
s-me-activity-effect = The other browsers are signed out at once, and your password has to be changed at your next sign-in. You stay signed in here.
s-me-activity-confirm = Sign the others out and change the password
s-me-activity-disowned = Done. You are signed in only here now, and the password has to be changed at the next sign-in.
