"""The app on the screen, and the only room that sees Textual."""
