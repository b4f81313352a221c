"""How users get in: hosted zones, domains, health checks, latency records, AWS WAF."""
