"""Parts that more than one screen uses, or that deserve a file of their own."""
