"""Colours that carry meaning can be read, on a light and on a dark page."""

import pytest

from helpers.colours import DARK, LIGHT, READABLE, contrast, readable_on

TEXT = ("ink", "quiet", "good", "concern", "chance", "accent")


def test_contrast_is_that_of_the_published_definition():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.005)  # and the one that just passes


@pytest.mark.parametrize("page", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", TEXT)
def test_every_colour_of_text_can_be_read_on_its_page(page, name):
    assert contrast(page["ground"], page[name]) >= READABLE


@pytest.mark.parametrize(("ground", "colour"), [("#FFFFFF", "#FFE600"), ("#15171A", "#0B2A5B"), ("#FFFFFF", "#FFFFFF")])
def test_a_pale_or_murky_colour_is_moved_until_it_can_be_read(ground, colour):
    assert contrast(ground, colour) < READABLE <= contrast(ground, readable_on(ground, colour))


def test_a_colour_that_can_be_read_is_left_as_it_is():
    assert readable_on("#FFFFFF", "#0B5394") == "#0B5394"
