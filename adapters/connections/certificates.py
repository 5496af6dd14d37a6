"""Whom connections trust: the system's authorities and Mozilla's, or those that the environment names instead."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from functools import lru_cache

from bot.errors import ConfigError

FILES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables that name a file of certificates; the first that is set counts."""

FOLDER = "SSL_CERT_DIR"
"""Names folders of certificates, as https://docs.openssl.org/master/man3/SSL_CTX_load_verify_locations/ describes."""


def certificates(environ: Mapping[str, str] = os.environ) -> ssl.SSLContext:
    """What TLS connections are checked against.

    Raises:
        ConfigError: A variable names a file or folder that cannot be read, or holds no certificates.
    """
    variable = next((name for name in FILES if environ.get(name)), "")
    return _context(variable, environ.get(variable, ""), environ.get(FOLDER, ""))


@lru_cache(maxsize=4)
def _context(variable: str, file: str, folders: str) -> ssl.SSLContext:
    """Read once for all clients: that takes some milliseconds."""
    if not (file or folders):
        import certifi  # noqa: PLC0415 - only where it is needed

        context = ssl.create_default_context()
        context.load_verify_locations(cafile=certifi.where())
        return context
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if file:
        _load(context, variable, file)
    if folders:
        for folder in filter(None, folders.split(os.pathsep)):
            if not os.path.isdir(folder):  # noqa: PTH112 - a name in the environment may be no path at all
                raise ConfigError(f"{FOLDER}: {folder} is not a folder. {_REPAIR.format(FOLDER)}")
        context.load_verify_locations(capath=folders)
    return context


def _load(context: ssl.SSLContext, variable: str, file: str) -> None:
    try:
        # requests, whose variable is read here too, also takes a folder.
        if os.path.isdir(file):  # noqa: PTH112 - a name in the environment may be no path at all
            context.load_verify_locations(capath=file)
        else:
            context.load_verify_locations(cafile=file)
    except ssl.SSLError:
        raise ConfigError(f"{variable}: {file} holds no certificates. {_REPAIR.format(variable)}") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a file name"
        raise ConfigError(f"{variable}: {file} cannot be read ({why}). {_REPAIR.format(variable)}") from None


_REPAIR = "Name the certificates of the authorities that this machine trusts, or unset {}."
