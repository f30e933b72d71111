"""The course in further languages: English is the source, and a language is a folder of gettext catalogues in locale/."""
