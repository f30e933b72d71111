"""python -m editions update | check | release LANGUAGE: see CONTRIBUTING.md."""

import sys

from editions import catalogues, notebooks

MOST = 20  # faults that are shown of each catalogue


def main(what: str, *languages: str) -> None:
    """Bring catalogues up to date, say what they lack, or make a release, in these languages or in all."""
    for language in languages or catalogues.languages():
        if what == "release":
            print(f"The release is in {notebooks.release(language).name}/")
        for domain in catalogues.domains() if what != "release" else ():
            if what == "update":
                catalogues.update(domain, language)
            lacking = list(catalogues.faults(domain, language))
            count = f"{domain}: {len(lacking)} of {len(catalogues.template(domain))} messages need work"
            print(*lacking[:MOST], count, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
