### Ce à quoi on consent : l’organisation, les conditions d’utilisation.

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
