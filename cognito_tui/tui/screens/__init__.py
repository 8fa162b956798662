"""One place or dialog a file."""
