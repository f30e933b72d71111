"""Execute a notebook: where and how student code runs."""
