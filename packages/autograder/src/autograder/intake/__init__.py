"""From what was handed in to a clean notebook."""
