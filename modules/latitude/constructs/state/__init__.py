"""Where Terraform keeps state, and runs: buckets in S3, workspaces in HCP Terraform."""
