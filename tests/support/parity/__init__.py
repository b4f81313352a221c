"""What holds the HCL modules to the constructs."""
