"""Feedback in every language listed: numbers written beside the files, dates decided or asked for."""

from datetime import date

import pytest
from conftest import ANSWERS, FORMATS
from hypothesis import given
from hypothesis import strategies as st

from helpers.exports import dates, feedback
from helpers.vocabulary import CUT

EXPECTED = ANSWERS["feedback"]
FILES = {name: said for name, said in EXPECTED.items() if said.get("date_format", "undecided") != "undecided"}


@pytest.mark.parametrize("name", FILES)
def test_every_language_reads_to_the_numbers_written_beside_it(read, name):
    said, account = FILES[name], read(f"feedback/{name}")
    file = account.files.row(0, named=True)
    assert file["report"] == "feedback"
    assert (file["rows_kept"], file["rows_rejected"]) == (said["rows_kept"], said["rows_rejected"])
    assert account.feedback.height == said["distinct_orders"]
    assert [file["first_day"].isoformat(), file["last_day"].isoformat()] == [said["first_day"], said["last_day"]]
    if said["distinct_orders"] == said["rows_kept"]:
        stars = dict(account.feedback.group_by("stars").len().iter_rows())
        assert {star: n for star, n in said["stars"].items() if n} == {str(star): n for star, n in stars.items()}
    assert account.defects.height == said["negative"]


def test_records_broken_over_lines_are_put_together_before_they_are_counted(read):
    comments = read("feedback/us_mdy.txt").feedback.get_column("comment").to_list()
    assert "Box arrived open.\nTwo screws missing.\n\nNo answer from the seller." in comments
    assert any(comment and "&" in comment and "&amp;" not in comment for comment in comments)


def test_neither_the_answer_nor_the_address_of_a_buyer_is_kept(read):
    text = str(read("feedback/us_mdy.txt").feedback.to_dicts())
    assert "@" not in text
    assert "We are sorry" not in text


def test_an_accent_that_was_encoded_twice_is_whole_again(read):
    account = read("feedback/fr_double_encoded.txt")
    assert account.files.item(0, "encoding") == "utf-8 encoded twice"
    assert any("L'étagère est arrivée cassée" in (comment or "") for comment in account.feedback.get_column("comment"))


def test_one_broken_name_is_mended_and_says_nothing_of_its_file(read):
    whole = (FORMATS / "feedback" / "us_mdy.txt").read_bytes().decode("utf-8")
    broken = whole.replace("Two screws missing", "Ã©tagÃ¨re de RenÃ©, café, thé, été, à Liège")
    account = read(files={"f.txt": broken.encode()}, stores=("amazon.com",))
    assert account.files.item(0, "encoding") == "utf-8"
    said = "étagère de René, café, thé, été, à Liège"
    assert any(said in (comment or "") for comment in account.feedback.get_column("comment"))


def test_damaged_rows_are_counted_by_reason_and_a_serial_number_does_not_veto_the_dates(read):
    account = read("feedback/us_damaged.txt")
    reasons = dict(account.rejected.group_by("reason").len().iter_rows())
    because = EXPECTED["us_damaged.txt"]["rejected_because"]
    assert because.pop("cut line") == reasons.pop(CUT)  # its last line, without a line end
    assert reasons == because
    assert account.feedback.filter(order_id="111-0000003-0000036").item(0, "stars") == 3  # the newest row wins


def test_dates_that_stay_ambiguous_stop_with_a_question(read):
    account = read("feedback/us_ambiguous.txt", stores=("amazon.com",))
    assert account.feedback.is_empty()
    (question,) = account.questions
    assert "month first" in question.text
    assert "day first" in question.text
    assert question.line == '[columns."us_ambiguous.txt"] dates = "m/d" (or "d/m")'


def test_orders_at_hand_decide_what_the_dates_alone_cannot(read):
    account = read("feedback/us_ambiguous.txt", "all_orders/us_31col.txt", stores=("amazon.com",))
    assert account.questions == ()
    assert account.feedback.height == 5
    assert account.feedback.get_column("received_on").max() == date(2025, 10, 10)


def test_an_answer_in_account_toml_decides(read):
    said = '[columns."us_ambiguous.txt"]\ndates = "d/m/y"\n'
    account = read("feedback/us_ambiguous.txt", settings=said)
    assert account.feedback.get_column("received_on").to_list()[-2:] == [date(2025, 10, 10), date(2025, 10, 10)]
    assert account.feedback.filter(order_id="111-0000001-0000003").item(0, "received_on") == date(2025, 8, 9)


def test_a_newer_download_wins_and_what_is_gone_from_it_was_removed(read):
    said = EXPECTED["_us_mdy_and_newer_together"]
    account = read("feedback/us_mdy.txt", "feedback/us_mdy_newer.txt")
    assert account.feedback.height == said["rows"]
    assert account.defects.height == said["negative"]
    remarks = account.files.filter(path="us_mdy.txt").item(0, "warnings")
    assert list(remarks) == ["1 feedback no longer in us_mdy_newer.txt, so removed since"]


def test_downloads_of_two_stores_do_not_remove_each_other_s_feedback(read):
    account = read("feedback/de_cp1252.txt", "feedback/es_half_localised.txt")
    assert account.feedback.height == 12


