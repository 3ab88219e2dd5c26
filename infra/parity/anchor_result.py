"""Compares the test accuracies of the experiment cifar10-anchor with those that anchor.py printed, and prints a page."""

import argparse
import csv
import json
import math
import pathlib
import statistics

from mpmath import betainc, findroot


def welch(first, second):
    """Difference of the means, and its 95 % interval, in points."""
    parts = [statistics.variance(x) / len(x) for x in (first, second)]
    freedom = sum(parts) ** 2 / sum(p**2 / (len(x) - 1) for p, x in zip(parts, (first, second)))
    half = quantile(freedom) * math.sqrt(sum(parts))
    difference = statistics.mean(first) - statistics.mean(second)
    return difference, difference - half, difference + half


def quantile(freedom):
    """The t at which Student's distribution has 2.5 % above it."""
    return float(findroot(lambda t: betainc(freedom / 2, 0.5, 0, freedom / (freedom + t**2), regularized=True) - 0.05, 3))


def row(name, values):
    return f"| {name} | {', '.join(f'{v:.2f}' for v in values)} | {statistics.mean(values):.2f} ± {statistics.stdev(values):.2f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", help="trials.csv of the campaign")
    parser.add_argument("trainings", nargs="+", type=pathlib.Path, help="what anchor.py printed, a file for each seed")
    given = parser.parse_args()
    with open(given.trials, newline="") as file:
        ours = [100 * float(trial["test_top1"]) for trial in csv.DictReader(file)]
    ends = [json.loads(file.read_text().splitlines()[-1]) for file in given.trainings]
    theirs = [100 * end["testAccuracy"] for end in ends]
    difference, low, high = welch(ours, theirs)
    print("# NormLab and PyTorch on CIFAR-10\n")
    print("BN-ReLU ResNet-20, 45,000 images, crops and flips, 8 epochs. Test accuracy after the last epoch in percent.\n")
    print("| | Seeds | Mean ± SD |\n|---|---|---|")
    print(row("NormLab", ours))
    print(row("PyTorch, `infra/parity/anchor.py`", theirs))
    print(f"\nNormLab − PyTorch: {difference:+.2f} points [{low:+.2f}, {high:+.2f}], 95 % interval of Welch's t.")
    excluded = low > 0 or high < 0
    print("The interval excludes zero." if excluded else "No difference is shown.")
    if abs(difference) > 1.5:
        print("The difference is larger than the 1.5 points that were registered.")


if __name__ == "__main__":
    main()
