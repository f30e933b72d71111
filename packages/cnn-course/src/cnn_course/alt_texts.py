"""What figures of the notebooks show, in words, for readers who can't see them."""

from cnn_course.language import N_

ALT_TEXTS = {
    "first-layer-weights": N_(
        "The weights of six units of the first layer as pictures. Each has a few orange and purple patches "
        "and strokes in the middle of the picture, and nothing at the rim, where there is almost never ink."
    ),
    "light": N_("The same seven four times: as in training, with pale ink, on grey paper, and white on black."),
    "light-edges": N_(
        "The seven as it is, with little contrast, in a shadow in which the paper gets darker from left to right, "
        "and on vertical stripes. Below each, the edges found in it: 58, the outline of the steep stroke; none; 27; "
        "and 346, most of them those of the stripes."
    ),
    "shuffled-digits": N_(
        "A handwritten seven and a four, each beside the same pixels in shuffled order: only dots can be seen."
    ),
    "edge-by-hand": N_(
        "An image whose two left columns are 0 and whose three right columns are 9; a kernel with -1 on the "
        "left and 1 on the right; the feature map, 27 where the window covers the edge and 0 where all pixels "
        "are 9. The framed window gives the framed 27."
    ),
    "edge-on-digit": N_(
        "A seven and two feature maps. The first lights up on the left and right border of the steep stroke, "
        "with opposite signs; the second on the upper and lower border of the bar."
    ),
    "kernel-derived-drawn": N_(
        "Three squares of 7×7 weights. In the first, all are different. In the second, those along each line "
        "parallel to the diagonal are equal. In the third, only three such lines are left, the diagonal and its "
        "neighbours, and everything else is 0."
    ),
    "kernel-learned": N_(
        "The nine weights at the start, after 10 and after 100 steps, and ours. At the start they are in no order. "
        "After 10 steps the left column is below zero and the right one above. After 100 steps they look like ours:"
        " -1 on the left, 0 in the middle, 1 on the right, each nearly."
    ),
    "visits-drawn": N_(
        "How many 3×3 windows read each pixel of a 7×7 image. Without padding 1 in the corners, 3 in the "
        "middle of a border and 9 in the centre. With padding 1, a hatched frame of zeros, it is 4 in the corners, "
        "6 along the borders and 9 everywhere else."
    ),
    "visits-on-digit": N_(
        "How often a 5×5 window reads each pixel of a 28×28 image. Stride 1: black, pale only near the "
        "border. With padding 2 the border is darker. Stride 2 and 3: a pale regular pattern; on the right and "
        "below one line of pixels, or two, is hatched, since no window reads them."
    ),
    "same-on-digit": N_(
        "Two 14×14 feature maps of a seven that look alike, and their difference, which is far from zero "
        "along every edge of the stroke."
    ),
    "depth-by-hand": N_(
        "Two channels of a 2×2 window, 1 2 3 4 and 0 1 1 0, each beside its slice of the kernel, 1 0 0 1 and "
        "2 2 2 2. The products of the first add up to 5, those of the second to 4; with the bias -1 the result is 8."
    ),
    "map-by-hand-drawn": N_(
        "An image of 5×5 small numbers, row by row: 0 1 0 0 0, 3 1 3 1 3, 3 1 2 2 2, 0 1 1 2 3, 2 3 2 1 1, with a "
        "frame around its top left 3×3 pixels; and a 3×3 kernel: 0 1 0, 2 0 0, 0 0 -1."
    ),
    "photograph": N_(
        "A portrait of Grace Hopper in uniform before a flag and a blue wall; its red, green and blue channel, each in "
        "its own colour; and the feature map of a filter that reads all three: face and red stripes are above zero, "
        "the blue wall is below, and what is white or black is near zero."
    ),
    "conv2d-on-digit": N_(
        "Three 14×14 feature maps of one seven, made by one layer of three filters with stride 2: a blurred "
        "seven, its vertical edges, and its horizontal edges."
    ),
    "pooled-digit": N_(
        "A handwritten seven; the map of its left edges; the same map in 14×14 and 7×7 places, where the edge "
        "of the steep stroke is coarser and thicker, and still there."
    ),
    "max-by-hand": N_(
        "A 4×4 table and its max pooling to 2×2. The window at the top left holds 1, 3, 0 and 2; its maximum "
        "is 3. The others give 4, 5 and 3."
    ),
    "max-on-digit": N_(
        "A seven of 28×28 pixels and its max pooling to 14×14, 7×7 and 4×4. At 14×14 it is a bold seven, at "
        "4×4 only a coarse angle is left."
    ),
    "moved-digit": N_(
        "A seven, the same one pixel to the right, and the change between them: the whole outline of the "
        "digit, 63 % of its length. The last picture shows the change after 4×4 max pooling: some of the 49 "
        "places, many of them pale, 40 % of the length."
    ),
    "backward-by-hand": N_(
        "The 4×4 table of section 2, the gradient 10, 20, 30, 40 that comes back to its four maxima, and the "
        "gradient of x: 10 where the 3 stands, 20 at the 4, 30 at the 5, 40 at the 3 below on the right, and "
        "0 everywhere else."
    ),
    "squash-curve": N_(
        "Two S-shaped curves. The paper's goes through (1, 1) and (-1, -1) and ends near 1.7 and -1.7; tanh "
        "ends at 1 and -1."
    ),
    "rbf-codes": N_(
        "Ten bitmaps, 7 wide and 12 high: the digits 0 to 9; upright strokes are two pixels wide, level ones one."
    ),
    "rbf-distances": N_(
        "A table of 10×10 squared distances between the bitmaps of the digits: 0 on the diagonal, 36 between "
        "3 and 8, the nearest two, and 176 between 1 and 8, the farthest."
    ),
    "by-column": N_(
        "Three digits, a 4, a 7 and a 6, scaled as a whole, and below them the same digits scaled pixel by pixel: "
        "grey traces near the rim have become black."
    ),
}
