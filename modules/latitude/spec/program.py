"""Several applications of one program: what must not be the same in two of them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from latitude.spec.every_stack import every_stack
from latitude.spec.faults import Fault
from latitude.spec.replication import replication_faults
from latitude.spec.taken import Taken, taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec.application import Application

_REMEDY: Final = "give a service, a table or an application another name"
_REMEDIES: Final = {
    "a state": "give one of them another `key_prefix`",
    "a workspace of HCP Terraform": "give one of them another `workspace`",
    "a set of subnets and security groups": "App Runner refuses a second VPC connector with the same: leave "
    "`security_group_ids` unset for one, which makes a group of its own",
    "a bucket": "let one of them make it (`create`), and the others use it",
    "a domain": "give each a name of its own",
    "a record set": "give each a name of its own",
    "an OIDC provider": "let one of them make it, and give the others its ARN (`oidc_provider_arn`)",
}


def program_faults(applications: Sequence[Application]) -> Iterator[Fault]:
    """Yield what would be made twice, or written over, if all these applications were applied."""
    yield from replication_faults(applications)
    for first, second in itertools.combinations(applications, 2):
        if first.name == second.name:
            yield Fault(
                (),
                f"applications: must have names of their own in one program, got {first.name!r} twice: the name begins "
                "every stack's, and what is made in AWS (Latitude)",
            )
            continue
        yield from _of_stacks(first, second)
        yield from _of_names(first, second)


def one_account(first: Application, second: Application) -> bool:
    """Whether two applications may share an account: where one of them states none, nobody knows."""
    if first.account is None or second.account is None:
        return True
    return first.account.id == second.account.id


def _of_stacks(first: Application, second: Application) -> Iterator[Fault]:
    for stack in sorted({*every_stack(first)} & {*every_stack(second)}):
        yield Fault(
            (),
            f"{first.name} and {second.name}: must have stacks of their own, got {stack!r} twice; give one of them "
            "another name (Latitude: a folder for each stack)",
        )


def _of_names(first: Application, second: Application) -> Iterator[Fault]:
    others = set(taken(second))
    known = first.account is not None and second.account is not None
    found: dict[tuple[str, str], list[Taken]] = {}
    for each in dict.fromkeys(taken(first)):
        if each in others and (each.everywhere or one_account(first, second)):
            found.setdefault((each.kind, each.name), []).append(each)
    for (kind, name), same in found.items():
        regions = ", ".join(each.region for each in same if each.region is not None)
        remedy = _REMEDIES.get(kind, _REMEDY)
        if not same[0].everywhere and not known:
            remedy += ", or state `account` in both where they are in different ones"
        yield Fault(
            (),
            f"{first.name} and {second.name}: must each have {kind} of its own, got {name!r} twice"
            f"{f' in {regions}' if regions else ''}; {remedy} (Latitude)",
        )
