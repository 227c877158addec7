"""What is allowed and what every number means.

Pure: no clock, no input or output, no unseeded chance.
"""
