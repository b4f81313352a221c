"""An application's architecture as a picture, from its description alone."""
