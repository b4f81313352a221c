"""What AWS gives in a VPC."""
