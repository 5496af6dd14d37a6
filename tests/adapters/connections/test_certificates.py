"""Whom TLS connections trust."""

from __future__ import annotations

from pathlib import Path

import certifi
import pytest

from adapters.connections import certificates
from bot.errors import ConfigError

FILES = ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]


def test_without_settings_the_usual_authorities_are_trusted() -> None:
    assert len(certificates({}).get_ca_certs()) > 50


@pytest.mark.parametrize("variable", FILES)
def test_a_file_of_certificates_replaces_them(variable: str, tmp_path: Path) -> None:
    one = tmp_path / "one.pem"
    one.write_text(Path(certifi.where()).read_text().partition("-----END CERTIFICATE-----")[0] + END)
    assert len(certificates({variable: str(one)}).get_ca_certs()) == 1


END = "-----END CERTIFICATE-----\n"


@pytest.mark.parametrize("variable", FILES)
@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read (No such file or directory)"),
        ("", "holds no certificates"),
        ("no certificate", "holds no certificates"),
        (f"-----BEGIN CERTIFICATE-----\nTm9uZQ==\n{END}", "holds no certificates"),
    ],
)
def test_a_file_without_certificates_is_an_error_that_names_the_variable(
    variable: str, content: str | None, complaint: str, tmp_path: Path
) -> None:
    file = tmp_path / "certificates.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigError) as caught:
        certificates({variable: str(file)})
    assert str(caught.value).startswith(f"{variable}: {file} {complaint}.")
    assert "\n" not in str(caught.value)


def test_a_name_that_cannot_be_a_file_is_an_error() -> None:
    with pytest.raises(ConfigError, match="SSL_CERT_FILE"):
        certificates({"SSL_CERT_FILE": "certificates\0.pem"})


def test_folders_are_taken_too(tmp_path: Path) -> None:
    certificates({"SSL_CERT_DIR": f"{tmp_path}:{tmp_path}"})
    certificates({"REQUESTS_CA_BUNDLE": str(tmp_path)})


@pytest.mark.parametrize("folder", ["/nonexistent", certifi.where(), "/:/nonexistent"])
def test_a_folder_that_is_not_there_is_an_error_that_names_the_variable(folder: str) -> None:
    with pytest.raises(ConfigError, match=r"^SSL_CERT_DIR: .+ is not a folder\. [^\n]+$"):
        certificates({"SSL_CERT_DIR": folder})
