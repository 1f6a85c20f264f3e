### Le portail, et l’installation par le premier opérateur.

portal = Mon compte
skip = Aller au contenu

s-me-home-place = Accueil
s-me-home-title = Mon compte
s-me-home-signed-in = Dernière connexion : { $moment }, { $browser }.
s-me-home-here = C’est ce navigateur.
s-me-home-not-here = C’est un autre navigateur que celui-ci.
s-me-home-calm = Tout est en ordre. Rien ne demande votre attention.
s-me-home-name = Votre nom manque.
s-me-home-name-why = Les applications que vous utilisez ne savent pas comment vous appeler.
s-me-home-name-do = Compléter votre info
s-me-home-address = Votre adresse n’est pas confirmée.
s-me-home-address-why = Elle vous sert à vous connecter, mais rien ne prouve encore que cette boîte est à vous.
s-me-home-elsewhere = Une connexion récente a eu lieu ailleurs.
s-me-home-elsewhere-why = Depuis hier, votre compte s’est connecté dans un autre navigateur. Si ce n’était pas vous, déconnectez-le.
s-me-home-elsewhere-do = Voir les appareils
s-me-home-profile = Nom, langue, pays et fuseau horaire
s-me-home-security = Mot de passe et connexions
s-me-home-contact = Où nous vous écrivons, et avec quoi vous vous connectez
s-me-home-activity = Ce qui est arrivé à votre compte
s-me-home-privacy = Ce qui est conservé de vous, et vos données en un fichier
s-me-home-sessions = { $n ->
    [one] Vous êtes connecté dans ce navigateur seulement
   *[other] Vous êtes connecté dans { $n } navigateurs
}
s-me-home-apps = { $n ->
    [0] Aucune application n’a accès à votre compte
    [one] Une application a accès à votre compte
   *[other] { $n } applications ont accès à votre compte
}

s-me-profile-title = Votre info
s-me-profile-lead = Ce que les applications apprennent de vous, quand vous leur donnez accès.
s-me-profile-saved = C’est enregistré. Les applications le sauront à votre prochaine connexion.
s-me-profile-locale-hint = Celle des pages et des messages.
s-me-profile-no-zone = Non précisé
s-me-profile-present = Ce qui est enregistré maintenant
s-me-profile-kept = À quoi l’on vous reconnaît
s-me-profile-kept-why = Votre adresse se change ici même. Pour le reste, adressez-vous à { $organisation }.
s-me-profile-proved = Confirmée
s-me-profile-unproved = Non confirmée
s-me-profile-phone = Ligne téléphonique
s-me-profile-login = Identifiant
s-me-profile-organisation = Organisation

s-me-security-title = Sécurité
s-me-security-lead = Ce qui protège votre compte.
s-me-security-changed = Votre mot de passe est changé. Un e-mail vous le confirme.
s-me-security-since = Choisi le { $date }.
s-me-security-no-password = Vous n’en avez pas : vous vous connectez avec un code reçu par e-mail.
s-me-security-choose = Choisir un mot de passe
s-me-password-title = Modifier le mot de passe
s-me-password-present = Mot de passe actuel

s-me-sessions-title = Appareils
s-me-sessions-lead = { $n ->
    [one] Vous êtes connecté ici, et nulle part ailleurs.
   *[other] Vous êtes connecté dans { $n } navigateurs. Déconnectez ceux que vous n’utilisez plus.
}
s-me-sessions-here = Ce navigateur
s-me-sessions-began = Connecté depuis le { $moment }.
s-me-sessions-used = Utilisé le { $moment }.
s-me-sessions-apps = Applications : { $apps }.
s-me-sessions-of =  : { $browser }
s-me-sessions-effect = Ce navigateur devra se connecter de nouveau, et les applications ouvertes par lui sont prévenues. Celles à qui vous donnez accès en votre absence le gardent : vous pouvez le leur retirer sous « Applications ».
s-me-sessions-confirm = Déconnecter ce navigateur
s-me-sessions-forget-effect = L’oublier fait de plus qu’il ne propose plus votre compte sur la page de connexion.
s-me-sessions-forget = Déconnecter et oublier
s-me-sessions-forgotten = C’est fait. Ce navigateur n’est plus connecté, et ne propose plus votre compte.
s-me-sessions-all = Tout déconnecter, sauf ici
s-me-sessions-all-effect = { $n ->
    [one] L’autre navigateur devra se connecter de nouveau. Vous restez connecté ici.
   *[other] Les { $n } autres navigateurs devront se connecter de nouveau. Vous restez connecté ici.
}
s-me-sessions-all-confirm = Tout déconnecter
s-me-sessions-ended = C’est fait. Ce navigateur n’est plus connecté.
s-me-sessions-others-ended = C’est fait. Vous n’êtes plus connecté qu’ici.

s-me-apps-title = Applications
s-me-apps-lead = { $n ->
    [0] Les applications à qui vous donnez accès à votre compte se trouvent ici.
    [one] Une application a accès à votre compte. Vous pouvez le lui retirer à tout moment.
   *[other] { $n } applications ont accès à votre compte. Vous pouvez le leur retirer à tout moment.
}
s-me-apps-none = Aucune application n’a accès à votre compte.
s-me-apps-given = Accès donné le { $date }.
s-me-apps-used = Utilisé pour la dernière fois le { $date }.
s-me-apps-unused = Pas utilisé depuis.
s-me-apps-withdrawn = C’est fait. L’accès est retiré, dès maintenant.
s-me-apps-of =  : { $scope }, { $app }
s-me-apps-of-app =  : { $app }
s-me-apps-scope-effect = { $app } perd aussitôt cette autorisation, et avec elle son accès en cours. Elle pourra vous la redemander quand vous l’ouvrirez.
s-me-apps-scope-confirm = Retirer cette autorisation
s-me-apps-all = Tout retirer
s-me-apps-effect = { $app } perd aussitôt tout accès à votre compte, même en votre absence. Ce qu’elle conserve déjà reste chez elle. Elle pourra vous redemander l’accès quand vous l’ouvrirez.
s-me-apps-confirm = Tout retirer à { $app }
s-me-apps-report = Signaler

s-setup-title = Installer Parvis
s-setup-lead = Vous êtes le premier opérateur. Ce lien ne sert qu’une fois.
s-setup-organisation = Votre organisation
s-setup-organisation-hint = Affiché en haut de chaque page de connexion. Vous pourrez le changer.
s-setup-you = Vous
s-setup-identifier-hint = Elle vous servira à vous connecter.
s-setup-password-hint = { $n } caractères au moins. Quelques mots que vous seul réunissez, c’est le mieux.
s-setup-create = Créer

s-setup-done-title = Tout est prêt
s-setup-done-text = Le compte d’opérateur { $identifier } est créé.
s-setup-done-link = Le lien d’installation ne fonctionne plus. Connectez-vous avec votre adresse et votre mot de passe.

s-me-activity-title = Activité récente
s-me-activity-lead = Ce qui est arrivé à votre compte, le plus récent d’abord.
s-me-activity-none = Rien n’est noté.
s-me-activity-not-me = Ce n’était pas moi
s-me-activity-effect = Les autres navigateurs sont déconnectés aussitôt, et votre mot de passe sera à changer à votre prochaine connexion. Vous restez connecté ici.
s-me-activity-confirm = Déconnecter les autres et changer de mot de passe
s-me-activity-disowned = C’est fait. Vous n’êtes plus connecté qu’ici, et le mot de passe sera à changer à la prochaine connexion.
