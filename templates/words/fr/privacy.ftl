### Ce qui est conservé d'une personne, et les deux façons d'en disposer.

s-me-privacy-title = Confidentialité
s-me-privacy-lead = Ce que nous conservons de vous, où, pourquoi et pendant combien de temps.
s-me-privacy-home = Votre compte lui appartient ou lui est confié.
s-me-privacy-place = Vous y avez une place avec ce compte.
s-me-privacy-controller = Responsable
s-me-privacy-where = Lieu de conservation
s-me-privacy-where-ask = Demandez à cette organisation
s-me-privacy-contact = Contact
s-me-privacy-statement = Lire sa politique de confidentialité
s-me-privacy-what = Ce qui est conservé
s-me-privacy-identity = Votre nom, vos adresses et vos préférences
s-me-privacy-identity-why = Pour vous reconnaître et vous écrire. Tant que le compte existe ; une ancienne adresse, trente jours.
s-me-privacy-access = Les accès que vous donnez
s-me-privacy-access-why = Pour ne pas vous les redemander. Jusqu’à ce que vous les retiriez.
s-me-privacy-sessions = Vos connexions
s-me-privacy-sessions-why = Pour que vous restiez connecté, et que vous puissiez déconnecter un appareil. { $n ->
    [one] Un jour.
   *[other] { $n } jours au plus, ou la durée que vous avez choisie.
}
s-me-privacy-trail = Le journal de sécurité
s-me-privacy-trail-why = Pour comprendre un incident : ce qui a été fait, quand, depuis quelle adresse réseau. Il ne contient ni vos mots de passe ni vos messages, et survit au compte sans le nommer.
s-me-privacy-nobody = Rien n’est vendu, rien ne sert à la publicité. Une application n’apprend que ce que vous acceptez de lui donner.
s-me-privacy-export = Exporter mes données
s-me-privacy-export-what = Un fichier avec tout ce qui est conservé de vous, à lire vous-même ou à confier à un autre service.
s-me-privacy-export-do = Exporter mes données
s-me-privacy-export-again = Préparer un nouveau fichier
s-me-privacy-export-waiting = Votre fichier se prépare. Nous vous écrivons dès qu’il est là.
s-me-privacy-export-ready = Votre fichier est prêt. Il est disponible jusqu’au { $date }.
s-me-privacy-download = Télécharger
s-me-privacy-delete-what = { $n ->
    [one] Vous avez un jour pour changer d’avis.
   *[other] Vous avez { $n } jours pour changer d’avis.
}
s-me-privacy-delete-do = Supprimer mon compte

s-me-delete-title = Supprimer le compte
s-me-delete-lead = { $n ->
    [one] Votre compte sera supprimé demain. D’ici là, il suffit de vous connecter pour le garder.
   *[other] Votre compte sera supprimé dans { $n } jours. D’ici là, il suffit de vous connecter pour le garder.
}
s-me-delete-everything = Votre nom, votre adresse, votre mot de passe et vos accès sont effacés pour toujours.
s-me-delete-signed-out = Vous êtes déconnecté partout, dès maintenant.
s-me-delete-organisation = { $organisation } : vous perdez votre place. Ce que cette organisation conserve dans ses propres services reste chez elle.
s-me-delete-apps = { $n ->
    [one] Une application perd l’accès à votre compte.
   *[other] { $n } applications perdent l’accès à votre compte.
}
s-me-delete-confirm = Pour confirmer, saisissez { $identifier }.
s-me-delete-do = Supprimer
s-me-delete-not-own = Ce compte appartient à { $organisation } : elle seule peut le supprimer.
s-me-delete-ask = Adressez votre demande à { $organisation }. Les coordonnées sont sur la page « Confidentialité ».

s-undo-planned = C’est noté : votre compte sera supprimé
s-undo-planned-text = Vous êtes déconnecté partout. La date, et un lien pour garder votre compte, sont dans le message que nous venons de vous envoyer.
s-undo-planned-sign-in = Vous connecter d’ici là suffit à le garder.

s-export-title = Mes données
s-export-made = Établi le { $moment }.
s-export-json = L’autre fichier contient la même chose, pour les programmes.
s-export-middle = Autres prénoms
s-export-nickname = Surnom
s-export-gender = Genre
s-export-birthdate = Date de naissance
s-export-pages = Pages et photo
s-export-proved = confirmée le { $moment }
s-export-address = Adresse postale
s-export-created = Compte créé le
s-export-roles = Rôles
s-export-organisations = Organisations
s-export-terms = Conditions acceptées
s-export-events = Journal
