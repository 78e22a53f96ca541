"""Pieces of a report on pages: what is cut where, what stays together, which head is repeated."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QTextDocument

from regdesk.desktop.report_picture import ReportPicture


@dataclass(frozen=True, eq=False)
class Piece:
    """Something that is ``height`` high; it may be cut at ``cuts`` (from its top), and then ``head`` is repeated.

    ``gap`` is the room above it, and ``keeps_next`` says that no page ends with it. All in device pixels.
    """

    height: float
    gap: float
    cuts: tuple[float, ...] = ()
    head: tuple[float, float] | None = None
    keeps_next: bool = False
    document: QTextDocument | None = None
    picture: ReportPicture | None = None


@dataclass(frozen=True, eq=False)
class Placed:
    """The part of ``piece`` from ``begin`` to ``end``, with its top at ``top`` of a page."""

    piece: Piece
    top: float
    begin: float
    end: float


@dataclass
class Pages:
    """Pieces on pages of ``height``, from top to bottom."""

    height: float
    pages: list[list[Placed]] = field(default_factory=lambda: [[]])
    top: float = 0.0

    def place(self, piece: Piece, needed: float) -> None:
        """Put ``piece`` behind what is there; on a new page where ``needed`` has no room."""
        gap = piece.gap if self.top else 0.0
        if self.top and self.top + gap + needed > self.height:
            self.new_page()
            gap = 0.0
        self.top += gap
        begin = 0.0
        while True:
            left = self.height - self.top
            if piece.height - begin <= left:
                self._put(piece, begin, piece.height)
                return
            cuts = [cut for cut in piece.cuts if begin < cut <= begin + left]
            if not cuts and self.top:
                self.new_page()
                begin = self._with_head(piece, begin)
                continue
            if len(cuts) > 1 and cuts[-1] == piece.cuts[-1]:
                # The last line, or row, does not stand alone at the top of a page.
                cuts.pop()
            # What has no place to be cut at, and is higher than a page, is cut at its end.
            end = cuts[-1] if cuts else begin + left
            self._put(piece, begin, end)
            self.new_page()
            begin = self._with_head(piece, end)

    def new_page(self) -> None:
        self.pages.append([])
        self.top = 0.0

    def _with_head(self, piece: Piece, begin: float) -> float:
        if piece.head is not None and begin >= piece.head[1]:
            self._put(piece, *piece.head)
        return begin

    def _put(self, piece: Piece, begin: float, end: float) -> None:
        self.pages[-1].append(Placed(piece, self.top, begin, end))
        self.top += end - begin
