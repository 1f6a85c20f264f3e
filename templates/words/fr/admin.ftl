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
