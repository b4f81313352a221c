"""Who may do what: roles, policy documents, keys and secrets."""
