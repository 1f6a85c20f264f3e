### Ce qu’une personne lit quand quelque chose ne va pas, par les identifiants du catalogue.

e-req = Renseignez « { $field } ».
e-long = « { $field } » : { $most } caractères au plus.
e-email = Cette adresse e-mail est incomplète. Exemple : nom@exemple.fr
e-date = Cette date n’existe pas. Exemple : 4 5 1986
e-age = Un compte est possible à partir de { $least } ans.
e-email-typo = Vouliez-vous dire { $suggestion } ? Sinon, validez à nouveau.
e-mailbox = Le message n’a pas pu être remis à { $address }. Vérifiez l’adresse.
e-maildown = Nos e-mails sont retardés. Réessayez ou choisissez une autre méthode.
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
e-pw-same = C’est déjà votre mot de passe.
e-pw-known = { $why ->
    [similar] Ce mot de passe ressemble trop à un autre des listes publiées. Choisissez-en un autre.
    [sequence] Des lettres ou des chiffres qui se suivent se devinent vite. Choisissez un autre mot de passe.
    [repeat] Les mêmes lettres répétées se devinent vite. Choisissez un autre mot de passe.
    [keyboard] Des touches voisines du clavier se devinent vite. Choisissez un autre mot de passe.
    [date] Une date ou une année se devine vite. Ajoutez des mots qui ne vont pas ensemble.
    [word] Un mot presque seul se devine vite. Ajoutez-en d’autres qui ne vont pas avec lui.
    [name] Un prénom ou un nom se devine vite. Ajoutez des mots qui ne vont pas ensemble.
    [mixed] Ce mot de passe se devine trop vite. Ajoutez des mots qui ne vont pas ensemble.
   *[listed] Ce mot de passe figure dans des listes publiées. Choisissez-en un autre.
}
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
e-link-exp = Ce lien a expiré le { $date }.
    .without-date = Ce lien a expiré. Demandez-en un nouveau.
e-link-used = Ce lien a déjà servi. Connectez-vous.
e-link-old = Un lien plus récent vous a été envoyé le { $date }.
e-link-revoked = Cette invitation n’est plus valable. Demandez-en une autre à la personne qui vous a invité.
e-wrong-acct = L’invitation est pour { $masked }. Vous êtes connecté en tant que { $other }.
e-not-found = Cette page n’existe pas. Vérifiez l’adresse ou revenez à votre application.
e-email-dup = Cette adresse sert déjà à un autre compte.
e-email-same = C’est déjà votre adresse.
e-confirm = Ce n’est pas l’adresse de ce compte.
e-last-admin = Vous êtes seul à administrer { $organisation }. Confiez-en d’abord l’administration à quelqu’un.
    .without-organisation = C’est le dernier compte qui peut donner des rôles : donnez d’abord ce rôle à quelqu’un d’autre.
e-no-account = Aucun compte d’ici n’a cette adresse ou cet identifiant.
e-phone-dup = Ce numéro sert déjà à un autre compte.
e-login-dup = Cet identifiant sert déjà à un autre compte.
e-form = « { $field } » n’a pas la forme attendue.
e-oneself = Personne ne se retire cela à soi-même : demandez à un autre administrateur.
e-tou = Sans acceptation des conditions, { $app } ne peut pas s’ouvrir.
    .without-app = Sans acceptation des conditions, vous ne pouvez pas continuer.
e-tou-new = Ces conditions viennent de changer. Voici la version à lire avant de continuer.
e-quota = Vous avez envoyé { $most } invitations en un jour, le nombre que votre organisation permet. Réessayez demain.
e-invited = Cette adresse est déjà invitée.
e-csv = Ce texte n’est pas un CSV dont la première ligne nomme les colonnes : email, given_name, family_name, locale, message, clients, roles.
e-conflict = Cette fiche a changé entre-temps. Comparez avant d’enregistrer.
e-500 = Un incident est survenu. Référence { $reference }.
e-company-id = Ce numéro comporte une erreur (clé de contrôle).
e-company-dup = Cette société existe déjà. Demandez l’accès à { $contact }.
e-phone = Ce numéro ne correspond pas au pays choisi.
e-check = La vérification n’a pas abouti. Recevez plutôt un lien par e-mail.
