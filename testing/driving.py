"""What every explorer must answer when it is driven by mouse and keyboard, wherever it is shown.

Each function takes the figure, a Playwright locator, as it stands at first.
"""


def text(figure, selector):
    """What stands in a part of a figure."""
    return figure.locator(selector).inner_text()


def convolution(figure):
    assert text(figure, ".formula").endswith("⌊(7 + 2 · 0 − 3) / 1⌋ + 1 = 5")
    figure.get_by_role("group", name="The window.").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        figure.page.keyboard.press(key)
    assert text(figure, ".sum") == "Row 1, column 2: " + "0·(−1) + 5·1 + 0·(−1) + 9·1 + 0·(−1) + 9·1 = 23"
    figure.page.keyboard.press("End")
    assert text(figure, ".sum").startswith("Row 4, column 4:")
    figure.get_by_role("button", name="next").click()
    assert text(figure, ".sum").startswith("Row 0, column 0:")
    figure.get_by_label("padding P").press("ArrowRight")
    figure.get_by_label("stride S").press("ArrowRight")
    assert text(figure, ".formula").endswith("⌊(7 + 2 · 1 − 3) / 2⌋ + 1 = 4")
    figure.get_by_label("input size N").fill("1")
    figure.get_by_label("padding P").fill("0")
    assert text(figure, ".formula") == "1 + 2 · 0 = 1 pixels are fewer than 3."


def padding(figure):
    assert text(figure, ".verdict").startswith("As many windows in both rows, but at other places")
    figure.get_by_label("stride S").fill("1")
    assert text(figure, ".verdict").startswith("Every window stands at the same place")
    figure.get_by_label("symmetric padding P").fill("0")
    assert text(figure, ".verdict") == "Not the same: 8 against 6 windows."


def pooling(figure):
    figure.get_by_label("shift right").fill("1")
    pixels, maps = (float(word.strip(",.")) for word in text(figure, ".verdict").split() if word[0].isdigit())
    assert 0 < pixels < maps < 1
    figure.get_by_label("pool", exact=True).select_option("average")
    assert "the mean of" in text(figure, ".sum")


def field(figure):
    figure.get_by_label("layer 1: stride").fill("2")
    assert text(figure, ".sum").startswith("One unit of layer 2 sees 7 × 7 pixels")
    figure.get_by_role("button", name="add a layer").click()
    assert text(figure, ".sum").startswith("One unit of layer 3 sees 11 × 11 pixels")


def lenet(figure):
    figure.get_by_role("button", name="C1").focus()
    figure.page.keyboard.press("ArrowRight")
    figure.page.keyboard.press("ArrowRight")
    assert "1,516 trained parameters" in text(figure, ".facts") and "151,600 connections" in text(figure, ".facts")
    assert figure.locator("td", has_text="✕").count() == 60


def lens(figure):
    assert text(figure, ".verdict").startswith("The network says 0")
    figure.get_by_role("button", name="clear").click()
    box = figure.locator(".stage svg").bounding_box()
    figure.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.2 * box["height"])
    figure.page.mouse.down()
    figure.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.8 * box["height"], steps=30)
    figure.page.mouse.up()
    assert text(figure, ".verdict").startswith("The network says 1")


DRIVES = {each.__name__: each for each in (convolution, padding, pooling, field, lenet, lens)}
