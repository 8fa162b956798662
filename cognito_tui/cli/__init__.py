"""The command line: one file a command. It reads arguments, prints, and ends with a status; no logic."""
