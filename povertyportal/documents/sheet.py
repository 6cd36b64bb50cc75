"""A paper as HTML: the parts of Decree 30/2020 around a body that somebody else wrote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from povertyportal.documents import wording
from povertyportal.documents.parts import Letterhead, Signatory

_PERIOD = re.compile(r"\b\d{4}\u00a0-\u00a0\d{4}\b")  # as wording.glue writes it, so never inside a tag


@dataclass(frozen=True, slots=True)
class Paper:
    """A letterhead in words, as the templates print it."""

    parent_body: str
    issuing_body: str
    reference: str
    place: str
    date_line: str
    kind: str
    subject: str
    addressed_to: tuple[str, ...]
    recipients: tuple[str, ...]
    signatory: Signatory
    attached_to: str


@dataclass(frozen=True, slots=True)
class Appendix:
    title: str
    body: SafeString
    wide: bool = False
    label: str = ""


def in_words(head: Letterhead) -> Paper:
    return Paper(
        parent_body=wording.body_name(head.parent_body),
        issuing_body=wording.body_name(head.issuing_body),
        reference=wording.reference(head),
        place=head.place,
        date_line=wording.date_line(head),
        kind=head.kind,
        subject=wording.glue(head.subject),
        addressed_to=head.addressed_to,
        recipients=tuple(wording.recipient_lines(head)),
        signatory=head.signatory,
        attached_to=wording.glue(wording.attached_to(head)),
    )


def sheet(head: Letterhead, *, body: SafeString, ending: SafeString, appendices: Sequence[Appendix] = ()) -> SafeString:
    """One ``<article class="document">``; ``ending``: the last lines of the text, kept with the signature block."""
    total = len(appendices)
    labelled = [
        Appendix(one.title, one.body, one.wide, wording.appendix_label(position, total))
        for position, one in enumerate(appendices, start=1)
    ]
    context = {"paper": in_words(head), "body": body, "ending": ending, "appendices": labelled}
    return unbroken(render_to_string("documents/sheet.html", context))


def unbroken(html: str) -> SafeString:
    """A line may break after a hyphen even before a no-break blank; periods ("2016 - 2020") are kept whole by style."""
    return SafeString(_PERIOD.sub(r'<span class="unbroken">\g<0></span>', html))


def title_of(head: Letterhead) -> str:
    kind = head.kind.capitalize() if head.kind.isupper() else head.kind
    return f"{kind} {head.subject[:1].lower()}{head.subject[1:]}"


def page(head: Letterhead, sheet_html: SafeString, *, style: str = "", below: SafeString | str = "") -> SafeString:
    """A whole HTML page around the sheet; with ``style`` it carries its style sheet inside, else it links ours."""
    context = {
        "title": title_of(head),
        "author": head.issuing_body,
        "style": SafeString(style),
        "sheet": sheet_html,
        "below": below,
    }
    return render_to_string("documents/page.html", context)
