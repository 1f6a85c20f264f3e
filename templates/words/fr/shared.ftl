### Dit sur plusieurs pages.

title-error = Erreur : { $title }
to-continue = pour accéder à { $app }
next = Suivant
continue = Continuer
cancel = Annuler
accept = Accepter
send = Envoyer
yes = Oui
no = Non
ask-for-help = Demander de l’aide
retry = Réessayer
save = Enregistrer
withdraw = Retirer
sign-out = Se déconnecter
sign-out-other = Déconnecter
back-to = Revenir à { $app }
change-account = Changer de compte
other-account = Utiliser un autre compte
forgot-password = Mot de passe oublié ?
back-to-sign-in = Revenir à la connexion
signout-all = Déconnecter mes autres appareils
show = Afficher
show-password = Afficher le mot de passe
show-details = Afficher les détails
switch-language = English
terms = Conditions
privacy = Confidentialité
help = Aide
optional = (facultatif)
reference = Référence
moment = Date
agent = { $browser } sur { $system }
agent-of = Navigateur sur { $system }
agent-unknown = Navigateur inconnu
portal-apps = Mon compte › Applications
publisher-verified = Éditeur vérifié
publisher-unverified = Éditeur non vérifié
demo-notice = Démonstration : les personnes et les sociétés sont fictives, et rien n’est conservé pour de vrai.

## Combien de temps attendre.

wait-seconds = { $n ->
    [one] { $n } seconde
   *[other] { $n } secondes
}
wait-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
wait-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}

## Dates.

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
date = { $day } { $month } { $year }
date-first = { $day }er { $month } { $year }
date-and-time = { $date } à { $time } UTC

## Libellés des champs.

label-identifier = Adresse e-mail
label-email = Adresse e-mail
label-code = Code de sécurité
label-password = Mot de passe
label-new_password = Mot de passe
label-given_name = Prénom
label-family_name = Nom
label-locale = Langue
label-country = Pays
label-bday_day = Jour
label-bday_month = Mois
label-bday_year = Année
label-zoneinfo = Fuseau horaire
label-tenant_name = Nom de l’organisation
label-accept = J’ai lu et j’accepte
label-message = Message
label-csv = CSV
label-reason = Motif
label-confirm_email = Votre adresse
label-text = Qu’avez-vous remarqué ?
label-legal_name = Raison sociale
label-trade_name = Nom commercial
label-reg_no = Numéro d’immatriculation
label-vat_no = Numéro de TVA
label-legal_form = Forme juridique
label-street-address = Adresse
label-postal-code = Code postal
label-address-level2 = Ville
label-phone = Téléphone
label-sector = Secteur
label-size = Effectif
label-contact_given = Prénom du contact
label-contact_family = Nom du contact
label-contact_language = Langue
label-timezone = Fuseau horaire

label-name_fr = Nom en français
label-name_en = Nom en anglais
label-document = Nom dans les adresses
label-text_fr = Texte en français
label-text_en = Texte en anglais
label-summary_fr = Ce qui change, en français
label-summary_en = Ce qui change, en anglais
label-acceptances = Acceptations
label-q = Recherche
label-state = État du compte
label-name = Nom complet
label-login = Identifiant de connexion
label-person = Personne
label-event = Événement
label-outcome = Issue
label-client = Application
label-from = Depuis le
label-until = Jusqu’au
