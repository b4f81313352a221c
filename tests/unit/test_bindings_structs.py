from latitude.bindings import aws, cdktf  # before jsii, to put its provider there

# isort: split
from typing import Any

import jsii._kernel
import pytest
from jsii.errors import JSIIError


def reference(value: Any) -> Any:
    """Give what Python would send of `value`."""
    return jsii._kernel._make_reference_for_native(jsii.kernel, value)


def test_struct_is_sent_with_the_fields_that_are_set() -> None:
    """False and 0 are values; None is not sent, as the kernel takes a missing field for null."""
    lifecycle = cdktf.TerraformResourceLifecycle(prevent_destroy=False, ignore_changes=["tags"])
    assert reference(lifecycle) == {
        "$jsii.struct": {
            "fqn": "cdktf.TerraformResourceLifecycle",
            "data": {"preventDestroy": False, "ignoreChanges": ["tags"]},
        }
    }


def test_struct_within_lists_and_maps_is_sent_as_one() -> None:
    """Nested values keep their order and their kind."""
    attribute = aws.dynamodb_table.DynamodbTableAttribute(name="id", type="S")
    struct = {
        "$jsii.struct": {
            "fqn": "@cdktf/provider-aws.dynamodbTable.DynamodbTableAttribute",
            "data": {"name": "id", "type": "S"},
        }
    }
    assert reference({"a": [attribute, 0, None]}) == {"$jsii.map": {"a": [struct, 0, None]}}


def test_object_and_enum_are_sent_as_jsii_sends_them() -> None:
    """What is neither a scalar, a list, a map nor a struct is left to jsii."""
    app = cdktf.Testing.app()
    assert reference(app) is app
    assert reference(cdktf.AnnotationMetadataEntryType.INFO) == {"$jsii.enum": "cdktf.AnnotationMetadataEntryType/INFO"}


def test_function_is_refused_as_jsii_refuses_it() -> None:
    """A function in place of a value gives jsii's own error."""
    with pytest.raises(JSIIError, match="Cannot pass function as argument here"):
        reference([print])
