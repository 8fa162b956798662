"""The flows: generators that yield a `Call` or a `Prompt` and end with what they were for."""
