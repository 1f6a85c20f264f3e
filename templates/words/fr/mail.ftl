### Les e-mails, par les identifiants du catalogue.

mail-foot-answer = Message envoyé par { $tenant }. Vous pouvez y répondre.
mail-foot = Message envoyé par { $tenant }. Il n’est pas nécessaire d’y répondre.
mail-hello = Bonjour { $name },
mail-help = Besoin d’aide ? { $ways }
mail-invited-address = L’invitation vaut pour l’adresse qui a reçu ce message.
mail-never-tell = Ne donnez ce code à personne : nous ne vous le demanderons jamais par téléphone ni par message.
mail-or-copy = Ou copiez cette adresse dans votre navigateur :
mail-valid-until = Valable jusqu’au { $moment }.

mail-fact-answer = Réponse du serveur
mail-fact-app = Application
mail-fact-browser = Navigateur
mail-fact-message = Message
mail-fact-place = Depuis
mail-fact-reason = Motif
mail-fact-reference = Référence
mail-fact-summary = Ce qui change
mail-fact-text = Explication
mail-fact-version = Version
mail-fact-until = Valable jusqu’au
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

mail-03-subject = { $who } vous invite à utiliser { $app }
    .without-app = { $who } vous invite
mail-03-title = Vous êtes invité
mail-03-text = { $who } vous invite à utiliser { $app }.
    .without-app = { $who } vous invite à ouvrir un accès.
mail-03-button = Voir l’invitation
mail-03-unasked = Vous n’attendiez pas cette invitation ? Ne faites rien : aucun compte n’est créé sans vous.

mail-04-subject = Rappel : votre invitation expire le { $date }
mail-04-title = Votre invitation vous attend
mail-04-text = { $who } vous a invité à utiliser { $app }. Le lien reste le même.
    .without-app = { $who } vous a invité à ouvrir un accès. Le lien reste le même.
mail-04-button = Voir l’invitation
mail-04-unasked = Vous ne voulez pas de cette invitation ? Dites-le sur la page, et nous ne vous écrirons plus à son sujet.

mail-05-subject = Votre nouveau lien d’activation
mail-05-title = Votre nouveau lien d’activation
mail-05-text = Voici le lien de l’invitation de { $who } à utiliser { $app }. Les liens reçus auparavant peuvent ne plus être valables.
    .without-app = Voici le lien de l’invitation de { $who }. Les liens reçus auparavant peuvent ne plus être valables.
mail-05-button = Voir l’invitation
mail-05-unasked = Vous n’avez rien demandé ? Ne faites rien : aucun compte n’est créé sans vous.

mail-06-subject = { $invitee } a accepté votre invitation
mail-06-title = Votre invitation est acceptée
mail-06-text = { $invitee } a accepté votre invitation à utiliser { $app }.
    .without-app = { $invitee } a accepté votre invitation.
mail-06-button = Voir l’invitation
mail-06-unasked = Vous recevez ce message parce que vous avez envoyé cette invitation.

mail-07-subject = Invitation non remise à { $email }
mail-07-title = Votre invitation n’est pas arrivée
mail-07-text = L’invitation à { $email } a été refusée par le serveur de cette adresse. Corrigez l’adresse pour l’envoyer à nouveau.
mail-07-button = Corriger l’adresse
mail-07-unasked = Vous recevez ce message parce que vous avez envoyé cette invitation.

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
mail-16-subject = Code { $code } pour confirmer votre nouvelle adresse
    .without-code = Confirmez votre nouvelle adresse
mail-16-title = Confirmez votre nouvelle adresse
mail-16-text = Saisissez ce code dans votre compte chez { $tenant }. Cette adresse y remplacera { $old }.
mail-16-unasked = Vous n’avez rien demandé ? Quelqu’un a sans doute saisi votre adresse par erreur. Ne faites rien.

