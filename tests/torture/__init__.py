"""What a kill, a power cut, a bad or a full disk do to a desk: nothing acknowledged is lost, and nothing is silent.

Children work at a desk through the program's own code and tell what they were doing (`telling`, `scenes`); the parent
harms child or files, opens the desk as its user would, and compares (`looking`). `python -m tests.torture`.
"""
