"""DynamoDB tables, their replicas, and what belongs to each replica."""
