"""The workflow that rolls an application out from GitHub Actions, as YAML text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from modules.operate.bake import watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from modules.operate.order import Stage
    from modules.spec import Application

_HEAD: Final = """\
# Written by `latitude pipeline github`: run it again after regions or stacks change.
# It needs the repository variables AWS_PLAN_ROLE_ARN and AWS_APPLY_ROLE_ARN: roles that trust GitHub's OIDC provider.
name: latitude
on:
  pull_request:
  push:
    branches: [main]
  schedule:
    - cron: "17 5 * * *"
permissions:
  contents: read
  id-token: write
jobs:
  synth:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: @INSTALL@
      - run: latitude check
      - run: latitude synth --out stacks-out
      - uses: actions/upload-artifact@v4
        with:
          name: stacks
          path: stacks-out/stacks
"""
_SETUP: Final = """\
      - uses: actions/download-artifact@v4
        with:
          name: stacks
      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_wrapper: false
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: ${{ vars.@ROLE@ }}
          aws-region: @REGION@
"""
_PLAN: Final = """\
  plan:
    needs: synth
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix:
        stack: [@STACKS@]
    concurrency:
      group: terraform-${{ matrix.stack }}
    steps:
@SETUP@      - run: terraform -chdir="$STACK" init -input=false
        env:
          STACK: ${{ matrix.stack }}
      - shell: bash
        run: terraform -chdir="$STACK" plan -input=false -no-color | tee "$STACK.txt"
        env:
          STACK: ${{ matrix.stack }}
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: plan-${{ matrix.stack }}
          path: ${{ matrix.stack }}.txt
  comment:
    needs: plan
    if: always() && github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      pull-requests: write
    steps:
      - uses: actions/download-artifact@v4
        with:
          pattern: plan-*
          merge-multiple: true
          path: plans
      - run: |
          for plan in plans/*.txt; do
            printf '### %s\\n```\\n%s\\n```\\n' "$(basename "$plan" .txt)" "$(tail -c 9000 "$plan")"
          done | head -c 60000 > comment.md
          gh pr comment "$NUMBER" --repo "$GITHUB_REPOSITORY" --body-file comment.md
        env:
          GH_TOKEN: ${{ github.token }}
          NUMBER: ${{ github.event.pull_request.number }}
"""
_APPLY: Final = """\
  @JOB@:
    needs: [@NEEDS@]
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    environment: production
    strategy:
      # A cancelled apply is worse than one that ends.
      fail-fast: false
      matrix:
        stack: [@STACKS@]
    concurrency:
      group: terraform-${{ matrix.stack }}
    steps:
@SETUP@      - run: terraform -chdir="$STACK" init -input=false
        env:
          STACK: ${{ matrix.stack }}
      - run: terraform -chdir="$STACK" apply -input=false -auto-approve
        env:
          STACK: ${{ matrix.stack }}
@BAKE@"""
_BAKE: Final = """\
      - name: Bake
        timeout-minutes: 30
        run: |
          terraform -chdir="$STACK" output -json service_urls > urls.json
          end=$((SECONDS + 300)); failed=0
          while [ "$SECONDS" -lt "$end" ] || [ "$failed" -gt 0 ]; do
            healthy=yes
@ASKS@
            if [ "$healthy" = yes ]; then failed=0; else failed=$((failed + 1)); fi
            if [ "$failed" -ge 3 ]; then echo "::error::unhealthy: the other cells are left alone"; exit 1; fi
            sleep 10
          done
        env:
          STACK: ${{ matrix.stack }}
"""
_ASK: Final = """\
            curl -fsS -m 4 -o /dev/null "$(jq -r '."@NAME@"' urls.json)@PATH@" || healthy=no"""
_DRIFT: Final = """\
  drift:
    needs: synth
    if: github.event_name == 'schedule'
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix:
        stack: [@STACKS@]
    concurrency:
      group: terraform-${{ matrix.stack }}
    steps:
@SETUP@      - run: terraform -chdir="$STACK" init -input=false
        env:
          STACK: ${{ matrix.stack }}
      - name: Fails if AWS and the description differ
        run: terraform -chdir="$STACK" plan -input=false -no-color -detailed-exitcode
        env:
          STACK: ${{ matrix.stack }}
"""


def workflow(application: Application, stages: Sequence[Stage], *, install: str) -> str:
    """Return the workflow: plans on a pull request, stage after stage on main, a look for drift every day."""
    stacks = ", ".join(stack for stage in stages for stack in stage.stacks)
    reads = _filled(_SETUP, ROLE="AWS_PLAN_ROLE_ARN", REGION=application.home_region)
    writes = _filled(_SETUP, ROLE="AWS_APPLY_ROLE_ARN", REGION=application.home_region)
    jobs = [_filled(_HEAD, INSTALL=install), _filled(_PLAN, STACKS=stacks, SETUP=reads)]
    needs = ["synth"]
    for stage in stages:
        job = f"apply-{stage.stacks[0]}"
        jobs.append(
            _filled(
                _APPLY,
                JOB=job,
                NEEDS=", ".join(needs),
                STACKS=", ".join(stage.stacks),
                SETUP=writes,
                BAKE=_bake(application) if stage.bake else "",
            )
        )
        needs = ["synth", job]
    return "".join([*jobs, _filled(_DRIFT, STACKS=stacks, SETUP=reads)])


def _bake(application: Application) -> str:
    paths = watched(application, {service.name: "" for service in application.services})
    asks = [_filled(_ASK, NAME=name, PATH=path) for name, path in paths.items()]
    return _filled(_BAKE, ASKS="\n".join(asks)) if asks else ""


def _filled(template: str, **values: str) -> str:
    for name, value in values.items():
        template = template.replace(f"@{name}@", value)
    return template
