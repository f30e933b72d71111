"""What every explorer must answer when it is driven by mouse and keyboard, wherever it is shown.

Each function takes the figure, a Playwright locator, as it stands at first.
"""


def text(figure, selector):
    """What stands in a part of a figure."""
    return figure.locator(selector).inner_text()


def convolution(figure):
    assert text(figure, ".formula").endswith("⌊(7 + 2 · 0 − 3) / 1⌋ + 1 = 5")
    assert text(figure, ".sum").startswith("Row 1, column 3:") and text(figure, ".sum").endswith(" = 27")
    figure.get_by_role("group", name="The window.").focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowDown"):
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
    figure.get_by_role("button", name="reset").click()
    figure.get_by_role("group", name="The weights.").focus()
    figure.page.keyboard.press("ArrowDown")
    figure.get_by_label("weight in row 1, column 0").fill("2")
    figure.get_by_role("group", name="The pixels.").focus()
    figure.page.keyboard.press(" ")
    figure.get_by_role("group", name="The window.").focus()
    figure.page.keyboard.press("Home")
    assert text(figure, ".sum") == "Row 0, column 0: 9·(−1) + 0·1 + 0·2 + 0·1 + 0·(−1) + 0·1 = −9"
    figure.locator(".stage figure").first.locator("svg .square").nth(2).click()
    assert text(figure, ".sum").endswith("9·(−1) + 9·1 + 0·2 + 0·1 + 0·(−1) + 0·1 = 0")


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
    said = "Along an axis, one unit of layer"
    assert text(figure, ".sum").startswith(f"{said} 2 spans 7 pixels") and "reads all 7" in text(figure, ".sum")
    figure.get_by_role("button", name="add a layer").click()
    assert text(figure, ".sum").startswith(f"{said} 3 spans 11 pixels")
    figure.get_by_role("button", name="take the last away").click()
    figure.get_by_label("layer 1: kernel").fill("2")
    figure.get_by_label("layer 1: stride").fill("3")
    assert text(figure, ".sum").startswith(f"{said} 2 spans 8 pixels") and "reads only 6" in text(figure, ".sum")
    input_level = figure.locator("svg .seen").evaluate_all(
        "all => { const low = Math.max(...all.map(it => +it.getAttribute('y'))); "
        "return all.filter(it => +it.getAttribute('y') === low).length; }"
    )
    assert input_level == 6
    figure.get_by_role("group", name="The layers.").focus()
    figure.page.keyboard.press("ArrowLeft")
    assert figure.get_by_label("unit of the last layer", exact=True).input_value() == "0"


def lenet(figure):
    figure.get_by_role("button", name="C1").focus()
    figure.page.keyboard.press("ArrowRight")
    figure.page.keyboard.press("ArrowRight")
    assert "1,516 trained parameters" in text(figure, ".facts") and "151,600 connections" in text(figure, ".facts")
    assert figure.locator("td", has_text="✕").count() == 60


def lens(figure):
    assert text(figure, ".verdict").startswith("The network says 7")
    figure.get_by_label("show the maps of").select_option("2")
    figure.get_by_role("button", name="map 3").click()
    assert text(figure, ".sum").startswith("Map 3, row ") and "over all 8 maps" in text(figure, ".sum")
    figure.get_by_role("button", name="clear").click()
    assert text(figure, ".verdict").startswith("The paper is empty") and not figure.locator(".answers").is_visible()
    paper = figure.locator(".stage svg").first
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    figure.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.2 * box["height"])
    figure.page.mouse.down()
    figure.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.8 * box["height"])
    figure.page.mouse.up()
    assert text(figure, ".verdict").startswith("The network says 1")


DRIVES = {each.__name__: each for each in (convolution, padding, pooling, field, lenet, lens)}
