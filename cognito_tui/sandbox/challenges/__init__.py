"""The challenges: how each is asked, and what becomes of its answer.

One file a family. What takes an answer gets the state, the sign-in, what was kept since the question, and
the responses; it returns the answer that asks the next challenge, or the sign-in one step further. What comes
then, `progress` knows. A `Refusal` it raises leaves the Session good, and everything as it was except the
count of failed sign-ins.
"""
