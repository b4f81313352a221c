"""What runs services: the interface that all kinds answer to, what every kind needs, and a room for each kind."""
