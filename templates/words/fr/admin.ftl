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
s-ad-invite-new-company = Ce que vous savez de sa société
s-ad-invite-new-company-hint = La personne le trouve déjà rempli quand elle crée sa société, et peut le corriger.
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

search = Chercher
page-first = Revenir au début
page-next = Page suivante

s-ad-users-place = Comptes
s-ad-users-title = Gestion des comptes
s-ad-users-new = Nouveau compte
s-ad-users-hint = Le début d’un nom, d’une adresse ou d’un identifiant. Accents et majuscules ne comptent pas.
s-ad-users-present = Tous, sauf archivés
s-ad-users-active = Actifs
s-ad-users-locked = Bloqués
s-ad-users-archived = Archivés
s-ad-users-any = Tous
s-ad-users-identifier = Identifiant
s-ad-users-roles = Droits
s-ad-users-no-role = Aucun droit d’administration
s-ad-users-none = Il n’y a aucun compte dans cet état.
s-ad-users-none-found = Aucun compte ne correspond à « { $q } ».
s-ad-users-none-yet = Rien jusqu’ici : continuez à la page suivante.
s-ad-state-active = Actif
s-ad-state-locked = Bloqué
s-ad-state-archived = Archivé

s-ad-user-title = Compte : { $name }
s-ad-user-identity = Fiche identité
s-ad-user-present = Ce qui est enregistré maintenant
s-ad-user-address = Adresse
s-ad-user-proved = Confirmée
s-ad-user-unproved = Non confirmée
s-ad-user-since = Compte créé le
s-ad-user-sessions = Connecté
s-ad-user-open = { $n ->
    [0] nulle part
    [one] dans un navigateur
   *[other] dans { $n } navigateurs
}
s-ad-user-email-hint = Elle sert à se connecter. Une adresse changée est à confirmer de nouveau.
s-ad-user-login-hint = À la place de l’adresse, pour se connecter.
s-ad-user-phone-hint = Avec l’indicatif, par exemple +33 1 99 00 12 34.
s-ad-user-rights = Droits
s-ad-user-rights-hint = Ces droits valent dans l’administration de cette organisation, dès maintenant.
s-ad-user-rights-other = Seul un administrateur donne ou retire des droits.
s-ad-user-set-roles = Enregistrer les droits
s-ad-user-access = Accès
s-ad-user-oneself = C’est votre propre compte : un autre administrateur peut le bloquer ou l’archiver, vous non.
s-ad-user-out-of-reach = Cette personne a des droits d’administration : seul un administrateur change son compte.
s-ad-user-history = Derniers événements
s-ad-user-no-history = Rien n’est noté.
s-ad-user-created = Le compte est créé.
s-ad-user-saved = C’est enregistré.
s-ad-user-roles-set = Les droits sont enregistrés.
s-ad-user-archived = Le compte est archivé, et déconnecté partout.
s-ad-user-restored = Le compte est restauré.
s-ad-user-locked = Le compte est bloqué, et déconnecté partout.
s-ad-user-unlocked = Le compte est débloqué.
s-ad-user-signed-out = Cette personne est déconnectée partout.
s-ad-user-new-title = Nouveau compte
s-ad-user-new-lead = Une adresse ou un identifiant suffit.
s-ad-user-new-password = Mot de passe provisoire
s-ad-user-new-password-hint = Au moins { $n } caractères. La personne devra le changer à sa première connexion. Sans lui, elle ne se connecte pas encore par mot de passe.
s-ad-user-create = Créer le compte

