"""What AWS gets: one capability a file, each a construct that takes its spec and a provider."""
