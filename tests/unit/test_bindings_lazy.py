import ast
import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from latitude import bindings
from latitude.bindings.finder import AWS

# The submodules that a program has imported, without what they keep to themselves.
LOADED = f"""sorted(name.split(".")[1] for name in sys.modules if name.count(".") == 1 and name.startswith("{AWS}.")
    and not name.endswith("._jsii"))"""


def run(code: str) -> str:
    """Run `code` in a fresh Python and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_of_the_door_loads_nothing() -> None:
    """A wrong description is refused before jsii, cdktf or Node is there: their import waits for the first use."""
    heavy = "{'jsii', 'cdktf', 'constructs', 'typeguard', 'cdktf_cdktf_provider_aws'} & set(sys.modules)"
    assert run(f"import sys, latitude.bindings; print({heavy} or '')") == ""


def test_aws_imports_one_submodule_by_attribute() -> None:
    """`aws.ecr_repository` imports that one of the submodules, and no other."""
    code = f"""
import sys
from latitude.bindings import aws
aws.ecr_repository.EcrRepository
print({LOADED})
"""
    assert ast.literal_eval(run(code)) == ["ecr_repository"]


def test_ordinary_imports_after_modules_are_lazy() -> None:
    """A user's own import statements of the AWS bindings load what they name, in every form."""
    code = f"""
import sys
import latitude.bindings
import {AWS}.s3_bucket
import {AWS} as aws
from {AWS} import sqs_queue
from {AWS}.sns_topic import SnsTopic
aws.s3_bucket.S3Bucket, aws.iam_role.IamRole, sqs_queue.SqsQueue, SnsTopic
print({LOADED})
"""
    assert ast.literal_eval(run(code)) == ["iam_role", "s3_bucket", "sns_topic", "sqs_queue"]


def test_aws_names_every_submodule_that_the_ordinary_package_has() -> None:
    """`dir` and `import *` see the list that the package's own `__init__` gives."""
    ordinary = PathFinder.find_spec(AWS)
    assert ordinary is not None
    assert ordinary.origin is not None
    text = Path(ordinary.origin).read_text(encoding="utf-8")
    listing = text[text.index("__all__ = [") :].partition("]")[0].removeprefix("__all__ = ") + "]"
    assert sorted(bindings.aws.__all__) == sorted(ast.literal_eval(listing))
    assert set(bindings.aws.__all__) < set(dir(bindings.aws))


def test_aws_without_such_a_submodule_is_an_attribute_error() -> None:
    """A misspelt submodule fails as a misspelt attribute of a module does."""
    with pytest.raises(AttributeError, match="module 'cdktf_cdktf_provider_aws' has no attribute 'ecr_repositry'"):
        _ = bindings.aws.ecr_repositry


def test_import_of_no_such_submodule_is_a_module_not_found_error() -> None:
    """A misspelt import fails as Python's own does."""
    code = f"""
import latitude.bindings
try:
    import {AWS}.ecr_repositry
except ModuleNotFoundError as error:
    print(error)
"""
    assert run(code) == f"No module named '{AWS}.ecr_repositry'"


def test_door_has_no_other_names() -> None:
    """The door does not guess: an unknown name is an AttributeError."""
    with pytest.raises(AttributeError, match=r"module 'latitude\.bindings' has no attribute 'gcp'"):
        _ = bindings.gcp


def test_import_before_latitude_is_said_once() -> None:
    """A program that imports the bindings first keeps them as they are, and learns why it is slow."""
    code = "import sys; sys.stderr = sys.stdout; import jsii; from latitude.bindings import cdktf"
    assert run(code) == "latitude: jsii was imported before latitude, so that synth is slower; import latitude first"
