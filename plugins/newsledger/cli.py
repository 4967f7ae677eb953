"""The command line. Heavy imports wait until a command needs them."""

import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """News in, checked facts out: every fact carries the exact words it was read from."""


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
def extract(files: tuple[str, ...]) -> None:
    """Print what each FILE says: one JSON object a line, in the order given."""
    import msgspec

    from newsledger.errors import NewsledgerError
    from newsledger.extract import document

    failed = False
    for file in files:
        try:
            with open(file, "rb") as stream:
                data = stream.read()
            for extraction in document.read(data, file):
                sys.stdout.buffer.write(msgspec.json.encode(extraction) + b"\n")
        except (NewsledgerError, OSError) as error:
            failed = True
            print(f"{file}: {error}", file=sys.stderr)
    if failed:
        raise SystemExit(1)


def main() -> None:
    """Entry point of the ``newsledger`` command."""
    cli()
