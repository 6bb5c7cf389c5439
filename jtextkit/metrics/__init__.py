"""Text to numbers: words and their classes, readability, and what is built on them."""

__all__ = [
    "accuracy", "answers", "fertility", "intervals", "morphology", "qa", "quantities",
    "readability", "shortcuts", "solutions",
]  # fmt: skip