s-confirm-archive = Archiver
s-confirm-archive-title = Archiver le compte de { $name } ?
s-confirm-archive-effect = Cette personne ne pourra plus se connecter, et les applications perdent aussitôt l’accès qu’elle leur donne. Son compte, ses droits et son adresse sont gardés : vous pouvez le restaurer.
s-confirm-restore = Restaurer
s-confirm-restore-title = Restaurer le compte de { $name } ?
s-confirm-restore-effect = Cette personne pourra de nouveau se connecter, avec le même mot de passe et les mêmes droits qu’avant.
s-confirm-lock = Bloquer
s-confirm-lock-title = Bloquer le compte de { $name } ?
s-confirm-lock-effect = Cette personne ne pourra plus se connecter tant que vous ne l’aurez pas débloquée.
s-confirm-unlock = Débloquer
s-confirm-unlock-title = Débloquer le compte de { $name } ?
s-confirm-unlock-effect = Cette personne pourra de nouveau se connecter.
s-confirm-sign-out = Déconnecter partout
s-confirm-sign-out-title = Déconnecter { $name } partout ?
s-confirm-sign-out-effect = Cette personne devra se connecter de nouveau. Les applications perdent aussitôt l’accès qu’elles avaient, même en son absence.
s-confirm-sessions = { $n ->
    [0] Elle n’est connectée nulle part en ce moment.
    [one] Elle est connectée dans un navigateur en ce moment.
   *[other] Elle est connectée dans { $n } navigateurs en ce moment.
}

## Les droits, et ce que chacun permet.

role-operator = Exploitant
role-operator-may = Tout, dans toutes les organisations.
role-global_administrator = Administrateur
role-global_administrator-may = Tout, dans cette organisation, y compris donner des droits.
role-account_administrator = Administrateur de comptes
role-account_administrator-may = Voit et change les comptes, et invite.
role-application_administrator = Administrateur d’applications
role-application_administrator-may = Voit et change les applications.
role-inviter = Invite des personnes
role-inviter-may = Envoie des invitations et les suit.
role-helpdesk = Assistance
role-helpdesk-may = Trouve un compte à la fois, et renvoie une invitation.
role-auditor = Lit le journal
role-auditor-may = Voit ce qui s’est passé, et l’exporte.

## Ce qui s’est passé.

event-in-vain = sans succès
event-account-created = Compte créé
event-account-updated = Compte modifié
event-account-archived = Compte archivé
event-account-restored = Compte restauré
event-password-set = Mot de passe défini
event-signin-started = Début d’une connexion
event-signin-succeeded = Connexion
event-signin-failed = Preuve refusée à la connexion
event-signin-throttled = Trop d’essais de connexion
event-signin-blocked = Connexion bloquée
event-session-created = Session ouverte
event-session-ended = Session terminée
event-session-revoked = Session révoquée
event-device-forgotten = Navigateur oublié
event-consent-user-granted = Accès donné à une application
event-role-assigned = Droit donné
event-role-removed = Droit retiré
event-token-issued = Accès d’une application
event-token-revoked = Accès d’une application révoqué
event-code-replayed = Code déjà utilisé, présenté de nouveau
event-logout-requested = Déconnexion demandée
event-logout-completed = Déconnexion
event-email-verification-sent = Code envoyé par e-mail
event-email-verified = Adresse confirmée
event-account-deleted = Compte supprimé
event-account-deletion-requested = Suppression du compte demandée
event-account-exported = Copie des données demandée
event-api-updated = API modifiée
event-app-created = Application enregistrée
event-app-disabled = Application désactivée
event-app-reported = Application signalée
event-app-secret-rotated = Secret d’une application renouvelé
event-app-updated = Application modifiée
event-branding-changed = Apparence modifiée
event-company-created = Société créée
event-consent-org-denied = Accès refusé à une organisation
event-consent-org-granted = Accès donné à une organisation
event-consent-org-revoked = Accès retiré à une organisation
event-consent-user-denied = Accès refusé à une application
event-consent-user-revoked = Accès retiré à une application
event-email-changed = Adresse e-mail changée
event-invitation-bounced = Invitation non remise
event-invitation-created = Invitation créée
event-invitation-expired = Invitation ouverte trop tard
event-invitation-opened = Invitation ouverte
event-invitation-redeemed = Invitation acceptée
event-invitation-refused = Invitation refusée
event-invitation-regenerated = Nouveau lien d’invitation
event-invitation-revoked = Invitation annulée
event-invitation-sent = Invitation remise
event-invitation-updated = Invitation modifiée
event-key-rotated = Clé de signature renouvelée
event-logout-backchannel-failed = Application non prévenue d’une déconnexion
event-mail-failed = E-mail abandonné
event-mail-retried = E-mail renvoyé
event-password-changed = Mot de passe changé
event-password-reset = Mot de passe réinitialisé
event-password-reset-requested = Nouveau mot de passe demandé
event-policy-changed = Réglages modifiés
event-tenant-created = Organisation créée
event-tenant-disabled = Organisation désactivée
event-tenant-enabled = Organisation réactivée
event-tenant-updated = Organisation modifiée
event-tou-accepted = Conditions d’utilisation acceptées
event-tou-declined = Conditions d’utilisation refusées
event-tou-published = Conditions d’utilisation publiées ou modifiées
event-webhook-failed = Webhook abandonné
event-webhook-retried = Webhook renvoyé
event-webhook-updated = Webhook modifié
event-by-admin = un administrateur
event-by-client = une application
event-by-local = l’exploitant du serveur
event-by-operator = un opérateur
event-by-person = une personne
event-by-system = le serveur
event-on-access-token = jeton d’accès
event-on-api = API
event-on-client = application
event-on-company = société
event-on-grant = accès d’une application
event-on-invitation = invitation
event-on-key = clé
event-on-mail = e-mail
event-on-session = session
event-on-tenant = organisation
event-on-terms = conditions d’utilisation
event-on-tombstone = compte supprimé
event-on-webhook = webhook

