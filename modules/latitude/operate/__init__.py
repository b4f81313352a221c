"""Running Terraform on what was synthesized; imports neither cdktf nor the constructs."""
