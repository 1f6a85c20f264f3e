### Les consoles d’administration.

administration = Administration

s-ad-consoles-title = Administration
s-ad-consoles-lead = Quelle organisation ?

s-ad-home-place = Accueil
s-ad-home-title = Administration
s-ad-home-lead = { $organisation } en un coup d’œil.
s-ad-home-calm = Tout est en ordre. Rien ne demande votre attention.
s-ad-home-more = Plus de { $n }
s-ad-home-accounts = { $n ->
    [one] compte
   *[other] comptes
}
s-ad-home-mail = { $n ->
    [one] e-mail en attente d’envoi
   *[other] e-mails en attente d’envoi
}
s-ad-home-mails-failed = { $n ->
    [one] Un e-mail n’a pas pu être remis.
   *[other] { $n } e-mails n’ont pas pu être remis.
}
s-ad-home-mails-failed-why = Le serveur ne les renverra plus de lui-même : l’exploitant peut les renvoyer.
s-ad-home-reports = { $n ->
    [one] Une application a été signalée.
   *[other] { $n } signalements d’applications ont été faits.
}
s-ad-home-reports-why = Des personnes trouvent qu’une application demande trop, ou ne la reconnaissent pas.
s-ad-home-alone = Vous êtes seul à pouvoir donner des rôles.
s-ad-home-alone-why = Si votre compte ne vous est plus accessible, personne ici ne peut vous aider. Donnez le rôle d’administrateur à une deuxième personne.

s-ad-invites-title = Invitations
s-ad-invites-new = Inviter
s-ad-invites-name = Nom
s-ad-invites-state = État
s-ad-invites-more = Suite
s-ad-invites-none = Personne n’est invité pour le moment.
s-ad-invites-state-pending = en attente d’envoi
s-ad-invites-state-sent = envoyée
s-ad-invites-state-opened = ouverte
s-ad-invites-state-redeemed = acceptée
s-ad-invites-state-refused = refusée
s-ad-invites-state-expired = expirée
s-ad-invites-state-bounced = non remise
s-ad-invites-state-superseded = remplacée
s-ad-invites-state-revoked = annulée

s-ad-invite-title = Invitation de { $email }
s-ad-invite-done-sent = L’invitation est partie.
s-ad-invite-done-resent = Le même lien est reparti.
s-ad-invite-done-regenerated = Un nouveau lien est parti ; l’ancien ne sert plus.
s-ad-invite-done-extended = L’invitation est prolongée.
s-ad-invite-done-moved = L’adresse est changée, et un nouveau lien y est parti.
s-ad-invite-done-revoked = L’invitation est annulée.
s-ad-invite-move-asked = La personne demande que l’invitation soit envoyée à { $to }. Vérifiez que c’est bien elle.
s-ad-invite-bounce = Le serveur de cette adresse a refusé le message : { $reason }
s-ad-invite-link = Ce lien n’est montré que cette fois. Qui le suit doit confirmer l’adresse par un code :
s-ad-invite-inviter = Invité par
s-ad-invite-sent = Remise le
s-ad-invite-opened = Ouverte le
s-ad-invite-redeemed = Acceptée le
s-ad-invite-account = Compte
s-ad-invite-has-account = un compte existe déjà pour cette adresse
s-ad-invite-resend = Renvoyer
s-ad-invite-regenerate = Régénérer le lien
s-ad-invite-extend = Prolonger d’un mois
s-ad-invite-copy = Montrer le lien
s-ad-invite-address = Changer l’adresse
s-ad-invite-address-effect = Un nouveau lien part à la nouvelle adresse ; l’ancien ne sert plus.
s-ad-invite-address-send = Envoyer à cette adresse
s-ad-invite-revoke = Annuler l’invitation
s-ad-invite-revoke-effect = Le lien ne sert plus. La personne n’est pas prévenue.
s-ad-invite-revoke-confirm = Annuler l’invitation
s-ad-invite-over = Cette personne a son accès. Pour l’aider, ouvrez son compte.

s-ad-invite-new-title = Inviter
s-ad-invite-new-portal = Aucune : le portail
s-ad-invite-new-role = Rôle
s-ad-invite-new-no-role = Aucun
s-ad-invite-new-send = Envoyer l’invitation
s-ad-invite-new-preview = Prévisualiser
s-ad-csv-title = Inviter plusieurs personnes
s-ad-csv-hint = Collez un CSV. Sa première ligne nomme les colonnes : email, given_name, family_name, locale, message, clients, roles.
s-ad-csv-send = Envoyer les invitations
s-ad-csv-invited = { $n ->
    [0] Aucune invitation n’est partie.
    [one] Une invitation est partie.
   *[other] { $n } invitations sont parties.
}
s-ad-csv-line = Ligne
s-ad-csv-outcome = Résultat
s-ad-csv-already = déjà invitée
s-ad-csv-wrong = la colonne { $column } ne convient pas
s-ad-csv-wrong-line = la ligne ne convient pas

role-global-administrator = Administrateur général
role-application-administrator = Administrateur d’application
role-account-administrator = Administrateur de compte
role-auditor = Auditeur
role-inviter = Peut inviter
