"""The native core, which may stay out: without a compiler MeCab does its work, slower."""

import sys

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "jtextkit.metrics.morphology._native",
            ["jtextkit/metrics/morphology/_native.c"],
            # No a * b + c in one step: sums are to be the same to the bit everywhere.
            extra_compile_args=[]
            if sys.platform == "win32"
            else ["-std=c99", "-O3", "-ffp-contract=off"],
            libraries=[] if sys.platform == "win32" else ["m"],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