mail-17-subject = Votre adresse a été remplacée
mail-17-title = Votre adresse a été remplacée
mail-17-text = Votre compte chez { $tenant } a une nouvelle adresse : { $new }. Les messages y arrivent désormais. Pendant trente jours, vous pouvez encore vous connecter avec l’ancienne.
mail-17-button = Annuler le changement
mail-17-until = Vous pouvez l’annuler jusqu’au { $moment }.
mail-17-unasked = Si c’était vous, il n’y a rien à faire. Sinon, annulez ce changement sans attendre.

mail-25-subject = Vos données sont prêtes
mail-25-title = Vos données sont prêtes
mail-25-text = Le fichier que vous avez demandé à { $tenant } est prêt. Il contient tout ce qui est conservé de votre compte.
mail-25-button = Télécharger mes données
mail-25-until = Il est disponible jusqu’au { $moment }. Vous devrez confirmer que c’est vous.
mail-25-unasked = Vous n’avez rien demandé ? Quelqu’un est peut-être connecté à votre compte : changez votre mot de passe sans attendre.

mail-23-subject = Votre compte est archivé
mail-23-title = Votre compte est archivé
mail-23-text = { $tenant } a archivé votre compte. Plus personne ne peut s’y connecter, et rien n’en est supprimé. Pour obtenir ce qui est gardé à votre sujet, demandez à { $tenant }.
mail-23-unasked = Vous recevez ce message parce que vous y avez un compte. S’il vous surprend, demandez à qui l’administre.

mail-24-subject = Votre compte est réactivé
mail-24-title = Votre compte est réactivé
mail-24-text = { $tenant } a sorti votre compte de l’archive. Vous pouvez vous connecter comme avant.
mail-24-button = Me connecter
mail-24-unasked = Vous recevez ce message parce que vous y avez un compte.

mail-26-subject = Suppression de votre compte le { $date }
mail-26-title = Votre compte va être supprimé
mail-26-text = Vous avez demandé la suppression de votre compte chez { $tenant }. Elle aura lieu le { $date }. D’ici là, vous connecter ou suivre le lien ci-dessous suffit à le garder.
mail-26-button = Garder mon compte
mail-26-unasked = Si ce n’était pas vous, gardez votre compte avec ce lien, puis changez votre mot de passe.

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

mail-36-subject = Question sur votre invitation à { $email }
mail-36-title = Une question sur votre invitation
mail-36-move = La personne invitée à l’adresse { $email } demande que l’invitation soit envoyée à { $to }. Vérifiez que c’est bien elle avant de changer l’adresse.
mail-36-not-me = La personne qui a reçu l’invitation à { $email } dit ne pas l’avoir acceptée. Vérifiez à qui vous avez ouvert cet accès.
mail-36-refused = La personne qui a reçu l’invitation à { $email } dit que cette invitation n’est pas pour elle.
mail-36-new-link = La personne invitée à l’adresse { $email } demande un nouveau lien.
mail-36-button = Voir l’invitation
mail-36-unasked = Vous recevez ce message parce que vous avez envoyé cette invitation.
mail-28-subject = Votre entreprise { $company } est prête
mail-28-title = Votre entreprise est prête
mail-28-text = Vous avez créé { $company } chez { $tenant } et vous en administrez les comptes.
mail-28-button = Ouvrir mon compte
mail-28-unasked = Vous n’avez rien créé ? Écrivez à l’assistance sans attendre.

mail-40-subject = Demande d’accès à { $company }
mail-40-title = Quelqu’un demande l’accès à votre société
mail-40-text = { $who } souhaite rejoindre { $company } chez { $tenant }. Pour donner votre accord, répondez à ce message.
mail-40-unasked = Vous ne connaissez pas cette personne ? Ne faites rien : elle n’obtient aucun accès sans votre accord.

mail-41-subject = Confirmez que c’est vous
mail-41-title = Confirmez que c’est vous
mail-41-text = Ouvrez ce lien et confirmez pour recevoir votre code pour { $app }.
mail-41-button = Continuer
mail-41-unasked = Vous n’avez rien demandé ? Ne faites rien : aucun code ne part et rien ne change.
