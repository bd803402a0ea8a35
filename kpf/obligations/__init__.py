"""Every date that the framework sets, and what it is counted from: pure functions of records and a day.

`kpf due` lists their results, and the rules about overdue tasks use the same functions.
"""
