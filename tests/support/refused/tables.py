"""Arguments of ``global-table``, and of others, that only a rule of more than one field refuses."""

from __future__ import annotations

from typing import Final

from latitude.spec import (
    CustomerManagedKey,
    GlobalIndex,
    HostedZone,
    LocalIndex,
    PolicyStatement,
    Registry,
    RepositoryStatement,
    ScaledCapacity,
)
from tests.support.refused.base import (
    EACH_REGION,
    GRANT,
    KEY,
    LONG,
    OTHER_KEY,
    REPOSITORY_GRANT,
    WITH_INCLUDE,
    Refused,
    application,
    domain,
    everywhere,
    of_table,
    table,
)

TABLES: Final = (
    of_table({"attributes": {}}, lambda: table(attributes={}), "attributes: must declare the type of "),
    of_table(
        {"attributes": {"id": "S", "more": "S"}},
        lambda: table(attributes={"id": "S", "more": "S"}),
        "must be a key of the table or of an index; other attributes are not declared",
    ),
    of_table({"range_key": "id"}, lambda: table(range_key="id"), f"range_key: {OTHER_KEY}"),
    of_table(
        {"global_indexes": [{"name": "same", "hash_key": "id"}, {"name": "same", "hash_key": "id"}]},
        lambda: table(global_indexes=(GlobalIndex(name="same", hash_key="id"),) * 2),
        "global_indexes: must have names of their own",
    ),
    of_table(
        {"global_indexes": [{"name": "one", "hash_key": "id", "range_key": "id"}]},
        lambda: GlobalIndex(name="one", hash_key="id", range_key="id"),
        f"range_key: {OTHER_KEY}",
    ),
    of_table(
        {"global_indexes": [{"name": "one", "hash_key": "id", "projection": "INCLUDE"}]},
        lambda: GlobalIndex(name="one", hash_key="id", projection="INCLUDE"),
        f"non_key_attributes: {WITH_INCLUDE}",
    ),
    of_table(
        {
            "range_key": "at",
            "attributes": {"id": "S", "at": "S"},
            "local_indexes": [{"name": "one", "range_key": "at", "non_key_attributes": ["a"]}],
        },
        lambda: LocalIndex(name="one", range_key="at", non_key_attributes=("a",)),
        f"non_key_attributes: {WITH_INCLUDE}",
    ),
    of_table(
        {
            "global_indexes": [
                {"name": f"by-{number}", "hash_key": "id", "projection": "INCLUDE", "non_key_attributes": ["a"] * 17}
                for number in range(6)
            ]
        },
        lambda: table(
            global_indexes=tuple(
                GlobalIndex(name=f"by-{number}", hash_key="id", projection="INCLUDE", non_key_attributes=("a",) * 17)
                for number in range(6)
            )
        ),
        "must have at most 100 non_key_attributes together with local_indexes",
    ),
    of_table(
        {"local_indexes": [{"name": "one", "range_key": "at"}], "attributes": {"id": "S", "at": "S"}},
        lambda: table(local_indexes=(LocalIndex(name="one", range_key="at"),), attributes={"id": "S", "at": "S"}),
        "local_indexes: need a table with a range_key, which is not set",
    ),
    of_table(
        {
            "range_key": "at",
            "attributes": {"id": "S", "at": "S"},
            "local_indexes": [{"name": "one", "range_key": "id"}],
        },
        lambda: table(
            range_key="at", attributes={"id": "S", "at": "S"}, local_indexes=(LocalIndex(name="one", range_key="id"),)
        ),
        f"range_key: {OTHER_KEY}",
    ),
    of_table(
        {"ttl_attribute": "id"}, lambda: table(ttl_attribute="id"), "ttl_attribute: must be an attribute of type N"
    ),
    of_table(
        {"resource_policy": [GRANT, GRANT]},
        lambda: table(resource_policy=(PolicyStatement(**GRANT), PolicyStatement(**GRANT))),
        "resource_policy: must have sids of their own",
    ),
    of_table(
        {"recovery_days": 7, "point_in_time_recovery": False},
        lambda: table(recovery_days=7, point_in_time_recovery=False),
        "recovery_days: must be unset without point_in_time_recovery",
    ),
    of_table(
        {
            "on_demand": {"max_read_units": 1, "max_write_units": 1},
            "provisioned": {"read": {"max_units": 1}, "write": {"max_units": 1}},
        },
        None,
        "on_demand: must be unset with provisioned",
    ),
    of_table(
        {"encryption": {"arns": {"us-east-1": KEY}}},
        lambda: application(tables=(table(encryption=CustomerManagedKey(arns={"us-east-1": KEY})),)),
        f"encryption.arns: {EACH_REGION}",
    ),
    of_table(
        {"encryption": {"arns": everywhere(KEY)}},
        lambda: application(tables=(table(encryption=CustomerManagedKey(arns=everywhere(KEY))),)),
        "(App Runner: the KMS key is regional)",
    ),
)
_BACKWARDS: Final = {"min_units": 9, "max_units": 3}
OTHERS: Final = (
    *(
        Refused(
            module="global-table",
            arguments={"provisioned": {"read": {"max_units": 9}, "write": {"max_units": 9}, name: _BACKWARDS}},
            python=lambda: ScaledCapacity(**_BACKWARDS),
            words="min_units: must be at most max_units, 3, got 9",
        )
        for name in ("read", "write")
    ),
    *(
        Refused(
            module="registry",
            arguments={"repository_policy": [{**REPOSITORY_GRANT, "sid": sid}] * times},
            python=lambda sid=sid, times=times: Registry(  # type: ignore[misc]  # bound names
                repository_policy=(RepositoryStatement(**REPOSITORY_GRANT, sid=sid),) * times
            ),
            words=words,
        )
        for sid, times, words in (
            ("Same", 2, "repository_policy: must have sids of their own"),
            ("Pull", 1, "sid: must be another than Pull and Push, which are Latitude's own"),
        )
    ),
    Refused(
        module="registry",
        arguments={"encryption": {"arns": everywhere(KEY)}},
        python=lambda: application(registry=Registry(encryption=CustomerManagedKey(arns=everywhere(KEY)))),
        words="(App Runner: the KMS key is regional)",
    ),
    Refused(
        module="latency-routing",
        arguments={"name": LONG, "www": True},
        python=lambda: domain(name=LONG, www=True, hosted_zone=HostedZone(name=LONG)),
        words="must be 1 to 249 characters with www, got 250",
    ),
)
