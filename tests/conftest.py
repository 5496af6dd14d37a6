"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("steady")

RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "hf"


@pytest.fixture
def recordings() -> Path:
    """The folder of recorded answers of Hugging Face, kept outside this repository; skips where it is absent."""
    if not RECORDINGS.is_dir():
        pytest.skip("the recorded answers of Hugging Face are not here")
    return RECORDINGS
