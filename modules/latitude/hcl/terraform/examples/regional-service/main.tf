terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

module "example" {
  source = "../../modules/regional-service"

  application = "orders"
  name        = "api"
  image       = { public = "public.ecr.aws/nginx/nginx:stable" }
  environment = { LOG_LEVEL = "info" }
}

output "example" {
  description = "What the module tells."
  value       = module.example
}
