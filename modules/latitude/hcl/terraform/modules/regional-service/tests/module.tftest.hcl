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

run "plans_the_role_that_pulls" {
  command = plan

  variables {
    image = { tag = "1.0.0" }
  }

  assert {
    condition     = aws_iam_role.pull[0].name == "orders-api-us-east-1-pull"
    error_message = "The role that pulls is called ${aws_iam_role.pull[0].name}."
  }
}

run "plans_what_the_account_demands_of_roles" {
  command = plan

  variables {
    policy_arns = { read = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
    roles = {
      path                     = "/teams/orders/"
      permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    }
  }

  assert {
    condition     = aws_iam_role.instance[0].path == "/teams/orders/"
    error_message = "The role has no path."
  }

  assert {
    condition     = aws_iam_role.instance[0].permissions_boundary != null
    error_message = "The role has no boundary."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.instance["read"].policy_arn == var.policy_arns.read
    error_message = "The role has no managed policy."
  }
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
