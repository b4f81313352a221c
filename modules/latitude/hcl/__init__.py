"""HCL modules for teams who write HCL, made by running the same constructs with variables in place of values."""
