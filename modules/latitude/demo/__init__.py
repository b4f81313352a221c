"""The demonstration: the whole architecture on an embedded AWS, with the real Terraform, from nothing to nothing.

What it needs of the embedded AWS beyond AWS's own API is stated in ``emulator``; the command hands it over.
"""
