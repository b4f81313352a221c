"""Which application has the replication configuration of an ECR registry, and what it copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.spec.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latitude.spec.application import Application

Copies = dict[str, tuple[str, ...]]
"""The regions that get the repositories whose names begin in some way, by that beginning."""
_MOST_RULES: Final = 10
_MOST_FILTERS: Final = 100
_SOURCE: Final = "ECR User Guide, private image replication"


def replicates(application: Application) -> bool:
    """Whether the application's images are copied by a configuration of Latitude's."""
    registry = application.registry
    elsewhere = len(application.regions) > 1 or bool(registry.also_replicates)
    return registry.replication == "managed" and bool(application.repository_services) and elsewhere


def owner_of(application: Application, program: Sequence[Application]) -> Application | None:
    """Return the application of the program that has the configuration for this one: the first of them by name.

    By name, so that it is the same in whichever order a program states them; ``None`` if nothing is copied.
    """
    if not replicates(application):
        return None
    return min(_sharing(application, program), key=lambda each: each.name)


def copies_of(application: Application, program: Sequence[Application]) -> Copies | None:
    """Return what the application's configuration copies; ``None`` if it has none, for another has it or nobody."""
    if owner_of(application, program) is not application:
        return None
    found: Copies = {}
    for each in sorted(_sharing(application, program), key=lambda other: other.name):
        if len(each.regions) > 1:
            found[each.aws_names.repository_prefix] = each.regions[1:]
        found |= each.registry.also_replicates
    return found


def leaves_rules(application: Application, program: Sequence[Application]) -> bool:
    """Whether the application may have had a configuration that is another's now: it is to be left as it is."""
    if not application.repository_services or copies_of(application, program) is not None:
        return False
    moved_out = application.registry.replication == "external" and len(application.regions) > 1
    return moved_out or len(_sharing(application, program)) > 1


def rules_of(copies: Copies) -> dict[tuple[str, ...], list[str]]:
    """Return the configuration's rules: what is copied to the same regions is one rule, with a filter for each."""
    rules: dict[tuple[str, ...], list[str]] = {}
    for prefix, regions in copies.items():
        rules.setdefault(regions, []).append(prefix)
    return rules


def replication_faults(program: Sequence[Application]) -> Iterator[Fault]:
    """Yield what a registry would refuse of the program's rules, or what could not be known of who has them."""
    replicating = [each for each in program if replicates(each)]
    for index, first in enumerate(replicating):
        for second in replicating[index + 1 :]:
            apart = (first.account is None) != (second.account is None)
            if apart and first.home_region == second.home_region:
                yield Fault(
                    (),
                    f"{first.name} and {second.name}: must both state `account`, or neither, to replicate images from "
                    f"{first.home_region}, got one: a registry has one replication configuration there ({_SOURCE})",
                )
    for application in replicating:
        copies = copies_of(application, program)
        rules = rules_of({} if copies is None else copies)
        filters = max(map(len, rules.values()), default=0)
        if len(rules) > _MOST_RULES or filters > _MOST_FILTERS:
            yield Fault(
                (),
                f"{application.name}: must replicate by at most {_MOST_RULES} rules of {_MOST_FILTERS} filters, one "
                f"rule for each set of regions, got {len(rules)} rules and up to {filters} filters ({_SOURCE})",
            )


def _sharing(application: Application, program: Sequence[Application]) -> list[Application]:
    """Return the applications whose images one configuration copies: of one account, from one region."""
    others = [each for each in program if replicates(each) and each is not application]
    account = None if application.account is None else application.account.id
    return [
        application,
        *(
            each
            for each in others
            if each.home_region == application.home_region
            and (None if each.account is None else each.account.id) == account
        ),
    ]
