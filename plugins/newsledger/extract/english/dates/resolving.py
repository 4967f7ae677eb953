"""From a place in the text that names a time to its value, given the day of publishing."""

from newsledger.extract.english.dates import absolute, relative
from newsledger.extract.english.dates.expressions import Expression
from newsledger.extract.english.dates.timeline import Context


def resolve(expression: Expression, context: Context) -> str | None:
    """An ISO 8601 or EDTF value, or none where the text and the day of publishing do not settle it.

    The context remembers quarters, months and years for what comes after, so expressions come in order.
    """
    try:
        if value := absolute.repeated(expression):
            return value
        if resolver := absolute.RESOLVERS.get(expression.kind):
            return resolver(expression, context)
        if (named := relative.RESOLVERS.get(expression.kind)) and context.today is not None:
            return named(expression, context, context.today)
    except (OverflowError, ValueError):  # before year 1 or after 9999
        return None
    return None
