"""A Cognito user pool on this machine, as strict as the real one: for practice, the demo and the tests.

`sandbox.Sandbox` answers operations, `server.SandboxServer` puts it on loopback, `seed.seed` fills it;
`cases.settle` and `crowd.gather` add users to administer. `quotas.Quotas` and `faults.Faults` make it as
unwilling as a real service can be, and `Sandbox.done` tells what was really done.

It imports nothing of the client's side but the nouns of `cognito.model`: how a SECRET_HASH is made, which
parameters are right and what a password must be like is written here once more, so that each side proves
the other. Where AWS does not say how it behaves, the docstring does: **inferred**.
"""
