### What is kept of a person, and the two ways to have it.

s-me-privacy-title = Privacy
s-me-privacy-lead = What we keep of you, where, why and for how long.
s-me-privacy-home = Your account belongs to it or is in its care.
s-me-privacy-place = You have a place there with this account.
s-me-privacy-controller = Controller
s-me-privacy-where = Where it is kept
s-me-privacy-where-ask = Ask this organisation
s-me-privacy-contact = Contact
s-me-privacy-statement = Read its privacy statement
s-me-privacy-what = What is kept
s-me-privacy-identity = Your name, your addresses and your preferences
s-me-privacy-identity-why = To recognise you and to write to you. As long as the account exists; a former address, thirty days.
s-me-privacy-access = The access that you give
s-me-privacy-access-why = So that you are not asked again. Until you withdraw it.
s-me-privacy-sessions = Your sign-ins
s-me-privacy-sessions-why = So that you stay signed in, and can sign a device out. { $n ->
    [one] One day.
   *[other] { $n } days at most, or as long as you chose.
}
s-me-privacy-trail = The security log
s-me-privacy-trail-why = To understand an incident: what was done, when, from which network address. It holds neither passwords nor messages of yours, and outlives the account without naming it.
s-me-privacy-nobody = Nothing is sold, nothing is used for advertising. An application learns only what you agree to give it.
s-me-privacy-export = Export my data
s-me-privacy-export-what = A file with all that is kept of you, to read yourself or to hand to another service.
s-me-privacy-export-do = Export my data
s-me-privacy-export-again = Prepare a new file
s-me-privacy-export-waiting = Your file is being prepared. We write to you as soon as it is there.
s-me-privacy-export-ready = Your file is ready. It is available until { $date }.
s-me-privacy-download = Download
s-me-privacy-delete-what = { $n ->
    [one] You have one day to change your mind.
   *[other] You have { $n } days to change your mind.
}
s-me-privacy-delete-do = Delete my account

s-me-delete-title = Delete the account
s-me-delete-lead = { $n ->
    [one] Your account will be deleted tomorrow. Until then, signing in is enough to keep it.
   *[other] Your account will be deleted in { $n } days. Until then, signing in is enough to keep it.
}
s-me-delete-everything = Your name, your address, your password and the access you gave are erased for ever.
s-me-delete-signed-out = You are signed out everywhere, from now on.
s-me-delete-organisation = { $organisation }: you lose your place. What this organisation keeps in its own services stays with it.
s-me-delete-apps = { $n ->
    [one] One application loses access to your account.
   *[other] { $n } applications lose access to your account.
}
s-me-delete-confirm = To confirm, type { $identifier }.
s-me-delete-do = Delete
s-me-delete-not-own = This account belongs to { $organisation }: only they can delete it.
s-me-delete-ask = Ask { $organisation }. You find whom to ask on the page “Privacy”.

s-undo-planned = Your account is going to be deleted
s-undo-planned-text = You are signed out everywhere. The date, and a link to keep your account, are in the message that we have just sent you.
s-undo-planned-sign-in = Signing in before then is enough to keep it.

s-export-title = My data
s-export-made = As of { $moment }.
s-export-json = The other file says the same, for programs.
s-export-middle = Middle names
s-export-nickname = Nickname
s-export-gender = Gender
s-export-birthdate = Date of birth
s-export-pages = Pages and picture
s-export-proved = confirmed on { $moment }
s-export-address = Postal address
s-export-created = Account made on
s-export-roles = Roles
s-export-organisations = Organisations
s-export-terms = Accepted terms
s-export-events = Log
