"""Latitude: one Python description of a web application; Terraform for AWS App Runner in several regions."""

import latitude.bindings  # noqa: F401  # from here on, the bindings are lazy in the user's own program too
from latitude.spec import *  # noqa: F403  # its __all__ is the list of public names
from latitude.spec import __all__ as _spec
from latitude.stacks import synthesize

__all__ = [*_spec, "synthesize"]  # noqa: PLE0604  # names only
