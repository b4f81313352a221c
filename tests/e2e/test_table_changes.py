"""A table's description changes: what AWS has afterwards, or the words with which the plan refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from latitude import (
    Application,
    CustomerManagedKey,
    GlobalIndex,
    LocalState,
    Provisioned,
    ScaledCapacity,
    Table,
)
from latitude.operate.terraform import Terraform, TerraformError
from latitude.stacks import synthesize
from latitude.trial.clients import EndpointClients
from tests.support.plan import initialize, terraform_environment

if TYPE_CHECKING:
    from pathlib import Path

    from latitude.sandbox.server import Sandbox

pytestmark = pytest.mark.e2e

_HOME, _OTHER = _REGIONS = ("us-east-1", "us-west-2")
_SCALED: Final = Provisioned(read=ScaledCapacity(min_units=2, max_units=9), write=ScaledCapacity(max_units=9))
_KEYS: Final = {"hash_key": "id", "attributes": {"id": "S"}, "deletion_protection": False}
_NO_OTHER_KEY: Final = "Terraform can't give a table with replicas other customer-managed keys than it has"
_INDEXED: Final = {"id": "S", "by": "S", "at": "N"}


class Tables:
    """The stack of an application's tables in the embedded AWS."""

    def __init__(self, aws: Sandbox, folder: Path) -> None:
        self.out = folder / "cdktf.out"
        self.clients = EndpointClients(aws.url)
        environment = terraform_environment(aws.environment(), folder)
        self.terraform = Terraform(directory=self.out / "stacks" / "store-data", environment=environment)
        self.made = False

    def state(self, *tables: Table) -> None:
        """Write the stack of these tables."""
        synthesize(Application(name="store", regions=_REGIONS, tables=tables, state=LocalState()), self.out)
        if not self.made:
            initialize(self.terraform)
            self.made = True

    def apply(self, *tables: Table) -> None:
        """Apply these tables."""
        self.state(*tables)
        self.terraform.apply()

    def plan(self, *tables: Table) -> bool:
        """Plan these tables, and say whether there is anything to do."""
        self.state(*tables)
        return self.terraform.plan()

    def refused(self, *tables: Table) -> str:
        """Return the words with which a plan of these tables is refused."""
        with pytest.raises(TerraformError) as refusal:
            self.plan(*tables)
        return " ".join(str(refusal.value).replace("\u2502", " ").split())

    def described(self, name: str, region: str = _HOME) -> dict[str, Any]:
        """Describe a table."""
        table: dict[str, Any] = self.clients("dynamodb", region).describe_table(TableName=f"store-{name}")["Table"]
        return table

    def key_state(self, region: str, arn: str) -> str:
        """Return the state of a key."""
        state: str = self.clients("kms", region).describe_key(KeyId=arn)["KeyMetadata"]["KeyState"]
        return state


@pytest.fixture
def tables(aws: Sandbox, tmp_path: Path) -> Tables:
    """Return the stack, with nothing in it."""
    return Tables(aws, tmp_path)


def _table(name: str, **changes: Any) -> Table:
    return Table(**{"name": name, **_KEYS, **changes})


def test_tables_become_what_their_new_description_says(tables: Tables) -> None:
    """Everything set, everything unset: nothing stays of what was before, and no key is destroyed."""
    index = GlobalIndex(name="by-by", hash_key="by", range_key="at")
    gone = GlobalIndex(name="gone", hash_key="by")
    new = GlobalIndex(name="new", hash_key="word")
    busy = {"billing": _SCALED, "attributes": _INDEXED}
    before = (
        _table(
            "plain",
            ttl_attribute="expires",
            encryption=CustomerManagedKey(),
            table_class="STANDARD_INFREQUENT_ACCESS",
        ),
        _table("busy", global_indexes=(index, gone), **busy),
    )
    tables.apply(*before)
    keys = {region: tables.described("plain", region)["SSEDescription"]["KMSMasterKeyArn"] for region in _REGIONS}
    client = tables.clients("dynamodb", _HOME)
    throughput = {"ReadCapacityUnits": 7, "WriteCapacityUnits": 5}
    update = {"IndexName": "by-by", "ProvisionedThroughput": throughput}
    client.update_table(TableName="store-busy", GlobalSecondaryIndexUpdates=[{"Update": update}])

    others = CustomerManagedKey(arns=keys | {_OTHER: keys[_HOME].replace(_HOME, _OTHER)})
    words = tables.refused(_table("plain", ttl_attribute="ends", encryption=others), before[1])
    assert "ttl_attribute can't change from expires to ends in one step" in words
    assert _NO_OTHER_KEY in words

    changed = index.model_copy(update={"projection": "KEYS_ONLY"})
    after = (
        _table("plain"),
        _table("busy", billing=_SCALED, attributes={**_INDEXED, "word": "S"}, global_indexes=(changed, new)),
    )
    tables.apply(*after)
    assert not tables.plan(*after)
    for region in _REGIONS:
        plain = tables.described("plain", region)
        assert "SSEDescription" not in plain or plain["SSEDescription"]["Status"] == "DISABLED", plain["SSEDescription"]
        assert plain.get("TableClassSummary", {"TableClass": "STANDARD"}) == {"TableClass": "STANDARD"}
        assert tables.key_state(region, keys[region]) == "Enabled"
        ttl = tables.clients("dynamodb", region).describe_time_to_live(TableName="store-plain")
        assert ttl["TimeToLiveDescription"] == {"TimeToLiveStatus": "DISABLED"}
        indexes = {each["IndexName"]: each for each in tables.described("busy", region)["GlobalSecondaryIndexes"]}
        assert {name: each["Projection"]["ProjectionType"] for name, each in indexes.items()} == {
            "by-by": "KEYS_ONLY",
            "new": "ALL",
        }
    assert _NO_OTHER_KEY in tables.refused(_table("plain", encryption=CustomerManagedKey()), after[1])
