"""The picture in words, for who cannot see it."""

from ivr.drawing.picture import Band, Box, Picture


def described(picture: Picture) -> str:
    """Every box of the line with its ways out; of shared flows, that they are there."""
    line = picture.line
    start = next(box for box in line.boxes if box.entrance == "start")
    said = [f"{len(line.boxes)} nodes. A call starts at {start.title}."]
    said += [_ways_out(picture, box, line) for box in line.boxes]
    said += [f"Shared flow {band.flow}: {len(band.boxes)} nodes." for band in picture.bands[1:]]
    trail = sorted((stop, box.place) for box in picture.boxes.values() for stop in box.stops)
    if trail:
        said.append(f"The call shown went by {', '.join(place for _, place in trail)}.")
    best = [box.place for box in picture.boxes.values() if box.on_best]
    if best:
        said.append(f"The best way goes by {', '.join(best)}.")
    return " ".join(said)


def _ways_out(picture: Picture, box: Box, line: Band) -> str:
    ways = [f"{arrow.label} to {picture.boxes[arrow.to].title}".strip() for arrow in picture.leaving.get(box.place, ())]
    return f"{box.title}, {box.about}" + (f": {'; '.join(ways)}." if ways else ".")
