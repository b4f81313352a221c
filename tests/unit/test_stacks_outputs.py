"""What an operator, or a pipeline, reads."""

from __future__ import annotations

from tests.support.synthesized import every_stack, stacks_of


def test_cell_tells_its_services() -> None:
    """A cell has ARN, URL, digest, domain target, health check and security groups of each service."""
    outputs = stacks_of("example")["orders-us-west-2"].document["output"]
    assert {name: output["value"] for name, output in outputs.items()} == {
        "service_arns": {"web": "${aws_apprunner_service.web.arn}"},
        "service_urls": {"web": "https://${aws_apprunner_service.web.service_url}"},
        "image_digests": {"web": "${data.aws_ecr_image.web_image_1_0_0_in_us_west_2.image_digest}"},
        "domain_targets": {"web": "${aws_apprunner_custom_domain_association.web_domain.dns_target}"},
        "health_check_ids": {"web": "${aws_route53_health_check.web_domain_health.id}"},
        "vpc_security_groups": {"web": ["${aws_security_group.web_vpc.id}"]},
    }


def test_private_service_tells_its_domain() -> None:
    """A service with private ingress has a name that its VPC resolves; there are no outputs without a value."""
    outputs = stacks_of("from_source")["tickets-eu-west-1"].document["output"]
    assert outputs["private_domains"]["value"] == {
        "worker": "${aws_apprunner_vpc_ingress_connection.worker_ingress.domain_name}"
    }
    assert "image_digests" not in outputs
    assert "domain_targets" not in outputs


def test_registry_data_and_zone_tell_what_they_made() -> None:
    """Repository URLs and table ARNs come by region, then by name; a zone has its name servers."""
    stacks = stacks_of("three_regions")
    urls = stacks["shop-registry"].document["output"]["repository_urls"]["value"]
    assert urls["eu-central-1"]["api"] == "${aws_ecr_repository.api_eu_central_1.repository_url}"
    arns = stacks["shop-data"].document["output"]["table_arns"]["value"]
    assert arns["us-east-1"] == {
        name: f"arn:aws:dynamodb:us-east-1:${{data.aws_caller_identity.current.account_id}}:table/shop-{name}"
        for name in ("carts", "catalog")
    }
    servers = stacks["shop-zone"].document["output"]["name_servers"]["value"]
    assert servers == {"shop.example.org": "${aws_route53_zone.zone_shop_example_org.name_servers}"}


def test_single_stack_tells_services_by_region() -> None:
    """In layout single, each of a cell's outputs is a map by region."""
    outputs = stacks_of("three_regions_single")["shop"].document["output"]
    assert outputs["service_arns"]["value"]["us-east-1"]["api"] == "${aws_apprunner_service.api_us_east_1.arn}"
    assert {"repository_urls", "table_arns", "name_servers", "health_check_ids"} <= outputs.keys()


def test_every_output_says_what_it_is() -> None:
    """Each output has a description."""
    for stack, template in every_stack().items():
        for name, output in template.document.get("output", {}).items():
            assert output.get("description"), f"{stack}: {name}"
