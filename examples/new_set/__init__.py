"""An example of a new set: what year of the common era is 昭和39年? See CONTRIBUTING.md."""
