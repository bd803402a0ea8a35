"""Every date that the framework sets, and what it is counted from. Pure functions over records; no clock.

`kpf due` lists what they give, and the rules whose findings come with the calendar judge by the same.
"""
