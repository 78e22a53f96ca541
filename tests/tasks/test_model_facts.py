"""What is told of the solution of a saved model."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_fakes import loaded_from

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, TrainSettings
from regdesk.data.files.model_file import SavedModel
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fitted import model_of_fit
from regdesk.tasks.models.facts import model_facts
from regdesk.tasks.provenance import fit_provenance


@pytest.mark.parametrize(("is_twice", "ending"), [(True, "; other weights do as well"), (False, "")])
def test_a_solution_that_is_not_the_only_one_says_so(is_twice: bool, ending: str, tmp_path: Path) -> None:
    """Under the lasso any split of a weight between a column and its copy does as well."""
    rows = [f"{one % 7}," + f"{one % 7}," * is_twice + str(one % 5) for one in range(24)]
    file = tmp_path / "rows.csv"
    file.write_text("\n".join(["a," + "b," * is_twice + "y", *rows]) + "\n", encoding="utf-8")
    loaded = loaded_from(file)
    configuration = Configuration(loaded.settings, Architecture(()), TrainSettings(penalty="l1", lam=0.01))
    fitted = fit_model(loaded.dataset, configuration)
    provenance = fit_provenance((), loaded.table, loaded.dataset, configuration)
    saved = SavedModel(model_of_fit(loaded.dataset, configuration, fitted), provenance)
    told = dict(model_facts("m", saved).facts)["Solution"]
    assert told.startswith("converged; ")
    assert told.endswith(ending)
    assert told.count("other weights") == is_twice
