"""Amazon ECR: repositories, replication between regions, and the images in them."""
