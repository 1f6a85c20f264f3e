### Les e-mails, par les identifiants du catalogue.

mail-foot = Message envoyé par { $tenant }. Il n’est pas nécessaire d’y répondre.
mail-help = Besoin d’aide ? { $ways }
mail-never-tell = Ne donnez ce code à personne : nous ne vous le demanderons jamais par téléphone ni par message.
mail-or-copy = Ou copiez cette adresse dans votre navigateur :
mail-valid-until = Valable jusqu’au { $moment }.

mail-fact-app = Application
mail-fact-browser = Navigateur
mail-fact-place = Depuis
mail-fact-reason = Motif
mail-fact-reference = Référence
mail-fact-summary = Ce qui change
mail-fact-text = Explication
mail-fact-version = Version
mail-fact-when = Quand

mail-reason-asks-too-much = Elle demande trop de choses
mail-reason-impersonation = Elle se fait passer pour une autre
mail-reason-other = Autre raison
mail-reason-unexpected = Demande inattendue

mail-00-subject = Essai d’envoi
mail-00-title = L’envoi des e-mails fonctionne
mail-00-text = Ce message a été demandé par un administrateur de { $tenant } pour vérifier l’envoi.

mail-01-subject = Votre code { $code } pour confirmer votre adresse
    .without-code = Votre code pour confirmer votre adresse
mail-01-title = Confirmez votre adresse
mail-01-text = Saisissez ce code sur la page ouverte pour { $app }.
mail-01-button = Afficher le code
mail-01-unasked = Vous n’avez rien demandé ? Quelqu’un a sans doute saisi votre adresse par erreur. Ne faites rien.

mail-02-subject = Vous avez déjà un compte
mail-02-title = Vous avez déjà un compte
mail-02-text = Quelqu’un, sans doute vous, a voulu créer un compte pour { $app } avec cette adresse. Un compte existe déjà : connectez-vous avec lui.
mail-02-button = Se connecter
mail-02-reset = Mot de passe oublié ? En choisir un nouveau
mail-02-unasked = Si ce n’était pas vous, ne faites rien : votre compte n’a pas changé.

mail-08-subject = Code { $code } pour choisir un nouveau mot de passe
    .without-code = Votre code pour choisir un nouveau mot de passe
    .refused = Votre mot de passe oublié
mail-08-title = Choisissez un nouveau mot de passe
    .refused = Votre compte ne peut pas être utilisé
mail-08-text = Saisissez ce code pour choisir un nouveau mot de passe chez { $tenant }.
mail-08-refused = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe chez { $tenant }. Votre compte y est archivé ou bloqué : il ne peut pas en recevoir. Adressez-vous à { $tenant }.
mail-08-button = Afficher le code
mail-08-unasked = Vous n’avez rien demandé ? Ne faites rien : votre mot de passe reste le même.

mail-09-subject = Votre mot de passe a changé
mail-09-title = Votre mot de passe a changé
mail-09-text = Le mot de passe de votre compte chez { $tenant } vient d’être changé.
mail-09-button = Ce n’était pas moi
mail-09-unasked = Si c’était vous, il n’y a rien à faire. Sinon, annulez ce changement sans attendre.

mail-10-subject = Code de connexion { $code }
    .without-code = Votre code de connexion
mail-10-title = Votre code de connexion
mail-10-text = Saisissez ce code pour vous connecter à { $app }.
mail-10-button = Afficher le code
mail-10-unasked = Vous n’avez rien demandé ? Ne faites rien : personne ne se connecte sans ce code.

mail-11-subject = Nouvelle connexion à votre compte
mail-11-title = Nouvelle connexion à votre compte
mail-11-text = Votre compte chez { $tenant } vient d’être utilisé dans un navigateur que nous ne connaissions pas.
mail-11-button = Ouvrir mon compte
mail-11-unasked = Si c’était vous, il n’y a rien à faire. Sinon, changez votre mot de passe sans attendre.

mail-22-subject = Nouvelles conditions d’utilisation
mail-22-title = Les conditions d’utilisation changent
mail-22-text = { $tenant } publie une nouvelle version de « { $document } ». Elle s’applique à partir du { $date } : vous pourrez la lire et l’accepter à votre prochaine connexion.
mail-22-button = Voir mes conditions acceptées
mail-22-unasked = Vous recevez ce message parce que vous avez un compte chez cette organisation.

mail-30-subject = Tentatives de connexion inhabituelles
mail-30-title = Tentatives de connexion inhabituelles
mail-30-text = Depuis le { $since }, { $count ->
    [one] une tentative de connexion à votre compte chez { $tenant } a échoué.
   *[other] { $count } tentatives de connexion à votre compte chez { $tenant } ont échoué.
}
mail-30-button = Ouvrir mon compte
mail-30-unasked = Si c’était vous, il n’y a rien à faire. Sinon, votre mot de passe n’a pas été trouvé : vérifiez qu’il ne sert nulle part ailleurs.

mail-31-subject = Application signalée : { $app }
mail-31-title = Une application a été signalée
mail-31-text = Une personne de { $tenant } a signalé l’application { $app }.
mail-31-unasked = Vous recevez ce message parce que vous administrez Parvis ou publiez cette application.
