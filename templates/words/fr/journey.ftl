### Les écrans d’un parcours, et ceux où il peut finir.

s-signin-id-title = Se connecter
s-signin-id-signup = Créer un compte

s-picker-title = Choisissez un compte
s-picker-signed-in = Connecté
s-picker-signed-out = Déconnecté
s-picker-archived = Archivé
s-picker-forget = Oublier ce compte
s-picker-forget-named = Oublier ce compte : { $identifier }
s-picker-forget-effect = { $identifier } quitte cette liste et sera déconnecté de ce navigateur. Le compte lui-même ne change pas : vous pourrez vous y reconnecter.

s-signin-pw-title = Saisissez votre mot de passe
s-signin-pw-next = Se connecter
s-reauth-title = Confirmez que c’est vous
s-reauth-next = Confirmer
s-reauth-reason = { $app } vous demande de prouver que c’est toujours vous avant de continuer.
s-reauth-why = La suite est sensible : saisissez encore une fois votre mot de passe.

s-signin-pw-code = Recevoir un code par e-mail
s-signin-otp-title = Code envoyé
s-signin-otp-another = Autre façon de me connecter
mailed-code-sent = { $n ->
    [one] Si un compte existe avec cette adresse, un code à { $digits } chiffres vient d’y être envoyé. Il est encore valable une minute.
   *[other] Si un compte existe avec cette adresse, un code à { $digits } chiffres vient d’y être envoyé. Il est encore valable { $n } minutes.
}
mailed-code-who = Un code ne part que si un compte existe avec l’adresse en haut de cette page.
s-reset-title = Mot de passe oublié
s-reset-lead = Nous vous envoyons un code. Il vous permettra de choisir un nouveau mot de passe.
s-reset-send = Recevoir un code
s-reset-code-title = Saisissez le code
s-reset-new-title = Nouveau mot de passe
s-reset-done-title = Mot de passe changé
s-reset-done-text = Le mot de passe de { $identifier } est changé.
s-reset-done-mail = Un e-mail vous le confirme. Il permet aussi d’annuler ce changement pendant 7 jours.
s-pw-forced-title = Changez votre mot de passe
s-pw-forced-marked = Votre mot de passe était provisoire, ou quelqu’un d’autre a pu le connaître. Choisissez-en un que vous seul connaissez.
s-pw-forced-known = Votre mot de passe figure dans des listes publiées : d’autres peuvent l’essayer. Choisissez-en un nouveau.
s-pw-forced-others = Vos autres appareils seront déconnectés.
s-signin-unknown-title = Première visite ?
s-signin-unknown-text = { $organisation } ne connaît pas encore { $address }.
s-signin-unknown-signup = Créer un compte avec { $address }
s-signin-unknown-correct = Corriger l’adresse

