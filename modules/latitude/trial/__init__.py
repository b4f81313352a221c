"""A trial of an application: it runs, with the real Terraform, on an AWS that is there to try it on.

What the application finds in AWS is made, its images are pushed, Terraform runs on each stack, the description is
revised, and what exists is listed. AWS is reached by the boto3 clients, and by the environment for Terraform, that are
handed in (``aws.Aws``). What nobody can ask of AWS itself is a Protocol: the embedded AWS has it (``aws.EmbeddedAws``).
"""
