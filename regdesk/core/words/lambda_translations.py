"""This λ as glmnet's ``lambda``, scikit-learn's ``alpha`` or ``C``, Keras's and PyTorch's number.

Every program means the same minimum by another number: it sums where J takes a mean, leaves out the ½, or scales the
target by itself. With s the standard deviation of the target, n the sum of the row weights, r the share of L1:

- glmnet scales the target to 1 and its penalty back, so its lambda is λs for a standardised target. For one as it is,
  λ(r + (1 − r)s), with r/(r + (1 − r)s) for its own share (Friedman, Hastie & Tibshirani 2010, section 2.5).
- scikit-learn's Lasso and ElasticNet have J with the target as it is: for a standardised one the L1 part is s times as
  large there and the L2 part the same. Ridge sums over rows: nλ. LogisticRegression multiplies the sum of losses:
  1/(nλ).
- Keras and PyTorch have no ½ in their squared loss, and Keras none in its L2.
"""

from __future__ import annotations

from regdesk.core.model.dataset import Dataset
from regdesk.core.settings.configuration import Configuration
from regdesk.core.words.lambda_facts import LambdaFacts, LambdaTranslation
from regdesk.core.words.linear_translations import glmnet, scikit_learn_linear
from regdesk.core.words.network_translations import keras, scikit_learn_network, torch

__all__ = ["LambdaTranslation", "lambda_translations"]


def lambda_translations(dataset: Dataset, configuration: Configuration) -> tuple[LambdaTranslation, ...]:
    """The λ of ``configuration`` for other programs, with ``dataset`` to fit; one for each number they want.

    In the snippets X are the inputs of the training rows as numbers, missing cells filled and labels as zeros and ones,
    y is the target and w are the weights of the rows.
    """
    facts = LambdaFacts.of(dataset, configuration)
    if not facts.architecture.is_linear:
        return (*scikit_learn_network(facts), *keras(facts), *torch(facts))
    return (*glmnet(facts), *scikit_learn_linear(facts), *keras(facts), *torch(facts))
