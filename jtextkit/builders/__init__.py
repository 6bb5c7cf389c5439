"""Sources to data sets. A builder is a recipe (a frozen dataclass) plus verified sources."""

__all__ = ["aozora", "difficulty", "jec", "sample", "sansu", "sets", "stx"]
