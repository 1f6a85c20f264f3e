### Ce qu’une personne lit quand quelque chose ne va pas, par les identifiants du catalogue.

e-req = Renseignez « { $field } ».
e-long = « { $field } » : { $most } caractères au plus.
e-email = Cette adresse e-mail est incomplète. Exemple : nom@exemple.fr
e-email-typo = Vouliez-vous dire { $suggestion } ? Sinon, validez à nouveau.
e-code = { $left ->
    [one] Ce code n’est pas le bon. Il vous reste { $left } essai.
   *[other] Ce code n’est pas le bon. Il vous reste { $left } essais.
}
e-code-fmt = Le code compte { $digits } chiffres.
e-code-exp = Ce code a expiré. Demandez-en un nouveau.
e-code-max = Trop d’essais : ce code est annulé. Nouveau code possible dans { $seconds }.
e-resend = Nouveau code possible dans { $seconds }.
e-exists = Un compte existe déjà pour cette adresse.
e-invite-only = L’inscription se fait sur invitation.
e-badcred = Identifiant ou mot de passe incorrect.
e-pw-short = { $least } caractères au moins : il en manque { $missing }.
e-pw-long = { $most } caractères au plus.
e-pw-known = Ce mot de passe figure dans des listes publiées. Choisissez-en un autre.
e-pw-self = Évitez votre nom ou votre adresse dans le mot de passe.
e-throttle = Trop d’essais. Réessayez dans { $seconds }.
e-busy = Beaucoup de personnes se connectent en ce moment, et votre mot de passe n’a pas été vérifié. Réessayez dans quelques secondes.
e-locked = Ce compte est bloqué. Contactez { $support }.
e-archived = Ce compte est archivé dans { $organisation }. Contactez { $support }.
e-tenant-off = L’accès de { $organisation } est suspendu.
e-app-off = { $app } n’est plus disponible ici.
e-not-assigned = Vous n’avez pas accès à { $app }.
e-need-admin = L’accord d’un administrateur de { $organisation } est nécessaire.
e-no-role = Le compte { $identifier } n’a aucun rôle qui ouvre cette page de l’administration de { $organisation }. Demandez-en un à un administrateur, ou connectez-vous avec un autre compte.
e-csrf = Cette page a expiré. Vos réponses sont gardées : validez à nouveau.
e-txn = Cette connexion est terminée ou trop ancienne. Repartez de { $app }.
    .without-app = Cette connexion est terminée ou trop ancienne. Repartez de votre application.
e-oauth = { $flaw ->
    [missing] La demande de l’application est incomplète : { $parameter }.
    [unregistered] La demande de l’application contient une valeur qui n’est pas enregistrée ici : { $parameter }.
   *[other] La demande de l’application n’est pas valable : { $parameter }.
}
e-cookies = Votre navigateur bloque les cookies nécessaires à la connexion.
e-link-bad = Ce lien n’est pas valide. Copiez-le en entier.
e-link-exp = Ce lien a expiré. Demandez-en un nouveau.
e-not-found = Cette page n’existe pas. Vérifiez l’adresse ou revenez à votre application.
e-email-dup = Cette adresse sert déjà à un autre compte.
e-no-account = Aucun compte d’ici n’a cette adresse ou cet identifiant.
e-phone-dup = Ce numéro sert déjà à un autre compte.
e-login-dup = Cet identifiant sert déjà à un autre compte.
e-form = « { $field } » n’a pas la forme attendue.
e-oneself = Personne ne se retire cela à soi-même : demandez à un autre administrateur.
e-last-admin = C’est le dernier compte qui peut donner des rôles : donnez d’abord ce rôle à quelqu’un d’autre.
e-conflict = Cette fiche a changé entre-temps. Comparez avant d’enregistrer.
e-500 = Un incident est survenu. Référence { $reference }.
