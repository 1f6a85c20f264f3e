### The demonstration's front page.

demo-title = Try Parvis
demo-lead = Open the demo application and sign in as anybody below. Everything runs on this machine.
demo-apps = Applications
demo-people = People
demo-password = They all share this password:
demo-outbox = Messages
demo-outbox-text = No message leaves this machine.
demo-outbox-link = See captured mail and text messages
