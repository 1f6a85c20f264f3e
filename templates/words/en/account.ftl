### The portal, and the first operator's set-up.

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
