### The mails, by the ids of the catalogue.

mail-foot = Sent by { $tenant }. There is no need to answer.
mail-help = Need help? { $ways }
mail-never-tell = Tell nobody this code: we never ask for it by telephone or message.
mail-or-copy = Or copy this address into your browser:
mail-valid-until = Valid until { $moment }.

mail-fact-app = Application
mail-fact-browser = Browser
mail-fact-place = From
mail-fact-reason = Reason
mail-fact-reference = Reference
mail-fact-summary = What changes
mail-fact-text = Explanation
mail-fact-version = Version
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
