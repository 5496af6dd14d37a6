"""What papers mean: near to each other in a space that is learned from them, whatever words they use."""

from __future__ import annotations

import os

# Before numpy is imported, since that is when it looks. The matrices are so small that several threads only wait for
# each other: on a machine that has other work to do, fitting takes ten times as long with two.
# https://github.com/OpenMathLib/OpenBLAS#setting-the-number-of-threads-using-environment-variables
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ENOUGH = 150
"""Papers that it takes: what is learned from fewer says little."""
