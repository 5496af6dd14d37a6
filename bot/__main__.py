"""The ``paperwire`` command line."""

from __future__ import annotations

from bot.app import stopping


def main() -> None:
    """Run the command that was typed, and end with its exit code."""
    stopping.listen()  # before the imports below, which take a while
    import os  # noqa: PLC0415 - the same
    import sys  # noqa: PLC0415 - the same

    try:
        from bot.cli import cli  # noqa: PLC0415 - the same
        from bot.cli.output import survive_any_terminal  # noqa: PLC0415 - the same

        survive_any_terminal()
        cli(prog_name="paperwire")
    except stopping.Stopped:
        code = stopping.exit_code(sys.argv[1:])
        if code:
            os.write(2, b"paperwire: stopped before it was done.\n")
        raise SystemExit(code) from None
    finally:
        stopping.end()


if __name__ == "__main__":
    main()
