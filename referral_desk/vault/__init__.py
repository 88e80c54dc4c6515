"""The locks: who can open a desk, and how an answer is sealed.

Pure functions over bytes and frozen records; files are touched in `keyfile` alone. The format,
with test vectors, is written down in docs/format.md.
"""
