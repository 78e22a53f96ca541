"""Writes the five invented samples beside itself. Seeded: running it again changes no byte.

python resources/samples/generate.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent

# Column, mean, spread, decimals, and what one spread of it adds to the harvest, in tonnes per hectare.
FARM = (
    ("rainfall_mm", 620.0, 110.0, 0, 0.85),
    ("tractor_age_years", 9.0, 3.0, 1, 0.0),
    ("distance_to_town_km", 18.0, 5.0, 1, 0.0),
    ("nitrogen_kg_per_ha", 115.0, 25.0, 1, 0.6),
    ("barn_height_m", 7.5, 1.2, 2, 0.0),
    ("fence_length_m", 900.0, 160.0, 0, 0.0),
    ("farmer_shoe_size", 42.0, 2.0, 1, 0.0),
    ("gate_width_cm", 360.0, 35.0, 0, 0.0),
    ("sunshine_hours", 1650.0, 140.0, 0, 0.5),
    ("coffee_cups_per_week", 21.0, 5.0, 1, 0.0),
    ("dog_weight_kg", 24.0, 5.0, 1, 0.0),
    ("road_noise_db", 48.0, 6.0, 1, 0.0),
    ("letterbox_height_cm", 112.0, 9.0, 1, 0.0),
    ("radio_hours_per_week", 15.0, 4.0, 1, 0.0),
    ("weed_cover_percent", 14.0, 3.5, 1, -0.45),
    ("neighbour_distance_m", 750.0, 180.0, 0, 0.0),
    ("roof_tiles_hundreds", 62.0, 11.0, 1, 0.0),
    ("ladder_length_m", 4.2, 0.6, 2, 0.0),
    ("wind_vane_turns_per_day", 130.0, 25.0, 0, 0.0),
    ("paint_age_months", 40.0, 11.0, 1, 0.0),
)


def noisy_curve() -> tuple[list[str], list[list[str]]]:
    """A day's temperature as one wave, measured 48 times with a poor thermometer."""
    generator = np.random.default_rng(1)
    hour = np.sort(np.round(generator.uniform(0.0, 24.0, 48), 2))
    truth = 14.0 - 5.0 * np.cos(2.0 * np.pi * (hour - 3.0) / 24.0)
    temperature = truth + generator.normal(scale=2.5, size=hour.size)
    rows = [[f"{x:.2f}", f"{y:.2f}"] for x, y in zip(hour, temperature, strict=True)]
    return ["hour", "temperature"], rows


def sparse_truth() -> tuple[list[str], list[list[str]]]:
    """Harvests of 240 farms: four of twenty columns matter."""
    generator = np.random.default_rng(2)
    scores = generator.normal(size=(240, len(FARM)))
    effects = np.array([column[4] for column in FARM])
    harvest = 7.0 + scores @ effects + generator.normal(scale=0.6, size=len(scores))
    rows = []
    for score, tonnes in zip(scores, harvest, strict=True):
        cells = [f"{mean + spread * s:.{digits}f}" for s, (_, mean, spread, digits, _) in zip(score, FARM, strict=True)]
        rows.append([*cells, f"{tonnes:.2f}"])
    return [column[0] for column in FARM] + ["harvest_t_per_ha"], rows


def two_moons() -> tuple[list[str], list[list[str]]]:
    """Two interleaved half circles, blurred until they overlap."""
    generator = np.random.default_rng(3)
    n = 100
    angle = generator.uniform(0.0, np.pi, (2, n))
    upper = np.column_stack([np.cos(angle[0]), np.sin(angle[0])])
    lower = np.column_stack([1.0 - np.cos(angle[1]), 0.5 - np.sin(angle[1])])
    points: NDArray[np.float64] = np.concatenate([upper, lower]) + generator.normal(scale=0.35, size=(2 * n, 2))
    labels = ["upper"] * n + ["lower"] * n
    rows = [[f"{x:.3f}", f"{y:.3f}", label] for (x, y), label in zip(points, labels, strict=True)]
    return ["east", "north", "moon"], [rows[i] for i in generator.permutation(2 * n)]


def correlated_twins() -> tuple[list[str], list[list[str]]]:
    """A house's heating on 160 days: two thermometers that say nearly the same, and four columns besides."""
    generator = np.random.default_rng(9)
    n = 160
    outside = generator.normal(size=n)
    north, south = outside + generator.normal(scale=0.04, size=(2, n))
    wind, sun, guests, baths = generator.normal(size=(4, n))
    heating = 52.0 - 14.0 * outside + 4.0 * wind - 3.0 * sun + generator.normal(scale=5.0, size=n)
    columns = (
        ("thermometer_north_c", 6.0, 5.0, north),
        ("thermometer_south_c", 7.0, 5.0, south),
        ("wind_m_per_s", 5.0, 1.6, wind),
        ("sunshine_hours", 6.0, 2.0, sun),
        ("guests_per_100_days", 40.0, 12.0, guests),
        ("bath_minutes", 25.0, 7.0, baths),
    )
    cells = [[f"{mean + spread * score:.1f}" for score in scores] for _, mean, spread, scores in columns]
    rows = [[*row, f"{kwh:.1f}"] for row, kwh in zip(zip(*cells, strict=True), heating, strict=True)]
    return [column[0] for column in columns] + ["heating_kwh"], rows


def two_weights() -> tuple[list[str], list[list[str]]]:
    """Rents of 120 flats: the size counts, the floor a little, and larger flats are higher up."""
    generator = np.random.default_rng(12)
    n = 120
    size = generator.normal(size=n)
    floor = 0.3 * size + np.sqrt(1.0 - 0.3**2) * generator.normal(size=n)
    rent = 900.0 + 240.0 * size + 36.0 * floor + generator.normal(scale=130.0, size=n)
    scores = zip(size, floor, rent, strict=True)
    rows = [[f"{68.0 + 16.0 * a:.1f}", f"{14.0 + 4.0 * b:.1f}", f"{euros:.0f}"] for a, b, euros in scores]
    return ["size_m2", "height_m", "rent_euros"], rows


SAMPLES = {
    "noisy-curve": noisy_curve,
    "sparse-truth": sparse_truth,
    "two-moons": two_moons,
    "correlated-twins": correlated_twins,
    "two-weights": two_weights,
}


def main() -> None:
    for name, make in SAMPLES.items():
        header, rows = make()
        with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)


if __name__ == "__main__":
    main()
