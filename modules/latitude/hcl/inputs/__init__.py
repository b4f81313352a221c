"""What each module takes: its variables, from the spec's fields, and what they must be together."""
