"""An order service in two regions: edit this, then `cdktf synth` or `python main.py`."""

from latitude import (
    Application,
    AutoScaling,
    Domain,
    GlobalIndex,
    HealthCheck,
    HostedZone,
    Image,
    Registry,
    S3State,
    Service,
    SsmParameter,
    Table,
    TableAccess,
    VpcAccess,
    synthesize,
)

application = Application(
    name="orders",
    regions=("us-east-1", "us-west-2"),
    services=(
        Service(
            name="web",
            image=Image(tag="1.0.0"),
            cpu="1 vCPU",
            memory="2 GB",
            autoscaling=AutoScaling(min_size=2, max_size=10, max_concurrency=80),
            health_check=HealthCheck(path="/healthz"),
            environment={"LOG_LEVEL": "info"},
            secrets={"PAYMENT_KEY": SsmParameter(name="/orders/payment-key")},
            tables=(TableAccess(table="orders"),),
            vpc={
                "us-east-1": VpcAccess(subnet_ids=("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002")),
                "us-west-2": VpcAccess(subnet_ids=("subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004")),
            },
            domain=Domain(name="shop.example.com", hosted_zone=HostedZone(name="example.com")),
        ),
    ),
    tables=(
        Table(
            name="orders",
            hash_key="order_id",
            attributes={"order_id": "S", "customer_id": "S"},
            global_indexes=(GlobalIndex(name="by-customer", hash_key="customer_id"),),
            deletion_protection=False,  # this example is made to be torn down; leave it out for real orders
        ),
    ),
    registry=Registry(force_delete=True),  # the same
    state=S3State(bucket="orders-terraform-state-{region}"),
)

if __name__ == "__main__":
    synthesize(application)
