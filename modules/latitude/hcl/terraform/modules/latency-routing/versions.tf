terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
      # The hosted zone's account, where it is another than the service's; else the same provider.
      configuration_aliases = [aws.dns]
    }
  }
}
