"""A procedure's table as a state diagram in Mermaid, for docs."""

from collections.abc import Iterator

from households.review.procedures.parts import Holder, Move, Procedure


def diagram(procedure: Procedure, holder: Holder) -> str:
    return "\n".join(["stateDiagram-v2", *(f"  {line}" for line in _lines(procedure, holder))])


def _lines(procedure: Procedure, holder: Holder) -> Iterator[str]:
    stages = [one for one in procedure.stages if one.holder is holder]
    for stage in stages:
        yield f'state "{stage.title}" as {stage.code}'
    moves = [one for one in procedure.moves if one.holder is holder]
    if all(one.from_ for one in moves):
        yield f"[*] --> {procedure.first_of(holder).code}"
    for move in moves:
        yield from _ways(move)
    yield from (f"{stage.code} --> [*]" for stage in stages if stage.done)


def _ways(move: Move) -> Iterator[str]:
    for start in move.from_ or ("[*]",):
        yield f"{start} --> {move.to or start}: {move.title}"
        if move.or_to:
            yield f"{start} --> {move.or_to}: {move.title} ({move.or_when})"
