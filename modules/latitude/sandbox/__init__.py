"""The embedded AWS: moto's server plus what moto lacks, on loopback and in memory.

``latitude.sandbox.server.Sandbox`` starts it. A folder here is a service, laid out as moto lays out its own: ``urls``,
``responses`` (parse and answer), ``models`` (state) and ``exceptions``.
"""
