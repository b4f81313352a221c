"""The embedded AWS: moto's server plus what moto lacks."""
