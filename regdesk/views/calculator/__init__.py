"""The calculator: a control for each column, the prediction at that point, and how it goes along every column."""
