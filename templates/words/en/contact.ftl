### The address of an account: changing it, and the way back.

s-me-contact-title = Address and phone
s-me-contact-lead = This is the address that you sign in with, and where we write to you.
s-me-contact-changed = Done. From now on you sign in with the new address; the old one has been told.
s-me-contact-alias = Former address
s-me-contact-alias-until = Works until { $date }
s-me-contact-new = New e-mail address
s-me-contact-how = We send a code there. Nothing changes until you have typed it.
s-me-contact-change = Change
s-me-contact-cancel = Cancel the change
s-me-contact-code-title = Confirm your new address
s-me-contact-code-sent = We sent a message to { $address }.
s-me-contact-code-good = { $n ->
    [one] Type the code of { $digits } digits that is in it. It is valid for one more minute.
   *[other] Type the code of { $digits } digits that is in it. It is valid for { $n } minutes.
}
s-me-contact-code-confirm = Confirm
s-me-contact-code-junk = Look among the junk mail: the sender is { $sender }. Check the address, too.

s-undo-address-title = Undo the change of address
s-undo-address-asked = The address of your account at { $organisation } will be { $old } again.
s-undo-address-effect = Every open sign-in will be ended, here and elsewhere.
s-undo-address-done = Done. Your former address is back, and nobody is signed in any more.
s-undo-address-next = If the change was not yours, somebody knows your password: choose another one without delay.
s-undo-address-used = This change has been undone already.
s-undo-deletion-title = Keep my account
s-undo-deletion-asked = Your account at { $organisation } is to be deleted on { $date }.
s-undo-deletion-effect = If you keep it, nothing of it is lost. You can sign in again.
s-undo-deletion-done = Done. Your account stays.
s-undo-deletion-used = This account is not waiting to be deleted any more.
s-undo-expired = This link has expired.
s-undo-ask = If you need help, you find whom to ask at the foot of this page.
