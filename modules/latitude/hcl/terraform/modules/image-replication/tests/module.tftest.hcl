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

variables {
  applications = ["orders", "shop"]
}

run "plans" {
  command = plan
}

run "refuses_a_name_in_capitals" {
  command = plan

  variables {
    applications = ["Orders"]
  }

  expect_failures = [var.applications]
}
