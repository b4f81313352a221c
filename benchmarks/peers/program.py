"""What the peers of the benchmark have in common: values only, so that each is written as its own users would."""

# App Runner's 11 regions and its hosted zone in each (AWS General Reference, "AWS App Runner endpoints and quotas").
ZONES = {
    "us-east-1": "Z01915732ZBZKC8D32TPT",
    "us-west-2": "Z02243383FTQ64HJ5772Q",
    "us-east-2": "Z0224347AD7KVHMLOX31",
    "eu-west-1": "Z087551914Z2PCAU0QHMW",
    "eu-central-1": "Z0334911C2FDI2Q9M4FZ",
    "eu-west-2": "Z098228427VC6B3IX76ON",
    "eu-west-3": "Z087117439MBKHYM69QS6",
    "ap-south-1": "Z00855883LBHKTIC4ODF2",
    "ap-southeast-1": "Z09819469CZ3KQ8PWMCL",
    "ap-southeast-2": "Z03657752RA8799S0TI5I",
    "ap-northeast-1": "Z08491812XW6IPYLR6CCA",
}
ZONE = "Z0EXAMPLE0ZONE"  # in no account
PULL_POLICY = "arn:aws:iam::aws:policy/service-role/AWSAppRunnerServicePolicyForECRAccess"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "build.apprunner.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
EXPIRE = {
    "rules": [
        {
            "rulePriority": 1,
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10},
            "action": {"type": "expire"},
        }
    ]
}
