### The mails, by the ids of the catalogue.

mail-foot-answer = Sent by { $tenant }. You can answer it.
mail-foot = Sent by { $tenant }. There is no need to answer.
mail-hello = Hello { $name },
mail-help = Need help? { $ways }
mail-invited-address = The invitation is for the address that received this message.
mail-never-tell = Tell nobody this code: we never ask for it by telephone or message.
mail-or-copy = Or copy this address into your browser:
mail-valid-until = Valid until { $moment }.

mail-fact-answer = The server’s answer
mail-fact-app = Application
mail-fact-browser = Browser
mail-fact-message = Message
mail-fact-place = From
mail-fact-reason = Reason
mail-fact-reference = Reference
mail-fact-summary = What changes
mail-fact-text = Explanation
mail-fact-version = Version
mail-fact-until = Valid until
mail-fact-when = When

mail-reason-asks-too-much = It asks for too much
mail-reason-impersonation = It pretends to be another
mail-reason-other = Another reason
mail-reason-unexpected = Unexpected request

mail-00-subject = A test of sending mail
mail-00-title = Sending mail works
mail-00-text = An administrator of { $tenant } asked for this message to see whether mail arrives.

mail-01-subject = Your code { $code } to confirm your address
    .without-code = Your code to confirm your address
mail-01-title = Confirm your address
mail-01-text = Type this code on the page that is open for { $app }.
mail-01-button = Show the code
mail-01-unasked = You asked for nothing? Somebody probably typed your address by mistake. Do nothing.

mail-02-subject = You already have an account
mail-02-title = You already have an account
mail-02-text = Somebody, probably you, wanted to create an account for { $app } with this address. There is one already: sign in with it.
mail-02-button = Sign in
mail-02-reset = Forgotten the password? Choose a new one
mail-02-unasked = If it was not you, do nothing: your account has not changed.

mail-03-subject = { $who } invites you to use { $app }
    .without-app = { $who } invites you
mail-03-title = You are invited
mail-03-text = { $who } invites you to use { $app }.
    .without-app = { $who } invites you to open an access.
mail-03-button = See the invitation
mail-03-unasked = You did not expect this invitation? Do nothing: no account is made without you.

mail-04-subject = Reminder: your invitation ends on { $date }
mail-04-title = Your invitation is waiting
mail-04-text = { $who } invited you to use { $app }. The link is the same.
    .without-app = { $who } invited you to open an access. The link is the same.
mail-04-button = See the invitation
mail-04-unasked = You do not want this invitation? Say so on the page, and we will not write to you about it again.

mail-05-subject = Your new activation link
mail-05-title = Your new activation link
mail-05-text = This is the link of the invitation of { $who } to use { $app }. Links you received before may not work any more.
    .without-app = This is the link of the invitation of { $who }. Links you received before may not work any more.
mail-05-button = See the invitation
mail-05-unasked = You asked for nothing? Do nothing: no account is made without you.

mail-06-subject = { $invitee } accepted your invitation
mail-06-title = Your invitation was accepted
mail-06-text = { $invitee } accepted your invitation to use { $app }.
    .without-app = { $invitee } accepted your invitation.
mail-06-button = See the invitation
mail-06-unasked = You receive this message because you sent this invitation.

mail-07-subject = Invitation not delivered to { $email }
mail-07-title = Your invitation did not arrive
mail-07-text = The invitation to { $email } was refused by the server of that address. Correct the address to send it again.
mail-07-button = Correct the address
mail-07-unasked = You receive this message because you sent this invitation.

mail-08-subject = Code { $code } to choose a new password
    .without-code = Your code to choose a new password
    .refused = Your forgotten password
mail-08-title = Choose a new password
    .refused = Your account cannot be used
mail-08-text = Type this code to choose a new password at { $tenant }.
mail-08-refused = Somebody, most likely you, asked for a new password at { $tenant }. Your account there is archived or locked: it cannot have one. Please ask { $tenant }.
mail-08-button = Show the code
mail-08-unasked = You asked for nothing? Do nothing: your password stays the same.

mail-09-subject = Your password was changed
mail-09-title = Your password was changed
mail-09-text = The password of your account at { $tenant } was just changed.
mail-09-button = It was not me
mail-09-unasked = If it was you, there is nothing to do. If not, undo the change at once.

mail-10-subject = Sign-in code { $code }
    .without-code = Your sign-in code
mail-10-title = Your sign-in code
mail-10-text = Type this code to sign in to { $app }.
mail-10-button = Show the code
mail-10-unasked = You asked for nothing? Do nothing: nobody signs in without this code.

