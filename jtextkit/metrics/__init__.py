"""Text to numbers: words and their classes, readability, and what is built on them."""
