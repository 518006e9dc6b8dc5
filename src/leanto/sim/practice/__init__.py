"""The practice peer: a program that answers, so that one person alone can live the story.

It is a process of its own, speaks only the routes every pocket speaks, says *practice* in every
letter, and refuses to run anywhere but on this computer.
"""
