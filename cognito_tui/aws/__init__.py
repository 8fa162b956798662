"""The only room that sees botocore, and the only one that reaches the network."""
