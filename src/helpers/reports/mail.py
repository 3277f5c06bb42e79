"""A report as a mail that is ready to send: `.eml` with text, HTML that survives a mail client, PDF and page attached.

No script, no outside address, pictures inside the mail. Sending is the user's: the file opens as a draft.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from helpers.colours import LIGHT
from helpers.reports.brand import Brand
from helpers.reports.contents import NO_BRAND, Chart, Page
from helpers.sentences import say
from helpers.templates import template
from helpers.vocabulary import STATUS_SHAPE
from helpers.wording import day, first_sentence

MOST_BYTES = 500_000  # of the HTML part with its pictures
WIDTH = 600  # pixels of a mail's column; drawn at twice that
LOGO = "logo@report"
COLOURS = {"met": LIGHT["good"], "breached": LIGHT["concern"], "too_few_orders": LIGHT["ink"]}


@dataclass(frozen=True)
class Picture:
    """A chart as PNG, known in the mail by its content id."""

    chart: Chart
    cid: str
    png: bytes
    width: int = WIDTH


@dataclass(frozen=True)
class Mail:
    """The words of the mail: those of the first screen, what changed, and what is attached."""

    subject: str
    kicker: str
    headline: str
    figures: list[dict]
    actions: list[str]
    changed: list[str]
    attached: str
    brand: Brand = NO_BRAND
    beside: tuple[str, ...] = ()  # missed rates without a figure, what happens by itself, what no file tells


def words(said: dict, attachments: Iterable[str], brand: Brand = NO_BRAND) -> Mail:
    """The words of a mail from a notebook's results (`answer`, `changed`) and the names of what is attached."""
    answer = said.get("answer") or {}
    about = first_sentence(answer.get("headline", say("mail-report")))
    when = day(date.fromisoformat(said["as_of"]))
    return Mail(
        subject=say("mail-subject", account=said.get("name", said["account"]), about=about, day=when),
        kicker=answer.get("kicker", ""),
        headline=answer.get("headline", ""),
        figures=answer.get("figures", []),
        actions=answer.get("actions", []),
        changed=said.get("changed", []),
        attached=say("mail-attached", files=list(attachments)),
        brand=brand,
        beside=tuple(filter(None, [answer.get("others"), *answer.get("facts", []), answer.get("not_looked_at")])),
    )


def written(mail: Mail, page: Page, attachments: dict[str, bytes]) -> bytes:
    """The `.eml`: text, HTML with as many of the page's charts as fit into half a megabyte, then the attachments."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(mail.subject.split())
    message["X-Unsent"] = "1"  # opens as a draft where mail programs know the word
    message.set_content(text(mail))
    pictures = _fitting(page.charts)
    message.add_alternative(_html(mail, pictures), subtype="html")
    _, html = message.iter_parts()
    for picture in pictures:
        html.add_related(picture.png, "image", "png", cid=f"<{picture.cid}>", disposition="inline")
    if mail.brand.logo:
        html.add_related(mail.brand.logo, "image", mail.brand.kind, cid=f"<{LOGO}>", disposition="inline")
    for name, content in attachments.items():
        main, sub = ("application", "pdf") if name.endswith(".pdf") else ("text", "html")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    _fix_boundaries(message)
    return message.as_bytes()


def _fix_boundaries(message: EmailMessage) -> None:
    """Boundaries that are the same every run: nothing in a part can hold them, because every part is encoded."""
    for number, part in enumerate(one for one in message.walk() if one.is_multipart()):
        part.set_boundary(f"=_part-{number}_=")


def text(mail: Mail) -> str:
    """The mail as plain text."""
    figures = [
        say(
            "mail-figure",
            **{name: figure[name] for name in ("label", "counts", "aim", "word")},
            figure=figure["text"],
            between=figure["interval"],
        )
        for figure in mail.figures
    ]
    actions = (
        [say("page.doing"), *(f"{n}. {action}" for n, action in enumerate(mail.actions, 1))] if mail.actions else []
    )
    changed = [say("mail-changed"), *(f"- {sentence}" for sentence in mail.changed)] if mail.changed else []
    parts = [
        [mail.kicker],
        [mail.headline],
        figures,
        actions,
        [*mail.beside],
        changed,
        [mail.attached],
        [mail.brand.name, mail.brand.footer],
    ]
    return "\n\n".join("\n".join(filter(None, part)) for part in parts if any(part)) + "\n"


def _html(mail: Mail, pictures: list[Picture]) -> str:
    return template("mail.html.j2").render(
        mail=mail,
        logo=LOGO,
        pictures=pictures,
        colours={**dict.fromkeys(STATUS_SHAPE, LIGHT["ink"]), **COLOURS},
        shape=STATUS_SHAPE,
    )


def _fitting(charts: list[Chart]) -> list[Picture]:
    """The first charts that fit, in their order; base64 makes four bytes of three."""
    chosen, room = [], MOST_BYTES - 60_000  # what the words may take
    for chart in charts:
        png = _png(chart)
        room -= len(png) * 4 // 3 + 1000
        if room < 0:
            break
        chosen.append(Picture(chart, f"{chart.name}@report", png))
    return chosen


def _png(chart: Chart) -> bytes:
    """The chart as a small PNG on white: drawn at twice its size, in 64 colours, which line drawings do not miss."""
    import vl_convert
    from PIL import Image

    spec: dict[str, Any] = chart.spec | {"width": WIDTH, "datasets": chart.datasets}
    spec["config"] = spec.get("config", {}) | {"background": LIGHT["ground"]}
    drawn = Image.open(io.BytesIO(vl_convert.vegalite_to_png(spec, vl_version="6.4", scale=2)))
    small = io.BytesIO()
    drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()
