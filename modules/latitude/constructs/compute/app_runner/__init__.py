"""Services on AWS App Runner."""
