"""What a resolution makes of the administrative map, worked out in plain Python before anything is written."""
