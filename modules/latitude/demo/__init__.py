"""The demonstration: the whole architecture on an embedded AWS, with the real Terraform, from nothing to nothing.

Here is only the story: what is shown, in which order, and what is said. What it does is in ``latitude.trial``.
"""