s-ad-audit-title = Journal
s-ad-audit-lead = Ce qui s’est passé dans { $organisation }, le plus récent d’abord.
s-ad-audit-person-hint = Adresse, identifiant ou numéro de compte, en entier.
s-ad-audit-any = Tous
s-ad-audit-success = Réussi
s-ad-audit-failure = Tenté en vain
s-ad-audit-refused = Refusé
s-ad-audit-who = Par qui
s-ad-audit-on = Sur qui ou quoi
s-ad-audit-through = par { $client }
s-ad-audit-detail = Détail
s-ad-audit-none = Rien ne correspond à cette recherche.
s-ad-audit-out = Exporter et vérifier
s-ad-audit-out-hint = L’export contient ce que la recherche trouve, du plus ancien au plus récent. L’exporter est noté dans le journal. Vérifier parcourt toute la chaîne et montre si un événement a été changé ou retiré.
s-ad-audit-csv = Exporter en CSV
s-ad-audit-ndjson = Exporter en NDJSON
s-ad-audit-verify = Vérifier la chaîne
s-ad-audit-whole = { $n ->
    [one] La chaîne est intacte : un événement vérifié.
   *[other] La chaîne est intacte : { $n } événements vérifiés.
}
s-ad-audit-broken = La chaîne est rompue à l’événement { $n } : prévenez l’exploitant.
event-audit-exported = Journal exporté
event-support-viewed = Compte consulté par l’assistance

s-hd-search-title = Assistance
s-hd-user-title = Assistance : fiche
s-hd-search-lead = Un compte à la fois, pour aider la personne qui appelle. Chaque consultation est notée dans le journal.
s-hd-search-label = Adresse ou identifiant, en entier
s-hd-search-hint = Tel que la personne le dit. Une partie ne suffit pas.
s-hd-user-invited = Cette personne est invitée et n’a pas encore de compte.
s-hd-user-bounce = Pourquoi elle n’est pas arrivée
s-hd-user-password = Défini
s-hd-user-no-password = Aucun : la personne ne peut pas encore se connecter par mot de passe
s-hd-user-signed-in = Dernière connexion
s-hd-user-never = Aucune n’est notée ici
s-hd-user-failures = Derniers échecs
s-hd-user-no-failures = Aucun échec récent.
event-activity-disowned = La personne dit que ce n’était pas elle

s-ad-company-title = Sociétés
s-ad-company-hint = Une partie du nom, ou un numéro d’immatriculation ou de TVA.
s-ad-company-made = Créée
s-ad-company-draft = Préremplie
s-ad-company-none = Personne n’a encore créé de société ici.
s-ad-company-none-found = Aucune société ne correspond à « { $q } ».
s-ad-company-maker = Créée par
s-ad-company-since = Connue depuis
s-ad-company-id = Identifiant pour les applications
s-ad-company-admit-title = Rattacher une personne
s-ad-company-admit-hint = Adresse d’une personne qui a déjà sa place dans cette organisation. Elle rejoint la société sans l’administrer.
s-ad-company-admit = Rattacher
s-ad-company-admitted = Cette personne appartient maintenant à la société.

