"""A report as a value, its pictures as SVG and its pages as HTML: text in, text out."""
