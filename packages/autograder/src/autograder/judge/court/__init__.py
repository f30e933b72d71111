"""The judge's kernel. It is trusted: no line of a student's runs here."""