s-ad-tou-place = Conditions d’utilisation
s-ad-tou-title = Conditions d’utilisation
s-ad-tou-lead = Ce que chacun accepte avant de continuer. Un document a des versions ; ce qui a été accepté reste noté.
s-ad-tou-document = Document
s-ad-tou-for = Pour
s-ad-tou-all-apps = Toutes les applications
s-ad-tou-for-all = À accepter pour toutes les applications de l’organisation.
s-ad-tou-for-app = À accepter pour { $app }.
s-ad-tou-version = Version
s-ad-tou-versions = Versions
s-ad-tou-retired = Retiré
s-ad-tou-published = Publié
s-ad-tou-empty = Sans version
s-ad-tou-none = Il n’y a pas encore de document : personne n’a rien à accepter.
s-ad-tou-no-version = Aucune version n’est encore publiée : ce document n’est demandé à personne.
s-ad-tou-new = Nouveau document
s-ad-tou-document-hint = Lettres minuscules, chiffres et traits d’union. Il ne change plus.
s-ad-tou-create = Créer le document
s-ad-tou-since = À partir du
s-ad-tou-until = peut attendre jusqu’au { $day }
s-ad-tou-audience = Qui doit accepter
s-ad-tou-everybody = Tout le monde
s-ad-tou-new-people = Les nouveaux seulement
s-ad-tou-text = Texte
s-ad-tou-accepted = Acceptée par
s-ad-tou-number = Version { $n }
s-ad-tou-people = { $n ->
    [0] personne
    [one] une personne
   *[other] { $n } personnes
}
s-ad-tou-of-imported = dont { $n } par import
s-ad-tou-new-version = Nouvelle version
s-ad-tou-text-hint = Dans une langue au moins. Qui lit une autre langue voit le texte qui existe. Un texte très long s’envoie avec « parvis terms ».
s-ad-tou-summary-hint = En quelques phrases, pour ceux qui ont accepté la version d’avant.
s-ad-tou-grace = Délai pour accepter
s-ad-tou-grace-hint = Pour ceux qui sont déjà là. Les nouveaux acceptent tout de suite.
s-ad-tou-days = { $n ->
    [0] À la prochaine connexion
   *[other] Sous { $n } jours
}
s-ad-tou-quiet = Ne prévenir personne par e-mail
s-ad-tou-prepare = Continuer vers la publication
s-ad-tou-confirm-title = Publier la version { $n } ?
s-ad-tou-confirm-new = Les personnes qui arrivent à partir de maintenant devront l’accepter.
s-ad-tou-confirm-all = Elle est demandée à tout le monde à la prochaine connexion.
s-ad-tou-confirm-grace = Elle est demandée à tout le monde, qui peut la remettre à plus tard pendant { $n } jours.
s-ad-tou-confirm-final = Une version publiée ne change plus.
s-ad-tou-confirm-before = Version d’avant acceptée par
s-ad-tou-confirm-mail = E-mail
s-ad-tou-confirm-told = à toutes les personnes concernées
s-ad-tou-confirm-quiet = à personne
s-ad-tou-publish = Publier
s-ad-tou-import = Importer des acceptations
s-ad-tou-import-hint = Une personne par ligne : adresse, puis si vous les connaissez version et jour, séparés par des virgules. Par exemple : sonia@etude.test,1,2026-02-01
s-ad-tou-imported = { $n ->
    [0] Aucune acceptation n’a été ajoutée.
    [one] Une acceptation a été ajoutée.
   *[other] { $n } acceptations ont été ajoutées.
}
s-ad-tou-unchanged = { $n ->
    [one] Une était déjà connue.
   *[other] { $n } étaient déjà connues.
}
s-ad-tou-line = Ligne { $line }, { $account } : non retenue
s-ad-tou-is-retired = Ce document n’est plus demandé à personne. Ce qui a été accepté reste noté.
s-ad-tou-retire = Retirer le document
s-ad-tou-retire-effect = Il n’est plus demandé à personne. Ce qui a été accepté reste noté.
s-ad-tou-resume = Le demander de nouveau
s-ad-tou-resume-effect = Il est de nouveau demandé à qui n’a pas accepté sa dernière version.
s-ad-tou-done-published = La version est publiée.
s-ad-tou-done-retired = Le document est retiré.
s-ad-tou-done-resumed = Le document est de nouveau demandé.
