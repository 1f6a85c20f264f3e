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
