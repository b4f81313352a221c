"""Latitude: one Python description of a web application, Terraform for AWS App Runner in several regions."""
