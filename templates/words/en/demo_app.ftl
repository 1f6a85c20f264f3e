### The applications of the demonstration.

demo-app-title = Welcome
demo-app-hello = Hello { $name }
demo-app-signed-in = You are signed in
demo-app-lead = This demonstration application knows no password: it sends you to your identity provider and verifies its answer.
demo-app-sign-in = Sign in
demo-app-verified = The application verified the token signed by { $issuer }.
demo-app-id-token = ID token
demo-app-userinfo = Answer of userinfo
demo-app-ask-userinfo = Ask userinfo
demo-app-refresh = Renew the tokens
demo-app-refreshed = The tokens were renewed.
demo-app-signed-out-elsewhere = You were signed out: the identity provider ended the session.
demo-app-unexpected = This answer was not expected. Sign in again.
demo-app-failed = Signing in did not work:

## Captured messages.

demo-mailbox-title = Captured messages
demo-mailbox-empty = No message
demo-mailbox-open = See it as a mail reader shows it
