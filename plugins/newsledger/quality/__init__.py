"""Records to accepted and rejected, with reasons.

``suites.load`` reads the rules, ``validate.validate`` applies them to a batch, ``suites.check`` says what is wrong with
them, ``docs.build`` makes pages of kept results. Great Expectations takes seconds to import, so nothing here imports it
before it is needed; ``warm`` does so ahead of time, for a parent that forks workers.
"""


def warm() -> None:
    """Import what validation needs, and do nothing else: no context, no thread, no connection."""
    from newsledger.quality import engine

    engine.warm()
