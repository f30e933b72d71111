"""Answer with something that is nested without end."""
deep = []
for _ in range(10**5):
    deep = [deep]
ANSWER = deep
