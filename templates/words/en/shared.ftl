### Said on many pages.

title-error = Error: { $title }
to-continue = to continue to { $app }
next = Next
continue = Continue
cancel = Cancel
accept = Accept
send = Send
yes = Yes
no = No
ask-for-help = Ask for help
retry = Try again
save = Save
withdraw = Withdraw
sign-out = Sign out
sign-out-other = Sign out
back-to = Back to { $app }
change-account = Change account
other-account = Use another account
forgot-password = Forgot password?
back-to-sign-in = Back to sign-in
signout-all = Sign out my other devices
show = Show
show-password = Show password
show-details = Show details
switch-language = Français
terms = Terms
privacy = Privacy
help = Help
optional = (optional)
reference = Reference
moment = Time
agent = { $browser } on { $system }
agent-of = Browser on { $system }
agent-unknown = Unknown browser
portal-apps = My account › Applications
publisher-verified = Verified publisher
publisher-unverified = Unverified publisher
demo-notice = Demonstration: the people and companies are invented, and nothing is kept for real.

## How long to wait.

wait-seconds = { $n ->
    [one] 1 second
   *[other] { $n } seconds
}
wait-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
wait-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}

## Dates.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $day } { $month } { $year }
date-first = { $day } { $month } { $year }
date-and-time = { $date }, { $time } UTC

## Labels of fields.

label-identifier = E-mail address
label-email = E-mail address
label-code = Security code
label-password = Password
label-new_password = Password
label-given_name = First name
label-family_name = Last name
label-locale = Language
label-country = Country
label-bday_day = Day
label-bday_month = Month
label-bday_year = Year
label-zoneinfo = Time zone
label-tenant_name = Name of the organisation
label-accept = I have read and accept
label-message = Message
label-csv = CSV
label-reason = Reason
label-confirm_email = Your address
label-text = What did you notice?
label-legal_name = Legal name
label-trade_name = Trade name
label-reg_no = Registration number
label-vat_no = VAT number
label-legal_form = Legal form
label-street-address = Address
label-postal-code = Postal code
label-address-level2 = Town
label-phone = Telephone
label-sector = Sector
label-size = Size
label-contact_given = Contact’s first name
label-contact_family = Contact’s last name
label-contact_language = Language
label-timezone = Time zone

label-q = Search
label-name_fr = Name in French
label-name_en = Name in English
label-document = Name in addresses
label-text_fr = Text in French
label-text_en = Text in English
label-summary_fr = What changes, in French
label-summary_en = What changes, in English
label-acceptances = Acceptances
label-state = State of the account
label-name = Name
label-login = Login name
label-person = Person
label-event = Event
label-outcome = Outcome
label-client = Application
label-from = From
label-until = Until
