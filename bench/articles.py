"""Made-up articles of a usual length, each different, with every kind of fact."""

PARAGRAPH = (
    "LYON, March {day} - The harbour of {town} reopened on Monday after {n} weeks of repairs, the port said.\n"
    '"We have waited for this morning since the storm," said Anna Example, the mayor of {town}, near Nantes.\n'
    "More than {n},400 people came from Spain and Belgium, according to the police, and {n} boats left before noon.\n"
    "The works cost about {n}.5 million euros, {n}% more than planned in 2019, the regional council told Radio Test.\n"
    "Paul Sample, who leads the fishermen's union, said the new quay was 240 metres long and five metres deep.\n"
    "He added that the old one had been closed twice, in January and in June, because of cracks in its concrete.\n\n"
)


def article(number: int, paragraphs: int = 3) -> str:
    """One article of about 100 words a paragraph; the number makes it unlike all others."""
    town = f"Port-{number:05d}"
    parts = (PARAGRAPH.format(day=1 + number % 28, town=town, n=2 + (number + part) % 40) for part in range(paragraphs))
    return f"Harbour {number} of the west coast opens again\n\n" + "".join(parts)
