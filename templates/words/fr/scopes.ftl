### Ce qu’une application peut faire, en mots : les portées d’OpenID Connect. Celles d’une API apportent leurs propres titres.

scope-openid-title = Vous reconnaître
scope-openid-text = Un numéro qui désigne votre compte, pour vous reconnaître la prochaine fois.
scope-profile-title = Lire votre profil
scope-profile-text = Nom, photo, langue et fuseau horaire.
scope-email-title = Lire votre adresse e-mail
scope-email-text = L’adresse, et si elle a été vérifiée.
scope-address-title = Lire votre adresse postale
scope-address-text = Rue, ville, code postal et pays.
scope-phone-title = Lire votre numéro de téléphone
scope-phone-text = Le numéro, et s’il a été vérifié.
scope-offline_access-title = Rester connectée quand vous êtes absent
scope-offline_access-text = Jusqu’à ce que vous le retiriez, 90 jours au plus sans nouvelle connexion.
