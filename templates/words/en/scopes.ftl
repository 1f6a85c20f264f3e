### What an application may do, in words: the scopes of OpenID Connect. An API's own scopes bring their titles with them.

scope-openid-title = Know who you are
scope-openid-text = A number that stands for your account, so that it recognises you next time.
scope-profile-title = Read your profile
scope-profile-text = Name, picture, language and time zone.
scope-email-title = Read your e-mail address
scope-email-text = The address, and whether it was verified.
scope-address-title = Read your postal address
scope-address-text = Street, town, postcode and country.
scope-phone-title = Read your phone number
scope-phone-text = The number, and whether it was verified.
scope-offline_access-title = Stay connected while you are away
scope-offline_access-text = Until you withdraw it, 90 days at most without signing in again.
