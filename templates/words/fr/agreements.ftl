### Ce à quoi on consent : l’organisation, les conditions d’utilisation.

portal-orgs = Mon compte › Organisations

s-org-consent-title = Autorisation demandée par { $organisation }
s-org-consent-asks = Votre compte vient d’ailleurs. { $organisation } ({ $domain }) doit pouvoir :
s-org-consent-asks-bare = Votre compte vient d’ailleurs. { $organisation } doit pouvoir :
org-consent-profile-title = Recevoir vos données de profil
org-consent-profile-text = Votre nom, votre adresse e-mail et votre photo, si vous en avez mis une.
org-consent-activity-title = Conserver une trace de votre activité dans ses services
org-consent-activity-text = Quand vous vous connectez, à quelle application, et ce que vous y faites.
org-consent-use-title = Utiliser ces données pour gérer votre accès
org-consent-use-text = Pour vous donner des droits, vous les retirer, et protéger votre compte chez elle.
org-consent-more = En savoir plus
org-consent-why = Cette étape est demandée par l’organisation, une seule fois. Sans votre accord, rien ne lui est transmis.
org-consent-later = Vous pourrez revenir dessus dans { $link }.
org-consent-statement = Déclaration de confidentialité de { $organisation }

s-consent-both-title = { $organisation } et { $app } demandent votre accord
s-consent-both-organisation = L’organisation
s-consent-both-app = L’application

s-tou-title = Conditions d’utilisation
s-tou-version = { $name }, version { $version }, applicable depuis le { $date }
s-tou-changes = Ce qui change
tou-version = Version { $version }
s-tou-download = Télécharger ce texte
s-tou-accept = J’ai lu et j’accepte la version { $version }
s-tou-grace = Vous pouvez aussi décider plus tard, jusqu’au { $date }.
s-tou-later = Plus tard
s-tou-decline = Refuser
s-tou-leave = Refuser et quitter

s-me-orgs-title = Organisations
s-me-orgs-lead = Celles où vous avez une place, et ce que vous leur permettez.
s-me-orgs-none = Votre compte n’a de place dans aucune organisation.
s-me-orgs-home = Votre organisation
s-me-orgs-home-why = Elle tient ce compte : c’est à elle de le fermer.
s-me-orgs-since = Vous y avez une place depuis le { $date }.
s-me-orgs-permitted = Autorisation donnée le { $date } :
s-me-orgs-unpermitted = Vous ne lui permettez rien pour l’instant.
s-me-orgs-effect = Ses applications perdent aussitôt tout accès à votre compte. { $organisation } vous demandera de nouveau votre accord quand vous y entrerez.
s-me-orgs-confirm = Retirer l’autorisation
s-me-orgs-withdrawn = C’est fait. L’autorisation est retirée, dès maintenant.
s-me-orgs-role = Vous y avez un rôle. Pour quitter l’organisation, demandez d’abord à un administrateur de vous le retirer.
s-me-orgs-leave = Quitter
s-me-orgs-leave-effect = Vous n’aurez plus de place chez { $organisation }, et ses applications perdent aussitôt tout accès à votre compte. Pour y revenir, il faudra une nouvelle invitation.
s-me-orgs-leave-confirm = Quitter { $organisation }
s-me-orgs-left = C’est fait. Vous avez quitté l’organisation.
s-me-home-orgs = Vos places et ce que vous permettez

s-me-terms-title = Conditions acceptées
s-me-terms-lead = Les textes exacts que vous avez acceptés, à garder si vous voulez.
s-me-terms-none = Vous n’avez accepté aucunes conditions d’utilisation.
s-me-terms-accepted = Acceptée le { $moment }.
s-me-terms-imported = Acceptée le { $date }, selon { $organisation }.
s-me-terms-of =  : { $name }, version { $version }
s-me-home-terms = Documents, versions et dates
