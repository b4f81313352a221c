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
  application = "orders"
  name        = "api"
  image       = { public = "public.ecr.aws/nginx/nginx:stable" }
  environment = { LOG_LEVEL = "info" }
}

run "plans" {
  command = plan
}

run "refuses_too_much_concurrency" {
  command = plan

  variables {
    autoscaling = { max_concurrency = 201 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_more_instances_at_least_than_at_most" {
  command = plan

  variables {
    autoscaling = { min_size = 3, max_size = 2 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_a_size_that_does_not_go_with_cpu" {
  command = plan

  variables {
    memory = 512
  }

  expect_failures = [var.memory]
}

run "refuses_a_reserved_variable" {
  command = plan

  variables {
    environment = { PORT = "80" }
  }

  expect_failures = [var.environment]
}

run "refuses_tag_and_digest_missing" {
  command = plan

  variables {
    image = {}
  }

  expect_failures = [var.image]
}
