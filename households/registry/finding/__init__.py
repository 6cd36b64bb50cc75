"""The one search box: what people type, the rows it is looked for in, the hits in their order."""
