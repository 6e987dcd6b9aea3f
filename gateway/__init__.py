"""The web: pages for customers and clerks over a read model that is fed by the services' events."""
