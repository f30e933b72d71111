"""The course directory: its settings, its assignments and tasks, and what is recorded of it."""