def test_a_file_of_bad_stars_only_says_so(read):
    (warning,) = read("feedback/us_neg_only.txt").files.item(0, "warnings")
    assert "a positive share is refused" in warning


@pytest.mark.parametrize("name", ["empty_header_only.txt", "empty_header_only_es.txt"])
def test_a_bare_header_is_recognised_and_proves_nothing(read, name):
    account = read(f"feedback/{name}")
    assert account.files.item(0, "report") == "feedback"
    assert account.feedback.is_empty()


TODAY = date(2025, 11, 1)


@given(
    st.lists(st.dates(date(2025, 1, 1), TODAY), min_size=1, max_size=30), st.sampled_from(["m/d", "d/m", "d.m", "iso"])
)
def test_the_true_reading_is_never_thrown_out(days, reading):
    written = [day.strftime(dates.READINGS[reading][0]) for day in sorted(days, reverse=True)]
    left = dates.possible(written, TODAY)
    truth = [dates.parsed(text, reading) for text in written]
    assert truth in [[dates.parsed(text, one) for text in written] for one in left]


@given(st.binary(max_size=300))
def test_any_text_under_a_feedback_header_is_kept_or_counted(noise):
    text = b"Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n" + noise
    records = feedback._records(text, "\t")
    assert sum(len(fields) > 0 for _, fields in records) == len(records)
    body = noise.replace(b"\0", b"").decode("utf-8", "replace")
    assert bool(records) == any(line.strip() for line in body.split("\n"))


HEADER = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email"


def said(day="10/28/25", stars="5", comment="Good", order="111-0000001-0000001"):
    return f"{day}\t{stars}\t{comment}\t\t{order}\trater@marketplace.amazon.example.com"


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (said(stars="5.0"), "rating not 1-5"),
        (said(stars="five"), "rating not 1-5"),
        (said(day="10/27/25 0:00"), "date not readable"),
        (said(day="Oct 27, 2025"), "date not readable"),
        (said(day=""), "date not readable"),
        (HEADER, "date not readable"),
        ("Total: 2", "cut line"),
    ],
)
def test_a_line_after_a_whole_record_is_a_record_of_its_own_however_odd(read, odd, reason):
    before, after = said(), said(day="10/26/25", order="111-0000001-0000003")
    account = read(files={"f.txt": "\n".join([HEADER, before, odd, after, ""]).encode()})
    assert account.rejected.drop("day").rows() == [("f.txt", 3, reason)]
    assert account.feedback.get_column("order_id").to_list() == ["111-0000001-0000003", "111-0000001-0000001"]


def test_two_damaged_records_are_never_made_one_good_one(read):
    without_order = said(stars="1", order="")
    account = read(files={"f.txt": "\n".join([HEADER, said(), without_order, said(day="soon", stars="4")]).encode()})
    assert account.rejected.get_column("line").to_list() == [3, 4]
    assert account.feedback.get_column("stars").to_list() == [5]


def test_a_record_without_its_order_number_takes_no_line_after_it(read):
    lines = [HEADER, said(), said(stars="1", order=""), "\t1\tCut off he", said(order="111-0000001-0000009")]
    account = read(files={"f.txt": "\n".join(lines).encode()})
    assert account.rejected.select("line", "reason").rows() == [(3, "no order number"), (4, "cut line")]
    assert account.feedback.height == 2


def test_a_comment_over_several_lines_stays_one_record(read):
    text = "\n".join([HEADER, said(comment="Late.\n\n1/2 of it missing\tand 3 broken"), said(day="10/27/25")])
    account = read(files={"f.txt": text.encode()})
    assert account.files.select("rows_kept", "rows_rejected").row(0) == (2, 0)


def test_blank_lines_before_the_header_are_no_feedback(read):
    account = read(files={"f.txt": f"\n\n{HEADER}\n{said()}\n{said(order='none')}".encode()})
    assert account.rejected.drop("day").rows() == [("f.txt", 5, "no order number")]


def test_the_day_of_the_order_weighs_more_than_the_order_of_the_rows():
    written = ["09-08-2025", "06-09-2025"]  # oldest first: sorted anew by a spreadsheet
    placed = [date(2025, 8, 4), date(2025, 9, 5)]
    assert dates.possible(written, date(2025, 10, 22), placed) == ["d-m"]


def test_feedback_of_tomorrow_is_read_where_the_store_is_ahead_of_the_clock():
    assert dates.possible(["13/11/25", "30/10/25"], date(2025, 11, 12)) == ["d/m"]
    assert "d/m" in dates.possible(["02/11/25", "01/11/25"], date(2025, 11, 1))


def test_the_empty_fields_a_spreadsheet_adds_to_every_row_change_nothing(read):
    blank_email = said(order="111-0000001-0000002").rsplit("\t", 1)[0] + "\t"
    lines = [HEADER, said(), blank_email, said(comment="Box\topen", order="111-0000001-0000003")]
    widest = max(line.count("\t") for line in lines)
    padded = [line + "\t" * (widest - line.count("\t")) for line in lines]
    account = read(files={"f.txt": "\r\n".join(padded).encode()})
    assert account.files.select("report", "rows_kept", "rows_rejected").row(0) == ("feedback", 3, 0)
