"""The command line: `variorum serve`, `import`, `demo`, `events`, `compare`, `analyse` …"""

import sys

import typer
from pydantic import ValidationError

from app.cli import articles, installation, reading
from app.errors import SetupError, VariorumError

EX_CONFIG = 78  # sysexits.h: the installation is wrong

app = typer.Typer(
    name="variorum",
    help="Read the same event as several outlets told it, side by side.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (installation, articles, reading):
    module.install(app)


def main() -> None:
    """Run a command. An error of ours is one line and exit status 1, a wrong set-up 78."""
    try:
        app()
    except ValidationError as fault:
        for error in fault.errors():
            name = f"VARIORUM_{'_'.join(map(str, error['loc'])).upper()}"
            typer.echo(f"variorum: {name}: {error['msg']}", err=True)
        sys.exit(EX_CONFIG)
    except SetupError as fault:
        typer.echo(f"variorum: {fault}\nvariorum: `variorum doctor` says more.", err=True)
        sys.exit(EX_CONFIG)
    except VariorumError as fault:
        typer.echo(f"variorum: {fault}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
