"""``latitude acceptance``: a small application's whole life, on the account that the environment leads to."""
