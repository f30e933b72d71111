"""The course in further languages: a language is a folder of gettext catalogues in locale/, English is the source."""
