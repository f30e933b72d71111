# %% right: with a capital letter
bn_statistics_over = "Current mini-batch"


# %% right: literal
bn_statistics_over = "current mini-batch"


# %% right: from a list of options
options = ["whole training set", "current mini-batch", "current epoch", "single example"]
bn_statistics_over = options[1]


# %% right: joined, lower case
bn_statistics_over = " ".join(("Current", "Mini-Batch")).lower()


# %% right: NumPy string
choices = np.array(["whole training set", "current mini-batch", "current epoch", "single example"])
bn_statistics_over = choices[1]


# %% right: chosen with an expression and a comment
answer = {"training": "current mini-batch", "inference": "moving averages"}
bn_statistics_over = answer["training"]  # gamma and beta are learned, the statistics are measured
print(f"{bn_statistics_over=}")


# %% wrong: whole training set
# says: Then the digit's outputs would be the same in all three lines of the experiment.
bn_statistics_over = "whole training set"


# %% wrong: current epoch
# says: Then the third line of the experiment would differ from the first: more of the epoch was over.
bn_statistics_over = "current epoch"


# %% wrong: single example
# says: Then the digit's outputs would be the same in all three lines of the experiment.
bn_statistics_over = "single example"


# %% wrong: number of the option
# says: Copy one of the four answers, quotation marks included.
bn_statistics_over = 1


# %% wrong: two options in a list
# says: Copy one of the four answers, quotation marks included.
bn_statistics_over = ["current mini-batch", "current epoch"]


# %% wrong: still the placeholder
# says: Copy one of the four answers, quotation marks included.
bn_statistics_over = None


# %% wrong: an answer of its own words
# says: Copy one of the four answers, quotation marks included.
bn_statistics_over = "the moving averages"
