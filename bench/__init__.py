"""`make bench`: what a person at the terminal would notice, against floors measured in the same run.

Nothing here is imported by the program or timed in the test suite.
"""
