"""``python -m bench.image``: how large the container's image is, as far as that can be told without building it.

Does what the Dockerfile's first stage does, with this Python, and counts the bytes of what is copied into the image.
The rest is the base image, whose size is given, not measured. CI builds the image and refuses one of 270 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000

IMPORT_ALL = """\
from importlib import import_module as load; from pkgutil import walk_packages as walk; \\
    [load(each.name) for name in ('bot', 'adapters', 'storage') for each in walk(load(name).__path__, name + '.')]"""
"""As in the Dockerfile: modules are compiled when they are first imported."""


@click.command()
@click.option("--base", default=125.0, show_default=True, help="Megabytes of python:3.13-slim, unpacked.")
@click.option("--limit", default=270.0, show_default=True, help="Megabytes that the image may have.")
def image(base: float, limit: float) -> None:
    """Estimate the size of the image's layers; exit with 1 when their sum is over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder) / "paperwire"
        install(packages)
        unpacked = sum(path.lstat().st_size for path in packages.rglob("*")) / MEGABYTE
        with tarfile.open(Path(folder) / "layer.tar.gz", "w:gz") as layer:
            layer.add(packages, "opt/paperwire")
        packed = (Path(folder) / "layer.tar.gz").stat().st_size / MEGABYTE
    click.echo(f"packages and Paperwire: {unpacked:.0f} MB, {packed:.0f} MB packed")
    click.echo(f"with a base of {base:.0f} MB: {base + unpacked:.0f} MB")
    if base + unpacked > limit:
        raise SystemExit(1)


def install(folder: Path) -> None:
    """What is in /opt/paperwire."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    done(python, *pip, "install", "--no-compile", "--require-hashes", "-r", str(ROOT / "requirements.lock"))
    with tempfile.TemporaryDirectory() as wheels:
        done(sys.executable, *pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, str(ROOT))
        done(python, *pip, "install", "--no-deps", "--no-compile", *map(str, Path(wheels).glob("*.whl")))
    done(python, *pip, "uninstall", "--yes", "pip", "setuptools")
    for unused in [*folder.rglob("*.dll"), *folder.rglob("*.pyc")]:
        unused.unlink()
    done(python, "-c", IMPORT_ALL.replace("\\\n", ""))
    done(str(folder / "bin" / "paperwire"), "demo", "--no-input")


def done(*command: str) -> None:
    """Run this to its end, away from the sources: what is installed is imported."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=tempfile.gettempdir())


if __name__ == "__main__":
    image()
