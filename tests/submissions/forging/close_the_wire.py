"""Cut the line to the judge."""
import os

os.closerange(3, 30)
