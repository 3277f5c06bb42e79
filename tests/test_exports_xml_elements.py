"""XML of unknown hands: nothing is expanded, nothing on the computer is opened, what is whole is read."""

import pytest

from helpers.exports.xml_elements import elements, text_of

RECORD = b"<r><one>%s</one></r>"


def texts(found):
    return [element.text for _, element in found]


def test_whole_records_come_with_the_lines_they_begin_on():
    found, stopped = elements(b"<r>\n<one>a</one>\n<one>\nb &amp; c</one></r>", "one")
    assert [line for line, _ in found] == [2, 3]
    assert texts(found) == ["a", "\nb & c"]
    assert stopped is None


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE r SYSTEM "http://example.com/r.dtd">',
    ],
    ids=["grows", "a file", "an address"],
)
def test_a_text_that_declares_entities_is_not_read(declared):
    found, stopped = elements(b'<?xml version="1.0"?>\n' + declared + RECORD % b"&b;", "one")
    assert found == []
    assert stopped[0] == 2
    assert "DOCTYPE" in stopped[1]


def test_an_encoding_the_text_no_longer_has_does_not_change_a_name():
    text = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + RECORD % "é".encode()
    assert texts(elements(text, "one")[0]) == ["é"]


def test_a_namespace_is_no_part_of_a_name():
    found, _ = elements(b'<r xmlns="urn:x"><one><two> b </two></one></r>', "one")
    assert text_of(found[0][1], "two") == "b"


@pytest.mark.parametrize("bad", [b"<one>b & c</one></r>", b"<one>b", b"<one>b</two></r>", b"<one>\x0b</one></r>"])
def test_records_before_a_damaged_place_are_given_and_the_rest_is_counted(bad):
    found, stopped = elements(b"<r><one>a</one>\n" + bad, "one")
    assert texts(found) == ["a"]
    assert stopped[1].endswith("records from here on not read: 1")


def test_an_element_without_end_in_itself_does_not_exhaust_the_computer():
    found, stopped = elements(b"<one>" * 100_000, "one")
    assert found == []
    assert stopped[1].endswith(": 100000")
