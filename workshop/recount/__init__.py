"""A second count, for anybody: reads the published files of a vote and knows nothing else of ours.

It shares no code with the tally. What is counted here was written again from the words of the
rules, so that a mistake would have to be made twice.
"""
