"""How well something beside the text tells a label."""
