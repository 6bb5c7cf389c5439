"""What every built set is: recipe, columns, writing, card, promises, reading, splits."""
