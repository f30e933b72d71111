"""Answer with more than fits into a message."""
ANSWER = list(range(10**7))
