"""Draws every formula of the Explain dock: ``python resources/formulas/draw.py`` (see README.md).

Needs ziamath, which the program itself does not.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

FOLDER = Path(__file__).parent
SIZE = 20
"""Of the letters, in units of the drawings; whoever shows them scales them by what is wanted."""
INK = "#000000"
"""Replaced by the colour of the text where a formula is shown."""
FORMULAS = {
    # J and what it is made of.
    "objective": r"J(\theta)",
    "equals": r"=",
    "plus": r"+",
    "lambda": r"\lambda",
    "loss-squared": r"\frac{1}{n}\sum_{i=1}^{n}\frac{1}{2}\left(y_i-\hat{y}_i\right)^2",
    "loss-logistic": r"-\frac{1}{n}\sum_{i=1}^{n}\left[y_i\log p_i+(1-y_i)\log(1-p_i)\right]",
    "loss-softmax": r"-\frac{1}{n}\sum_{i=1}^{n}\log p_{i,y_i}",
    "loss-squared-weighted": r"\frac{1}{\sum v_i}\sum_{i=1}^{n}v_i\,\frac{1}{2}\left(y_i-\hat{y}_i\right)^2",
    "loss-logistic-weighted": r"-\frac{1}{\sum v_i}\sum_{i=1}^{n}v_i\left[y_i\log p_i+(1-y_i)\log(1-p_i)\right]",
    "loss-softmax-weighted": r"-\frac{1}{\sum v_i}\sum_{i=1}^{n}v_i\log p_{i,y_i}",
    "penalty-l1": r"\sum_{j}|w_j|",
    "penalty-l2": r"\frac{1}{2}\sum_{j}w_j^2",
    "penalty-elastic-net": r"\sum_{j}\left(r\,|w_j|+\frac{1-r}{2}\,w_j^2\right)",
    "penalty-group-lasso": r"\sum_{g}\sqrt{|g|}\,\sqrt{\sum_{j\in g}w_j^2}",
    "penalty-l1-factors": r"\sum_{j}F_j\,|w_j|",
    "penalty-l2-factors": r"\frac{1}{2}\sum_{j}F_j\,w_j^2",
    "penalty-elastic-net-factors": r"\sum_{j}F_j\left(r\,|w_j|+\frac{1-r}{2}\,w_j^2\right)",
    "penalty-group-lasso-factors": r"\sum_{g}F_g\sqrt{|g|}\,\sqrt{\sum_{j\in g}w_j^2}",
    # One step of one weight: the optimiser, then the penalty.
    "step-sgd": r"u=w-\eta\,g",
    "step-momentum": r"u=w-\eta\,\bar{g}",
    "step-adam": r"u=w-\frac{\eta}{d}\,\bar{g}",
    "prox-none": r"w'=u",
    "prox-l1": r"w'=\mathrm{sign}(u)\,\max\left(|u|-\tau,\,0\right)",
    "prox-l2": r"w'=\frac{u}{1+c}",
    "prox-elastic-net": r"w'=\mathrm{sign}(u)\,\frac{\max(|u|-\tau,\,0)}{1+c}",
    "prox-group-lasso": r"w'=u\,\frac{s}{s+\tau}",
    # What topics name.
    "lambda-max": r"\lambda_{\max}=\max_{j}|g_j|",
    "standardised": r"z=\frac{x-\bar{x}}{s}",
    "freedom-ridge": r"\mathrm{df}=\sum_{k}\frac{d_k^2}{d_k^2+n\lambda}",
}


def drawing(latex: str) -> str:
    """``latex`` as SVG with one path and one ink, the base line at y = 0."""
    import ziamath

    ziamath.config.svg2 = False
    ziamath.config.precision = 2
    root = ElementTree.fromstring(ziamath.Latex(latex, size=SIZE).svg())
    outlines = []
    for part in root:
        kind = part.tag.rpartition("}")[2]
        if kind == "path":
            outlines.append(part.attrib["d"].strip())
        elif kind == "rect":
            x, y, width, height = (float(part.attrib[name]) for name in ("x", "y", "width", "height"))
            outlines.append(f"M {x:.2f} {y:.2f} h {width:.2f} v {height:.2f} h {-width:.2f} Z")
        else:
            raise SystemExit(f"{latex}: a drawing of {kind} is not foreseen")
    path = re.sub(r"\s*([MLQZhv])\s*", r"\1", " ".join(outlines))
    box = " ".join(f"{float(number):.2f}" for number in root.attrib["viewBox"].split())
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path fill="{INK}" d="{path}"/></svg>\n'


def main() -> None:
    """Draw all, and take away what is no longer named."""
    for old in FOLDER.glob("*.svg"):
        if old.stem not in FORMULAS:
            old.unlink()
    for name, latex in FORMULAS.items():
        (FOLDER / f"{name}.svg").write_text(drawing(latex), encoding="utf-8")
    sys.stdout.write(f"{len(FORMULAS)} formulas\n")


if __name__ == "__main__":
    main()
