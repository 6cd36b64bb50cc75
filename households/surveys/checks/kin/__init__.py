"""How the members are related, and how old they are beside each other."""