mail-11-subject = New sign-in to your account
mail-11-title = New sign-in to your account
mail-11-text = Your account at { $tenant } was just used in a browser that we did not know.
mail-11-button = Open my account
mail-11-unasked = If it was you, there is nothing to do. If not, change your password at once.

mail-22-subject = New terms of use
mail-22-title = The terms of use change
mail-22-text = { $tenant } publishes a new version of “{ $document }”. It holds from { $date } on: you can read and accept it when you next sign in.
mail-22-button = See the terms I accepted
mail-22-unasked = You receive this because you have an account with this organisation.
mail-16-subject = Code { $code } to confirm your new address
    .without-code = Confirm your new address
mail-16-title = Confirm your new address
mail-16-text = Type this code in your account at { $tenant }. This address will replace { $old } there.
mail-16-unasked = You asked for nothing? Somebody probably typed your address by mistake. Do nothing.

mail-17-subject = Your address was replaced
mail-17-title = Your address was replaced
mail-17-text = Your account at { $tenant } has a new address: { $new }. Messages go there from now on. For thirty days you can still sign in with the old one.
mail-17-button = Undo the change
mail-17-until = You can undo it until { $moment }.
mail-17-unasked = If it was you, there is nothing to do. If not, undo this change without delay.

mail-25-subject = Your data is ready
mail-25-title = Your data is ready
mail-25-text = The file that you asked { $tenant } for is ready. It holds all that is kept of your account.
mail-25-button = Download my data
mail-25-until = It is available until { $moment }. You will have to confirm that it is you.
mail-25-unasked = You asked for nothing? Somebody may be signed in to your account: change your password without delay.

mail-23-subject = Your account is archived
mail-23-title = Your account is archived
mail-23-text = { $tenant } has archived your account. Nobody can sign in with it any more, and nothing of it was deleted. Ask { $tenant } for what is kept of you.
mail-23-unasked = You receive this because you have an account there. If you did not expect it, ask who administers it.

mail-24-subject = Your account is active again
mail-24-title = Your account is active again
mail-24-text = { $tenant } has taken your account out of the archive. You can sign in as before.
mail-24-button = Sign in
mail-24-unasked = You receive this because you have an account there.

mail-26-subject = Your account will be deleted on { $date }
mail-26-title = Your account is going to be deleted
mail-26-text = You asked for your account at { $tenant } to be deleted. It will be on { $date }. Until then, signing in or following the link below is enough to keep it.
mail-26-button = Keep my account
mail-26-unasked = If it was not you, keep your account with this link, then change your password.

mail-30-subject = Unusual sign-in attempts
mail-30-title = Unusual sign-in attempts
mail-30-text = Since { $since }, { $count ->
    [one] one attempt to sign in to your account at { $tenant } has failed.
   *[other] { $count } attempts to sign in to your account at { $tenant } have failed.
}
mail-30-button = Open my account
mail-30-unasked = If it was you, there is nothing to do. If not, your password was not found: make sure that it is used nowhere else.

mail-31-subject = Application reported: { $app }
mail-31-title = An application was reported
mail-31-text = Somebody at { $tenant } reported the application { $app }.
mail-31-unasked = You get this message because you run Parvis or publish this application.

mail-36-subject = A question about your invitation to { $email }
mail-36-title = A question about your invitation
mail-36-move = The person invited at { $email } asks for the invitation to be sent to { $to }. Make sure that it is really them before you change the address.
mail-36-not-me = The person who received the invitation to { $email } says that they did not accept it. Check whom you have let in.
mail-36-refused = The person who received the invitation to { $email } says that it is not for them.
mail-36-new-link = The person invited at { $email } asks for a new link.
mail-36-button = See the invitation
mail-36-unasked = You receive this message because you sent this invitation.
mail-28-subject = Your company { $company } is ready
mail-28-title = Your company is ready
mail-28-text = You created { $company } at { $tenant } and administer its accounts.
mail-28-button = Open my account
mail-28-unasked = You created nothing? Write to support at once.

mail-40-subject = Access to { $company } is asked for
mail-40-title = Somebody asks for access to your company
mail-40-text = { $who } wishes to join { $company } at { $tenant }. To agree, answer this message.
mail-40-unasked = You do not know this person? Do nothing: they get no access unless you agree.

mail-41-subject = Confirm that it is you
mail-41-title = Confirm that it is you
mail-41-text = Open this link and confirm to get your code for { $app }.
mail-41-button = Continue
mail-41-unasked = You asked for nothing? Do nothing: no code is sent and nothing changes.
