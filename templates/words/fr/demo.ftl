### La page d’accueil de la démonstration.

demo-title = Essayez Parvis
demo-lead = Ouvrez l’application de démonstration et connectez-vous sous l’un des noms ci-dessous. Tout se passe sur cette machine.
demo-apps = Applications
demo-people = Personnes
demo-password = Toutes ont ce mot de passe :
demo-outbox = Messages
demo-outbox-text = Aucun message ne quitte cette machine.
demo-outbox-link = Voir les e-mails et les SMS retenus
