"""The commands of ``latitude``, one a file; each loads what it needs only when it runs."""
