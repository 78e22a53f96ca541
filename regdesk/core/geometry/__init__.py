"""The constraint geometry: planes, contours, the penalty's ball, and where they touch."""
