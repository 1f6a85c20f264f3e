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

s-me-orgs-title = Organisations
s-me-orgs-lead = Where you have a place, and what you allow.
s-me-orgs-none = Your account has no place in any organisation.
s-me-orgs-home = Your organisation
s-me-orgs-home-why = It keeps this account: only it can close it.
s-me-orgs-since = You have had a place there since { $date }.
s-me-orgs-permitted = Permission given on { $date }:
s-me-orgs-unpermitted = You allow it nothing at the moment.
s-me-orgs-effect = Its applications lose all access to your account at once. { $organisation } will ask for your agreement again when you enter.
s-me-orgs-confirm = Withdraw the permission
s-me-orgs-withdrawn = Done. The permission is withdrawn, from now on.
s-me-orgs-role = You have a role there. To leave the organisation, first ask an administrator to take it from you.
s-me-orgs-leave = Leave
s-me-orgs-leave-effect = You will no longer have a place at { $organisation }, and its applications lose all access to your account at once. To come back you will need a new invitation.
s-me-orgs-leave-confirm = Leave { $organisation }
s-me-orgs-left = Done. You have left the organisation.
s-me-home-orgs = Your places and what you allow

s-me-terms-title = Accepted terms
s-me-terms-lead = The exact texts that you accepted, to keep if you like.
s-me-terms-none = You have not accepted any terms of use.
s-me-terms-accepted = Accepted on { $moment }.
s-me-terms-imported = Accepted on { $date }, according to { $organisation }.
s-me-terms-of = : { $name }, version { $version }
s-me-home-terms = Documents, versions and dates
