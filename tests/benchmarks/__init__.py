"""Measurements, run by hand: figures and ratios of one run, never a pass or a failure."""
