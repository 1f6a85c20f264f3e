### What people agree to: the organisation, the terms of use.

portal-orgs = My account › Organisations

s-org-consent-title = Permission requested by { $organisation }
s-org-consent-asks = Your account comes from elsewhere. { $organisation } ({ $domain }) needs to:
s-org-consent-asks-bare = Your account comes from elsewhere. { $organisation } needs to:
org-consent-profile-title = Receive your profile
org-consent-profile-text = Your name, your e-mail address and your photo, if you gave one.
org-consent-activity-title = Keep a record of your activity in its services
org-consent-activity-text = When you sign in, to which application, and what you do there.
org-consent-use-title = Use this data to run your access
org-consent-use-text = To give you rights, to take them back, and to protect your account there.
org-consent-more = Learn more
org-consent-why = The organisation asks for this step, once. Without your agreement nothing is passed on to it.
org-consent-later = You can come back to this in { $link }.
org-consent-statement = Privacy statement of { $organisation }

s-consent-both-title = { $organisation } and { $app } ask for your agreement
s-consent-both-organisation = The organisation
s-consent-both-app = The application

s-tou-title = Terms of use
s-tou-version = { $name }, version { $version }, in force since { $date }
s-tou-changes = What changes
tou-version = Version { $version }
s-tou-download = Download this text
s-tou-accept = I have read and accept version { $version }
s-tou-grace = You can also decide later, until { $date }.
s-tou-later = Later
s-tou-decline = Decline
s-tou-leave = Decline and leave
