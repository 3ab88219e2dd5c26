"""The result of a comparison as a Markdown table, and the place in a page that it is written to."""

BEGIN, END = "<!-- written by make parity: begin -->", "<!-- written by make parity: end -->"
HEAD = """\
| network | activations | cases | within limits | rounding | deviating | loss: median, largest | PyTorch against itself | gradient: median, largest | PyTorch against itself |
|---|---|---|---|---|---|---|---|---|---|
"""


def table(found, version):
    """One row per network and kind of activation: cases by verdict, deviations, and PyTorch's deviations from itself."""
    rows = []
    for network in dict.fromkeys(f["network"] for f in found):
        for kink, name in ((False, "Sigmoid, Tanh, Swish"), (True, "ReLU, SELU")):
            cases = [f for f in found if f["network"] == network and f["kink"] == kink]
            if cases:
                rows.append(row(network, name, cases))
    return f"PyTorch {version}, {len(found)} cases.\n\n{HEAD}" + "".join(rows)


def row(network, activations, cases):
    verdicts = [sum(c["verdict"] == v for c in cases) for v in ("ok", "rounding", "DEVIATES")]
    cells = [network, activations, len(cases), *verdicts]
    for key in ("loss", "own loss", "gradient", "own gradient"):
        values = sorted(c[key] for c in cases)
        cells.append(f"{values[len(values) // 2]:.0e}, {values[-1]:.0e}")
    return "| " + " | ".join(map(str, cells)) + " |\n"


def write(path, text):
    """@raise SystemExit if the page does not have the marks"""
    page = path.read_text()
    if BEGIN not in page or END not in page:
        raise SystemExit(f"parity: {path} has no place for the table; add these two lines to it: {BEGIN} {END}")
    before, rest = page.split(BEGIN, 1)
    path.write_text(f"{before}{BEGIN}\n{text}{END}{rest.split(END, 1)[1]}")
