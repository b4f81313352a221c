"""What tests share: a template to assert on, applications to synthesize, and an AWS in which they can be planned."""