s-signup-email-title = Créer un compte
s-signup-email-no-mailbox = Votre adresse habituelle ; aucune boîte n’est créée.
s-signup-email-signin = J’ai déjà un compte
s-signup-code-title = Confirmez votre adresse
s-signup-code-sent = { $n ->
    [one] Un code à { $digits } chiffres est parti. Il est encore valable une minute.
   *[other] Un code à { $digits } chiffres est parti. Il est encore valable { $n } minutes.
}
s-signup-code-leaving = { $n ->
    [one] Un code à { $digits } chiffres part vers cette adresse. Il est encore valable une minute.
   *[other] Un code à { $digits } chiffres part vers cette adresse. Il est encore valable { $n } minutes.
}
s-signup-code-refused = La boîte aux lettres n’a pas accepté le code.
mailing-delayed = Votre code n’est pas encore parti : le serveur de messagerie ne répond pas. Il partira de lui-même, une seule fois, dès que ce serveur sera de retour.
mailing-meanwhile = Vous pouvez attendre sur cette page ou y revenir plus tard : ce que vous avez déjà saisi est gardé.
mailing-check = Vérifier à nouveau
s-signup-code-over = Le code qui vous a été envoyé a expiré.
s-signup-code-resend = Renvoyer le code
s-signup-code-change = Modifier l’adresse
s-signup-code-nothing = Rien reçu ?
s-signup-code-junk = Regardez dans les courriers indésirables : l’expéditeur est { $sender }. Vérifiez aussi l’adresse en haut de cette page.
s-signup-code-wait = Un nouveau code peut partir { $seconds } après le précédent, qui cesse alors d’être valable.
s-signup-exists-title = Vous avez déjà un compte
s-signup-exists-archived = Un compte archivé a cette adresse
s-signup-exists-text = Connectez-vous avec { $address } pour continuer là où vous étiez.
s-signup-exists-signin = Se connecter avec { $address }
s-signup-secret-title = Protégez votre compte
s-signup-secret-label = Créer un mot de passe
s-signup-secret-hint = { $n } caractères au moins. Quelques mots qui ne vont pas ensemble suffisent.
strength-one = Encore un caractère
strength-more = Encore # caractères
strength-enough = Assez long.
s-signup-profile-title = Vos informations
s-signup-profile-country = Pays ou région
s-signup-profile-choose = Choisissez
s-signup-profile-birth = Date de naissance
s-signup-profile-marketing = Je souhaite recevoir des informations de { $tenant }
s-signup-profile-terms = En créant votre compte, vous acceptez { $link }.
s-signup-profile-terms-link = les conditions de { $tenant }
s-signup-profile-privacy = Ce que nous gardons, et pourquoi : { $link }.
s-signup-profile-privacy-link = déclaration de confidentialité
s-signup-profile-create = Créer mon compte

s-stay-title = Rester connecté ?
s-stay-effect = { $days ->
    [one] Vous n’aurez plus à vous connecter sur cet appareil pendant un jour.
   *[other] Vous n’aurez plus à vous connecter sur cet appareil pendant { $days } jours.
}
s-stay-shared = Répondez non sur un ordinateur que d’autres utilisent.

s-app-consent-title = Autorisations demandées
s-app-consent-asks = Cette application souhaite :
s-app-consent-granted = { $n ->
    [one] Vous avez déjà donné { $n } autorisation
   *[other] Vous avez déjà donné { $n } autorisations
}
s-app-consent-client = Identifiant
s-app-consent-home = Site
s-app-consent-added = Ajoutée le
s-app-consent-redirect = Vous renvoie vers
s-app-consent-terms = Conditions de l’application
s-app-consent-privacy = Confidentialité de l’application
s-app-consent-trust = N’acceptez que si vous reconnaissez cet éditeur.
s-app-consent-later = Vous pourrez retirer cet accord dans { $link }.
s-app-consent-odd = Quelque chose d’anormal ?
s-app-consent-report = Signaler cette application

s-app-report-title = Signaler { $app }
s-app-report-lead = Nous lisons chaque signalement. L’éditeur de l’application ne sait pas qui l’a écrit.
s-app-report-impersonation = Elle se fait passer pour une autre
s-app-report-asks-too-much = Elle en demande trop
s-app-report-unexpected = Je n’attendais pas cette demande
s-app-report-other = Autre chose
s-app-report-contact = Vous pouvez m’écrire au sujet de ce signalement
s-app-report-thanks = Merci. Votre signalement nous est parvenu sous la référence { $reference }.
s-app-report-then = Votre connexion attend. Vous pouvez refuser ce que l’application demande, ou revenir et décider.
s-app-report-deny = Refuser et quitter
s-app-report-back = Revenir

s-code-title = Votre code
s-code-address = Il confirme votre adresse.
s-code-reset = Il vous permet de choisir un nouveau mot de passe.
s-code-sign-in = Il vous connecte.
s-code-where = Tapez-le dans la première fenêtre, celle qui le demande. Vous pouvez ensuite fermer cette page.
s-code-never-tell = Ne le donnez à personne. Si vous n’avez rien demandé, fermez cette page : rien ne change.
s-undo-title = Annuler le changement de mot de passe
s-undo-lead = Votre mot de passe a été changé, et ce n’était pas vous ?
s-undo-effect = Le nouveau mot de passe cessera de fonctionner, et tous les appareils seront déconnectés. L’ancien ne revient pas : quelqu’un d’autre le connaît peut-être. Vous en choisirez un autre ensuite.
s-undo-do = Annuler ce changement
s-undo-nothing = Si c’était vous, fermez cette page : rien ne change.
s-undo-done-title = Ce changement est annulé
s-undo-done-text = Le mot de passe qui avait été choisi ne fonctionne plus, et tous les appareils sont déconnectés.
s-undo-done-next = Choisissez maintenant un nouveau mot de passe. Nous vous envoyons pour cela un code par e-mail.
s-undo-done-reset = Choisir un nouveau mot de passe

