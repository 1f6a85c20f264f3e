### Les applications de la démonstration.

demo-app-title = Bienvenue
demo-app-hello = Bonjour { $name }
demo-app-signed-in = Vous êtes connecté
demo-app-lead = Cette application de démonstration ne connaît aucun mot de passe : elle vous envoie chez votre fournisseur d’identité et vérifie sa réponse.
demo-app-sign-in = Se connecter
demo-app-verified = L’application a vérifié le jeton signé par { $issuer }.
demo-app-id-token = Jeton d’identité
demo-app-userinfo = Réponse de userinfo
demo-app-ask-userinfo = Demander userinfo
demo-app-refresh = Renouveler les jetons
demo-app-refreshed = Les jetons ont été renouvelés.
demo-app-signed-out-elsewhere = Vous avez été déconnecté : le fournisseur d’identité a mis fin à la session.
demo-app-unexpected = Cette réponse n’était pas attendue. Connectez-vous de nouveau.
demo-app-failed = La connexion n’a pas abouti :

## Les messages retenus.

demo-mailbox-title = Messages retenus
demo-mailbox-empty = Aucun message
demo-mailbox-open = Voir comme dans une messagerie
