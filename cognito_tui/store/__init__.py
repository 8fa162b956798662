"""What stays on this machine: profiles, settings, and client secrets in the keyring of the system.

Nothing is read, made or loaded by importing it.
"""
