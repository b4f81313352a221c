mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = {
      account_id = "123456789012"
    }
  }

  mock_data "aws_region" {
    defaults = {
      id = "us-east-1"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{}"
    }
  }
}

mock_provider "aws" {
  alias = "dns"
}

variables {
  name    = "shop.example.com"
  zone_id = "Z0123456789ABCDEFGHIJ"
  service = {
    name = "orders-web"
    arn  = "arn:aws:apprunner:us-east-1:123456789012:service/orders-web/0123456789abcdef0123456789abcdef"
    host = "abcdefghij.us-east-1.awsapprunner.com"
  }
}

# The check of the certificate can be answered by an apply only.
run "plans" {
  command = plan

  expect_failures = [check.certificate]
}

run "refuses_a_name_in_capitals" {
  command = plan

  variables {
    name = "Shop.example.com"
  }

  expect_failures = [var.name]
}

run "refuses_an_interval_that_route_53_has_not" {
  command = plan

  variables {
    health_check = { interval_seconds = 20 }
  }

  expect_failures = [var.health_check, check.certificate]
}

run "refuses_a_threshold_above_ten" {
  command = plan

  variables {
    health_check = { failure_threshold = 11 }
  }

  expect_failures = [var.health_check, check.certificate]
}
