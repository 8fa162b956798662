"""Cognito's own language: values, requests, flows and explanations.

Pure: the standard library only, and no clock, network, disk or randomness of its own.
"""
