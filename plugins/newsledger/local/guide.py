"""Where everything is, and how to read the records: what the console says once the stack is ready."""

from dataclasses import dataclass
from pathlib import Path

from newsledger.local import airflow
from newsledger.settings import EMBEDDED_KEY, Settings

_ENDINGS = ".txt, .md, .html, .json, .xml, .eml, .pdf, .zip or .warc"


@dataclass(frozen=True)
class Recipe:
    """Lines to read the records with one tool, which work as they are: Python, or a shell's."""

    tool: str
    lines: tuple[str, str]
    in_shell: bool = False


def exports(settings: Settings) -> str:
    """The shell line that tells every tool where the object store is. An own store's keys are the user's, not shown."""
    values = {"AWS_ENDPOINT_URL": settings.endpoint, "AWS_REGION": settings.region}
    if settings.embedded:
        values |= {"AWS_ACCESS_KEY_ID": settings.access_key, "AWS_SECRET_ACCESS_KEY": _shown(settings.secret_key)}
    if settings.endpoint.startswith("http:"):
        values["AWS_ALLOW_HTTP"] = "true"
    return "export " + " ".join(f"{name}={value}" for name, value in values.items())


def recipes(settings: Settings) -> tuple[Recipe, ...]:
    """Two lines for each tool; they want the environment that `exports` makes."""
    table, root = settings.table, f"s3://{settings.bucket}"
    return (
        Recipe(
            "DuckDB",
            (
                f'import duckdb, deltalake; articles = deltalake.DeltaTable("{table}").to_pyarrow_dataset()',
                'print(duckdb.sql("SELECT headline, q.speaker, q.exact FROM articles, unnest(quotes) AS t(q)"))',
            ),
        ),
        Recipe(
            "Polars",
            (
                f'import polars as pl; articles = pl.read_delta("{table}")',
                'print(articles.select("headline", "date_published", pl.col("figures").list.len()))',
            ),
        ),
        Recipe(
            "pandas",
            (
                f'import deltalake; articles = deltalake.DeltaTable("{table}").to_pandas()',
                'print(articles[["headline", "language", "date_published"]])',
            ),
        ),
        Recipe(
            "AWS",
            (
                f"aws s3 ls --recursive {root}/records/jsonl/",
                f"aws s3 cp --recursive --quiet {root}/records/jsonl/ jsonl && zcat jsonl/*/*.gz | head -c 600",
            ),
            in_shell=True,
        ),
    )


def describe(settings: Settings) -> list[str]:
    """The lines, with rich's markup, that tell where everything is."""
    secret = airflow.password(settings) or f"see {shorten(airflow.passwords(settings))}"
    lines = [
        f"[bold]Airflow[/]   {airflow.base_url(settings)}/dags/{airflow.DAG}   user {airflow.USER}, password {secret}",
        f"          (the password lies in {shorten(airflow.passwords(settings))})",
        f"[bold]Inbox[/]     {_inbox(settings)}   drop {_ENDINGS} files here",
        f"[bold]Records[/]   {settings.table}   at {settings.endpoint}",
        "",
        "Read them, in a shell with .venv/bin on its PATH (for Python: start `python` after the first line):",
        f"  {exports(settings)}",
    ]
    for recipe in recipes(settings):
        lines += ["", f"  [bold]{recipe.tool}[/]", *(f"  {_escaped(line)}" for line in recipe.lines)]
    return lines


def _inbox(settings: Settings) -> str:
    return f"{shorten(settings.inbox)}/" if isinstance(settings.inbox, Path) else str(settings.inbox)


def shorten(path: Path) -> str:
    """The path as seen from here, where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _shown(secret: str) -> str:
    """Our own key is no secret; one that the user set is not printed."""
    return secret if secret == EMBEDDED_KEY else '"$AWS_SECRET_ACCESS_KEY"'


def _escaped(line: str) -> str:
    return line.replace("[", r"\[")
