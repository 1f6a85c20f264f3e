### Le portail, et l’installation par le premier opérateur.

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
