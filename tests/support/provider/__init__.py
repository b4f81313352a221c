"""What the AWS provider's schema says of the resources that Latitude makes."""