s-continue-title = Retour vers { $app }
s-continue-lead = Encore un pas, et l’application prend la suite.

s-throttled-title = Patientez un instant
s-throttled-why = Cette pause empêche d’autres de deviner les mots de passe. Rien n’est perdu, et votre compte n’est pas bloqué.

s-throttled-ways = Vous n’avez pas à attendre pour continuer autrement :
s-blocked-title = Accès impossible

s-signout-title = Se déconnecter ?
s-signout-which = Choisissez les comptes à déconnecter.
s-signout-effect = Les applications ouvertes avec ce compte dans ce navigateur seront prévenues de fermer leur session.
s-signout-stay = Rester connecté

s-signed-out-title = Vous êtes déconnecté
s-signed-out-apps = Ces applications sont prévenues de fermer aussi leur session :
s-signed-out-shared = Sur un ordinateur partagé, fermez aussi le navigateur.
s-signed-out-again = Se reconnecter

s-error-title = Un problème est survenu
s-error-help = Si cela se reproduit, écrivez à l’adresse d’aide ci-dessous avec cette référence.
s-error-developer = Pour le développeur de l’application
s-error-retry = Recommencer

s-company-title = Votre société
s-company-lead = { $organisation } a besoin de la connaître pour vous ouvrir ses services.
s-company-lead-filled = Renseignée par { $organisation }. Corrigez si besoin.
s-company-filled = Renseigné par { $organisation }
s-company-who = La société
s-company-where = Où la joindre
s-company-more = Pour vous servir mieux
s-company-number-hint = En France, le SIREN ou le SIRET
s-company-number-optional = (facultatif hors de France)
s-company-vat-hint = Avec le code du pays, par exemple FR
s-company-phone-hint = Hors de France, avec l’indicatif, comme +32…
s-company-size = { $size } personnes
s-company-contact = Contact : { $address }
s-company-one = 1 point à corriger :
s-company-many = 0 points à corriger :
s-company-none = Tout est en ordre.
s-company-create = Créer la société
s-company-later = Enregistrer et finir plus tard
s-company-join = Ma société existe déjà
s-company-join-hint = Nous écrirons à la personne qui l’administre, d’après le numéro indiqué.

s-check-title = Vérification
s-check-text = Nous vérifions que vous n’êtes pas un robot. Sans script, recevez plutôt un lien par e-mail.
s-check-widget = Confirmez que vous n’êtes pas un robot. Sans script, recevez plutôt un lien par e-mail.
s-check-working = Nous vérifions que vous n’êtes pas un robot. Vous n’avez rien à faire.
s-check-ready = C’est vérifié.
s-check-passed = C’est vérifié. Continuez pour recevoir votre code.
s-check-otherwise = Cela ne marche pas ?
s-check-mail = Recevoir un lien par e-mail
s-check-mail-hint = Le lien part à { $address }. Ouvrez-le où vous voulez, puis revenez ici.
s-check-mailed = Un lien est parti à { $address }. Ouvrez-le, puis continuez ici.
s-check-support = Écrire à l’assistance, référence { $reference }
s-check-support-phone = Assistance au { $phone }, référence { $reference }
s-check-link-title = Confirmez que c’est vous
s-check-link-text = Quelqu’un, sans doute vous, demande un code à votre adresse. Confirmez pour que cela continue dans l’autre fenêtre.
s-check-link-confirm = C’est bien moi
s-check-link-done = C’est confirmé. Retournez dans l’autre fenêtre et continuez.
