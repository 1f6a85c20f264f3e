### L'adresse du compte : en changer, et revenir en arrière.

s-me-contact-title = Adresse et téléphone
s-me-contact-lead = C’est avec cette adresse que vous vous connectez, et là que nous vous écrivons.
s-me-contact-changed = C’est fait. Vous vous connectez désormais avec la nouvelle adresse ; l’ancienne a été prévenue.
s-me-contact-alias = Ancienne adresse
s-me-contact-alias-until = Fonctionne encore jusqu’au { $date }
s-me-contact-new = Nouvelle adresse e-mail
s-me-contact-how = Nous y envoyons un code. Rien ne change avant que vous l’ayez saisi.
s-me-contact-change = Modifier
s-me-contact-cancel = Annuler le changement
s-me-contact-code-title = Confirmez votre nouvelle adresse
s-me-contact-code-sent = Nous avons envoyé un message à { $address }.
s-me-contact-code-good = { $n ->
    [one] Saisissez le code à { $digits } chiffres qu’il contient. Il est valable une minute encore.
   *[other] Saisissez le code à { $digits } chiffres qu’il contient. Il est valable { $n } minutes.
}
s-me-contact-code-confirm = Confirmer
s-me-contact-code-junk = Regardez dans les courriers indésirables : l’expéditeur est { $sender }. Vérifiez aussi l’adresse.

s-undo-address-title = Annuler le changement d’adresse
s-undo-address-asked = L’adresse de votre compte chez { $organisation } redeviendra { $old }.
s-undo-address-effect = Toutes les connexions ouvertes seront fermées, ici et ailleurs.
s-undo-address-done = C’est fait. Votre ancienne adresse est rétablie, et plus personne n’est connecté.
s-undo-address-next = Si vous n’étiez pas à l’origine du changement, quelqu’un connaît votre mot de passe : choisissez-en un autre sans attendre.
s-undo-address-used = Ce changement a déjà été annulé.
s-undo-deletion-title = Garder mon compte
s-undo-deletion-asked = Votre compte chez { $organisation } doit être supprimé le { $date }.
s-undo-deletion-effect = Si vous le gardez, rien n’en est perdu. Vous pourrez vous reconnecter.
s-undo-deletion-done = C’est fait. Votre compte est conservé.
s-undo-deletion-used = Ce compte n’attend plus d’être supprimé.
s-undo-expired = Ce lien a expiré.
s-undo-ask = Si vous avez besoin d’aide, les coordonnées sont au bas de cette page.
