"""The panel of the variables: a table of the columns, with what each of them is to the model."""
