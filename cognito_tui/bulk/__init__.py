"""One action on many users: looked over, paced, written down, resumable, and never repeated blindly."""
