"""Latitude: one Python description of a web application; Terraform for AWS App Runner in several regions."""

import modules.bindings  # noqa: F401  # from here on, the bindings are lazy in the user's own program too
from modules.spec import *  # noqa: F403  # its __all__ is the list of public names
from modules.spec import __all__ as _spec
from modules.stacks import synthesize

__all__ = [*_spec, "synthesize"]  # noqa: PLE0604  # names only
