"""Sources to data sets. A builder is a recipe (a frozen dataclass) plus verified sources."""
